using System.Security.Cryptography;

namespace Guild.Bench;

/// <summary>What it costs to get the inputs of a run, beside the program of the system that does the same. A run is staged each time, in a home of its own.</summary>
internal static class Inputs
{
    private const int Gigabyte = 1_000_000_000;
    private const int Files = 10_000;
    private const int FilesInFolder = 100;

    private static readonly Lazy<string> Project = new(Make);
    private static readonly Lazy<string> BigFile = new(MakeBigFile);
    private static readonly Lazy<string> Address = new(() => FileServer.Start(BigFile.Value));

    private static readonly Session Session = new(Folder, () => Project.Value);

    private static string? s_out;

    internal static IEnumerable<Comparison> Comparisons()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return new Comparison("download of 1 GB, hashed : curl -o", () => Tools.Run("curl", "-s", "-o", Out(), Address.Value), Stage("download"), Rounds: 5) { CleanUp = CleanUp };
        yield return new Comparison("hash and copy of 1 GB : openssl dgst -sha256", () => Tools.Read("openssl", "dgst", "-sha256", BigFile.Value), Stage("copy"), Rounds: 5) { CleanUp = CleanUp };
        foreach (string kind in new[] { "tar", "tar.gz" })
        {
            yield return new Comparison($"{Files} files of a {kind} : tar -xf", () => Tools.Run("tar", "-C", Folder(), "-xf", Input($"files.{kind}")), Stage(kind), Rounds: 9, WarmUpRounds: 2) { CleanUp = CleanUp };
        }

        if (Tools.Has("unzip"))
        {
            yield return new Comparison($"{Files} files of a zip : unzip", () => Tools.Run("unzip", "-q", "-d", Folder(), Input("files.zip")), Stage("zip"), Rounds: 9, WarmUpRounds: 2) { CleanUp = CleanUp };
        }

        yield return new Comparison($"link of a folder of {Files} files : sha256sum", () => Tools.Read("sh", "-c", "find \"$0\" -type f -exec sha256sum {} +", Input("files")), Stage("link"), Rounds: 9, WarmUpRounds: 2) { CleanUp = CleanUp };
    }

    private static Action Stage(string operation) => () => Session.Invoke($"$null = Invoke-GuildOperation {operation} -Stage");

    private static string Out() => s_out = Scratch.NewPath("out");

    private static string Folder() => Directory.CreateDirectory(Out()).FullName;

    private static string Input(string name) => Path.Join(Project.Value, name);

    private static void CleanUp()
    {
        if (Directory.Exists(s_out))
        {
            Directory.Delete(s_out, recursive: true);
        }
        else if (s_out is not null)
        {
            File.Delete(s_out);
        }
    }

    // Bytes that no compression and no hole of a file system makes smaller.
    private static string MakeBigFile()
    {
        string path = Scratch.NewPath("big.bin");
        byte[] block = RandomNumberGenerator.GetBytes(1_000_000);
        using FileStream file = File.Create(path);
        for (int i = 0; i < Gigabyte / block.Length; i++)
        {
            BitConverter.TryWriteBytes(block, i);
            file.Write(block);
        }

        return path;
    }

    private static string Make()
    {
        string project = Scratch.NewFolder("inputs");
        string folder = Path.Join(project, "files");
        var random = new Random(1);
        for (int i = 0; i < Files; i++)
        {
            string inner = Path.Join(folder, $"class{i / FilesInFolder}");
            Directory.CreateDirectory(inner);
            byte[] text = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(_ => $"{random.Next(100_000)}\n")));
            File.WriteAllBytes(Path.Join(inner, $"sample{i}.txt"), text);
        }

        Tools.Run("tar", "-C", project, "-cf", Path.Join(project, "files.tar"), "files");
        Tools.Run("tar", "-C", project, "-czf", Path.Join(project, "files.tar.gz"), "files");
        System.IO.Compression.ZipFile.CreateFromDirectory(folder, Path.Join(project, "files.zip"), System.IO.Compression.CompressionLevel.Optimal, includeBaseDirectory: true);
        string sha256 = Tools.Read("openssl", "dgst", "-sha256", "-r", BigFile.Value)[..64];
        File.WriteAllText(Path.Join(project, "guild.yml"), $"""
            - model: ''
              sourcecode: no
              operations:
                download: {ToUse("download")}
                copy: {ToUse("copy")}
                tar: {ToUse("tar")}
                tar.gz: {ToUse("tar.gz")}
                zip: {ToUse("zip")}
                link: {ToUse("link")}
              resources:
                download: [{"{"}url: '{Address.Value}', sha256: {sha256}{"}"}]
                copy: [{"{"}file: '{BigFile.Value}', sha256: {sha256}, target-type: copy{"}"}]
                tar: [{"{"}file: files.tar, select: files/class7/sample707.txt{"}"}]
                tar.gz: [{"{"}file: files.tar.gz, select: files/class7/sample707.txt{"}"}]
                zip: [{"{"}file: files.zip, select: files/class7/sample707.txt{"}"}]
                link: [{"{"}file: files{"}"}]
            """);

        // As old as files mostly are: one that was written this moment is read again each time.
        foreach (string file in Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        }

        return project;
    }

    private static string ToUse(string resource) => $"{"{"}exec: 'true', requires: '{resource}'{"}"}";
}
