using System.Globalization;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Streams;

/// <summary>Carries out a batch for a cmdlet: a progress bar and what is printed while it runs, then the run of the batch, and what the user should know of its trials.</summary>
internal sealed class BatchInvocation(PSCmdlet cmdlet, EngineContext context, CancellationToken stop)
{
    /// <summary>True to show nothing of what the batch and its trials print.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Carries out a plan.</summary>
    public BatchResult Run(BatchPlan plan, RunOptions options) => Do(options, plan.ThrottleLimit == 1, (runner, settings, events) => runner.Run(plan, settings with { InheritsInput = false }, events, stop));

    /// <summary>Makes a batch and leaves it to a supervisor that outlives the session.</summary>
    public BatchResult Detach(BatchPlan plan, RunOptions options)
    {
        var supervisor = SupervisorLocation.Find(context);
        return Do(options, showsTrials: false, (runner, settings, events) => runner.Detach(plan, settings, supervisor, events, stop));
    }

    /// <summary>Goes on with a batch that is there.</summary>
    public BatchResult Restart(Run batch, RunOptions options) =>
        Do(options, showsTrials: false, (runner, settings, events) => runner.Restart(batch, settings with { InheritsInput = false }, events, stop));

    /// <summary>Reads the batch as it ended; one that is not kept lies in the trash by then.</summary>
    public GuildRun Read(BatchResult result) => new RunInvocation(cmdlet, context, stop).Read(new RunResult(result.Directory, result.Fault));

    /// <summary>Writes the run of the batch, then a warning of trials that failed, and an error if the batch itself did not end well.</summary>
    public void Write(BatchResult result)
    {
        var batch = Read(result);
        cmdlet.WriteObject(batch);
        Warn(result, batch.ShortId, id => $"Get-GuildRun -Batch {id} -Status error");
        if (Fault(result, batch) is { } error)
        {
            cmdlet.WriteError(error);
        }
    }

    /// <summary>Warns of trials that failed, and of a batch that ended before its time without a fault of anybody.</summary>
    /// <param name="result">How the batch ended.</param>
    /// <param name="id">Its short id.</param>
    /// <param name="command">The command that lists the failed trials of a batch.</param>
    public void Warn(BatchResult result, string id, Func<string, string> command)
    {
        if (result.Failed > 0)
        {
            var ended = result.Completed + result.Failed;
            cmdlet.WriteWarning(string.Create(CultureInfo.InvariantCulture, $"{result.Failed} of {ended} trials failed. See them with: {command(id)}"));
        }

        if (result is { EndedBecause: { } reason, Fault: null, ExitStatus: null or 0 })
        {
            cmdlet.WriteWarning(reason);
        }
    }

    /// <summary>The error of a batch that did not end well, or null. Trials that failed do not make the batch fail.</summary>
    public static ErrorRecord? Fault(BatchResult result, GuildRun batch) => result switch
    {
        { Fault: { } fault } => ErrorRecords.NotStarted(fault, batch),
        { ExitStatus: null or 0 } => null,
        { EndedBecause: { } reason } => ErrorRecords.BatchEnded(batch, reason),
        _ => ErrorRecords.OperationFailed(batch),
    };

    private BatchResult Do(RunOptions options, bool showsTrials, Func<BatchRunner, RunOptions, IEventSink, BatchResult> work)
    {
        using var display = RunDisplay.For(cmdlet, IsQuiet);
        if (display is not null)
        {
            display.ShowsTrials = showsTrials;
        }

        return new RunInvocation(cmdlet, context, stop).Do(options, display, (settings, events) => work(new BatchRunner(context), settings, events));
    }
}
