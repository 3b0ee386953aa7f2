using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.TestProgram;

/// <summary>Supervises a run as a host does, so that tests can do to a host what they cannot do to themselves.</summary>
internal static class Supervision
{
    internal static int Supervise(string runDirectory, string program, string[] arguments)
    {
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            interrupt.Cancel();
        };
        using var signals = HostSignals.Listen();
        var run = new SupervisedRun
        {
            Directory = new RunDirectory(runDirectory),
            Program = new ProgramStart
            {
                FileName = program,
                Arguments = arguments,
                WorkingDirectory = runDirectory,
                Environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                    .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal),
                InheritsInput = true,
            },
        };
        var status = RunSupervisor.Run(run, NullEventSink.Instance, signals.With(interrupt.Token)).ExitStatus;
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        Console.WriteLine($"peak {self.PeakWorkingSet64}");
        return status;
    }
}
