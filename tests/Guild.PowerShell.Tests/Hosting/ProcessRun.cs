using System.Diagnostics;

namespace Guild.PowerShell.Tests.Hosting;

/// <summary>A program that ran to its end, with what it printed.</summary>
internal sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs the guild executable: a fresh process, where it matters what is loaded already.</summary>
    internal static ProcessRun Guild(params string[] words) => Finish(StartGuild(words));

    /// <summary>Runs a script in the guild executable.</summary>
    internal static ProcessRun Script(string text) => Guild("-Command", text);

    /// <summary>Starts the guild executable without waiting for it. Its standard input is open.</summary>
    internal static Process StartGuild(params string[] words) => Start(BuiltFiles.Host, words);

    internal static Process Start(string fileName, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(fileName, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start)!;
    }

    /// <summary>Types into the program, ends its input and waits for its end.</summary>
    internal static ProcessRun Finish(Process process, string input = "")
    {
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return WaitForEnd(process);
    }

    /// <summary>Waits for the end of the program. Its input stays open.</summary>
    internal static ProcessRun WaitForEnd(Process process)
    {
        using Process _ = process;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} did not end within {Limit.TotalSeconds} s.");
        }

        return new ProcessRun(process.ExitCode, output.Result.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }
}
