using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Carries out batches: makes the run of the batch and, from its record, the trials.</summary>
public sealed class BatchRunner(EngineContext context)
{
    /// <summary>Makes a batch and runs its trials.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is carried out; <see cref="RunOptions.StagesOnly"/> leaves the batch itself staged.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Cancelled to stop politely: the trials that run are ended, and the batch is terminated.</param>
    /// <exception cref="GuildException">The batch could not be made; nothing is left of it.</exception>
    public BatchResult Run(BatchPlan plan, RunOptions options, IEventSink events, CancellationToken stop) => throw new NotImplementedException(context.UserName);

    /// <summary>Makes a batch and leaves its trials to a supervisor that outlives this process.</summary>
    public BatchResult Detach(BatchPlan plan, RunOptions options, SupervisorProgram supervisor, IEventSink events, CancellationToken stop) => throw new NotImplementedException();

    /// <summary>Goes on with a batch that is there: staged, interrupted, or ended. Trials that have ended are kept; what was lost runs again.</summary>
    /// <exception cref="RunStateException">The batch is running, or is none that can be carried out here.</exception>
    public BatchResult Restart(Run batch, RunOptions options, IEventSink events, CancellationToken stop) => throw new NotImplementedException();

    /// <summary>True if the run is a batch that is carried out here rather than by a program of its own.</summary>
    public static bool CanCarryOut(Run run) => throw new NotImplementedException();
}
