namespace Guild.Bench;

/// <summary>What it costs to record what a program prints, beside a plain copy of it into a file.</summary>
internal static class Outputs
{
    private const int Gigabyte = 1_000_000_000;
    private const int Rounds = 5;

    private const string Program = """
        import os, sys
        line, size = sys.argv[1].encode() + b"\n", int(sys.argv[2])
        block = memoryview(line * (1048576 // len(line)))
        while size > 0:
            size -= os.write(1, block[:size])
        """;

    private static readonly Printed Short = new("short", "step 17 has come far", Gigabyte);
    private static readonly Printed Long = new("long", "the quick brown fox jumps over the lazy dog and then goes home to sleep until 7", Gigabyte);
    private static readonly Printed Near = new("near", "note: all goes well", Gigabyte / 10);
    private static readonly Printed Scalars = new("scalars", "loss: 0.12345678901", Gigabyte / 10);

    private static readonly Lazy<string> Project = new(Make);
    private static readonly Lazy<string> Home = new(() => Scratch.NewFolder("home"));
    private static readonly Session Session = new(() => Home.Value, () => Project.Value);

    private static string Copy => Path.Join(Project.Value, "copy");

    internal static IEnumerable<Comparison> Comparisons()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return Recording("1 GB in 20-byte lines", Short, "-InformationAction Ignore");
        yield return Recording("1 GB in 20-byte lines, shown", Short, "");
        yield return Recording("1 GB in 80-byte lines", Long, "-InformationAction Ignore");
        yield return Recording("1 GB in 80-byte lines, shown", Long, "");
        yield return Recording("5 million lines that are nearly scalars", Near, "-InformationAction Ignore");
        yield return Recording("5 million scalars", Scalars, "-InformationAction Ignore");
    }

    private static Comparison Recording(string name, Printed printed, string words) => new(
        $"{name} : program | cat > file",
        () => Tools.Run("sh", "-c", "\"$0\" -I -S \"$1\" \"$2\" \"$3\" | cat > \"$4\"", Tools.Python, Path.Join(Project.Value, "print.py"), printed.Line, $"{printed.Size}", Copy),
        () => Session.Invoke($"$null = Invoke-GuildOperation {printed.Operation} {words}"),
        Rounds)
    {
        CleanUp = CleanUp,
        Millions = printed.Size / (printed.Line.Length + 1.0) / 1e6,
    };

    private static void CleanUp()
    {
        File.Delete(Copy);
        foreach (string run in Directory.GetDirectories(Path.Join(Home.Value, "runs")))
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private static string Make()
    {
        string project = Scratch.NewFolder("printing");
        Directory.CreateDirectory(Path.Join(Home.Value, "runs"));
        File.WriteAllText(Path.Join(project, "print.py"), Program);
        File.WriteAllLines(
            Path.Join(project, "guild.yml"),
            new[] { Short, Long, Near, Scalars }.Select(printed => $"{printed.Operation}: {{exec: \"'{Tools.Python}' -I -S '{project}/print.py' '{printed.Line}' {printed.Size}\"}}"));
        return project;
    }

    private sealed record Printed(string Operation, string Line, int Size);
}
