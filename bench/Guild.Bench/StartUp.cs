using System.Diagnostics;

namespace Guild.Bench;

/// <summary>What a user waits for before anything happens, each in a fresh process.</summary>
internal static class StartUp
{
    private static readonly Lazy<string> Home = new(() => Scratch.NewFolder("home"));

    internal static IEnumerable<Comparison> Comparisons()
    {
        yield return new Comparison(
            "guild -Command 1 : an empty .NET program",
            () => Run(BuiltFiles.Empty),
            () => Run(BuiltFiles.Host, "-Command", "1"));
        yield return new Comparison(
            "Import-Module Guild : a bare session",
            () => Run(BuiltFiles.Host, "-Command", "1"),
            () => Run(BuiltFiles.Host, "-Command", $"Import-Module '{BuiltFiles.Manifest}'"));
        yield return new Comparison(
            "guild --version : a bare session",
            () => Run(BuiltFiles.Host, "-Command", "1"),
            () => Run(BuiltFiles.Host, "--version"));
        yield return new Comparison(
            "guild run of a no-op : a bare session",
            () => Run(BuiltFiles.Host, "-Command", "1"),
            () => Run(BuiltFiles.Host, "-H", Home.Value, "-C", Projects.Empty, "run", "noop", "-y"));
    }

    internal static void Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
        }
    }
}
