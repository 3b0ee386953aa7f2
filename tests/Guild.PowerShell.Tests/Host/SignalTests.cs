using System.Diagnostics;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Host;

public sealed class SignalTests
{
    // Windows sends no such signals from one process to another.
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_stops_what_runs_and_lets_it_clean_up(string signal, int expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        ProcessRun run = SignalWhenReady("try { $Host.UI.WriteLine('ready'); while ($true) { } } finally { $Host.UI.WriteLine('cleaned up') }", signal);

        Assert.Equal((expected, "cleaned up\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void A_signal_ends_a_wait_for_the_keyboard()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        ProcessRun run = SignalWhenReady("$Host.UI.WriteLine('ready'); $Host.UI.ReadLine(); 'went on'", "INT");

        Assert.Equal((130, ""), (run.ExitCode, run.Output));
    }

    private static ProcessRun SignalWhenReady(string script, string signal)
    {
        Process process = ProcessRun.StartGuild("-Command", script);
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        using (Process kill = ProcessRun.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        return ProcessRun.WaitForEnd(process);
    }
}
