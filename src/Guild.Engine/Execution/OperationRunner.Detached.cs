using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Execution;

/// <content>Runs that are given to a supervisor of their own and outlive this process.</content>
public sealed partial class OperationRunner
{
    /// <summary>Makes a run and resolves its resources here, so that all that is wrong is told at once, and leaves the rest to a supervisor.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How the run is carried out.</param>
    /// <param name="supervisor">The program that supervises it.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Ends it before it is given away.</param>
    /// <returns>The run, which is about to be started; or what went wrong.</returns>
    /// <exception cref="GuildException">The run could not be made; nothing is left of it.</exception>
    public RunResult Detach(RunPlan plan, RunOptions options, SupervisorProgram supervisor, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(supervisor);
        var staged = Run(plan, options with { StagesOnly = true, KeepsClaim = true, InheritsInput = false, TimeLimit = null }, events, stop);
        if (staged.Fault is not null || !File.Exists(staged.Directory.PendingPath))
        {
            return staged;
        }

        var environment = EnvironmentBuilder.ForRun(plan, staged.Directory.Path, staged.Directory.Id, context);
        return GiveAway(staged.Directory, Withheld(plan, staged.Directory, environment), options, supervisor, events, stop);
    }

    /// <summary>Leaves the start of a run that is there already to a supervisor.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">How the run is carried out.</param>
    /// <param name="supervisor">The program that supervises it.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Ends it before it is given away.</param>
    /// <exception cref="RunStateException">The run is running, or a variable that it needs is not in the environment; it stays as it is.</exception>
    /// <exception cref="Guild.Engine.FlagException">A secret that it needs is not given; it stays as it is.</exception>
    public RunResult Detach(Run run, RunOptions options, SupervisorProgram supervisor, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(supervisor);
        RequireStartable(run);
        if (NeedsPlan(run, options) && !BatchRunner.CanCarryOut(run))
        {
            return Detach(run, RestartPlanner.Plan(run, options.Secrets, FlagForce.None, context, stop), options, supervisor, events, stop);
        }

        if (run.IsBatch)
        {
            RequireOwnSourceCode(run, options);
        }

        var secrets = BatchRunner.CanCarryOut(run) ? new BatchRunner(context).SecretsOf(run, options) : RecordedSecrets.Variables(run, options.Secrets, context.Environment);
        RunClaim.Take(run.Directory, context.Time, expected: run.Status == RunStatus.Staged ? RunStatus.Staged : null);
        BatchRunner.ReleaseTrials(run);
        RecordedDevices.Write(run.Directory, options.Gpus);
        WritePipelineOptions(run, options);
        return GiveAway(run.Directory, secrets, options, supervisor, events, stop);
    }

    /// <summary>Leaves the start of a run that is there already to a supervisor, with other flags.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan of the change, as <see cref="RestartPlanner"/> makes it.</param>
    /// <param name="options">How the run is carried out.</param>
    /// <param name="supervisor">The program that supervises it.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Ends it before it is given away.</param>
    /// <exception cref="RunStateException">The run is running; it stays as it is.</exception>
    public RunResult Detach(Run run, RunPlan plan, RunOptions options, SupervisorProgram supervisor, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(supervisor);
        RequireStartable(run);
        RequireNoBatch(run);
        using var sources = ReplacementOf(run, plan, options, events, stop);
        RunClaim.Take(run.Directory, context.Time);
        return GiveAway(run.Directory, Change(run, WithDevices(plan, options), options, sources).Variables, options, supervisor, events, stop);
    }

    /// <summary>Gives a run that this process has claimed to a supervisor.</summary>
    internal RunResult GiveAway(
        RunDirectory directory,
        IReadOnlyDictionary<string, string> variables,
        RunOptions options,
        SupervisorProgram supervisor,
        IEventSink events,
        CancellationToken stop)
    {
        using var anyStop = AnyOf(options, stop);
        int? process = null;
        return Finish(directory, Work, options, stop) with { SupervisorId = process };

        GuildException? Work()
        {
            process = new DetachedStart(context, supervisor, events).Start(directory, variables, options, anyStop.Token);
            return null;
        }
    }
}
