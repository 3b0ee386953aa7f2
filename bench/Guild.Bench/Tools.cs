using System.Diagnostics;

namespace Guild.Bench;

/// <summary>Programs of the system that do the raw way.</summary>
internal static class Tools
{
    private static readonly Lazy<string> PythonPath = new(() => Read("python3", "-c", "import sys; print(sys.executable)").Trim());

    /// <summary>Python itself, not a script of its name that looks for it each time.</summary>
    internal static string Python => PythonPath.Value;

    /// <summary>Runs a program, whose output goes where ours goes, and waits for it.</summary>
    internal static void Run(string program, params string[] words)
    {
        using Process process = Process.Start(program, words);
        process.WaitForExit();
        Require(process, program);
    }

    /// <summary>Runs a program and gives what it prints.</summary>
    internal static string Read(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Require(process, program);
        return text;
    }

    /// <summary>Whether a program is on the PATH.</summary>
    internal static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Join(folder, program)));

    private static void Require(Process process, string program)
    {
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
