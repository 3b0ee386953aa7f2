using System.Globalization;
using Guild.Host;

namespace Guild.PowerShell.Tests.Hosting;

/// <summary>What the host does with a command line, in this process: much quicker than the executable.</summary>
internal sealed record HostRun(int ExitCode, string Output, string Error)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal static HostRun Script(string text) => Run(["-Command", text], isTerminal: false);

    /// <summary>As if standard output and standard error were a terminal.</summary>
    internal static HostRun ScriptAtTerminal(string text) => Run(["-Command", text], isTerminal: true);

    internal static HostRun Guild(params string[] words) => Run(words, isTerminal: false);

    private static HostRun Run(string[] words, bool isTerminal)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        using var signals = new TerminationSignals();
        HostRequest request = HostRequest.Parse(words);
        using HostSession session = Open(request, signals, new TextStream(output, isTerminal), new TextStream(error, isTerminal));
        int exitCode = session.Answer(request);
        return new HostRun(exitCode, output.ToString().Replace("\r\n", "\n", StringComparison.Ordinal), error.ToString().Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static HostSession Open(HostRequest request, TerminationSignals signals, TextStream output, TextStream error)
    {
        lock (SessionStart.Gate)
        {
            return HostSession.Open(request, signals, output, error);
        }
    }
}
