using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Streams;

/// <summary>Carries out a plan for a cmdlet: output and progress while it runs, then the run, and an error if it did not end well.</summary>
internal sealed class RunInvocation(PSCmdlet cmdlet, EngineContext context, CancellationToken stop)
{
    /// <summary>True to show nothing of what the program prints.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>How long the run may take before its program is terminated; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Carries out a plan.</summary>
    public RunResult Run(RunPlan plan, RunOptions options) => Do(options, (runner, settings, events) => runner.Run(plan, settings, events, stop));

    /// <summary>Starts a staged run.</summary>
    public RunResult Start(Run run, RunOptions options) => Do(options, (runner, settings, events) => runner.Start(run, settings, events, stop));

    /// <summary>Starts a run again.</summary>
    public RunResult Restart(Run run, RunOptions options) => Do(options, (runner, settings, events) => runner.Restart(run, settings, events, stop));

    /// <summary>Starts a run again with other flags.</summary>
    public RunResult Restart(Run run, RunPlan plan, RunOptions options) => Do(options, (runner, settings, events) => runner.Restart(run, plan, settings, events, stop));

    /// <summary>Makes a run and leaves it to a supervisor that outlives the session.</summary>
    public RunResult Detach(RunPlan plan, RunOptions options)
    {
        var supervisor = SupervisorLocation.Find(context);
        return Do(options, (runner, settings, events) => runner.Detach(plan, settings, supervisor, events, stop));
    }

    /// <summary>Leaves the start of a run to a supervisor that outlives the session.</summary>
    public RunResult Detach(Run run, RunOptions options)
    {
        var supervisor = SupervisorLocation.Find(context);
        return Do(options, (runner, settings, events) => runner.Detach(run, settings, supervisor, events, stop));
    }

    /// <summary>Leaves the start of a run with other flags to a supervisor that outlives the session.</summary>
    public RunResult Detach(Run run, RunPlan plan, RunOptions options)
    {
        var supervisor = SupervisorLocation.Find(context);
        return Do(options, (runner, settings, events) => runner.Detach(run, plan, settings, supervisor, events, stop));
    }

    /// <summary>Reads the run as it ended; one whose operation has delete-on-success lies in the trash by then.</summary>
    public GuildRun Read(RunResult result) => new(
        new RunStore(context.Home).TryRead(result.Directory)
            ?? new RunStore(context.Home).TryRead(result.Directory.Id, RunPlace.Trash)
            ?? throw result.Fault ?? new HomeException(result.Directory.Path, $"The record of run '{result.Directory.Id}' is gone from '{result.Directory.Path}'."));

    /// <summary>Writes the run, and then an error if it did not end well.</summary>
    public void Write(RunResult result)
    {
        var run = Read(result);
        cmdlet.WriteObject(run);
        if (Fault(result, run) is { } error)
        {
            cmdlet.WriteError(error);
        }
    }

    /// <summary>The error of a run that did not end well, or null.</summary>
    public static ErrorRecord? Fault(RunResult result, GuildRun run) => result.Fault is not null
        ? ErrorRecords.NotStarted(result.Fault, run)
        : run.Record.Status is RunStatus.Completed or RunStatus.Staged or RunStatus.Pending or RunStatus.Running ? null : ErrorRecords.OperationFailed(run);

    /// <summary>Does work of the engine that can be stopped in all the ways that a run can be stopped.</summary>
    public T Do<T>(RunOptions options, RunDisplay? display, Func<RunOptions, IEventSink, T> work)
    {
        using var interrupts = new SecondInterrupt(stop);
        using var host = HostSignals.Listen();
        var asked = host.With(stop);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(asked.Kill, interrupts.Token);
        var settings = options with { TimeLimit = TimeLimit ?? options.TimeLimit, Terminate = asked.Terminate, Kill = kill.Token };
        var result = EngineCall.Run(cmdlet, display, events => work(settings, events), stop);

        // Nothing can be written any more; the run is found by Get-GuildRun 1.
        return stop.IsCancellationRequested ? throw new PipelineStoppedException() : result;
    }

    private RunResult Do(RunOptions options, Func<OperationRunner, RunOptions, IEventSink, RunResult> work)
    {
        using var display = RunDisplay.For(cmdlet, IsQuiet);
        return Do(options, display, (settings, events) => work(new OperationRunner(context), settings, events));
    }
}
