using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild run</c> where it makes trials.</summary>
internal static class BatchAction
{
    /// <summary>What is asked for of trials, for the engine.</summary>
    public static SearchRequest RequestOf(SearchOptions search) => new()
    {
        Optimizer = search.Optimizer,
        UsesDefaultOptimizer = search.IsOptimized,
        OptimizerFlags = [.. search.OptimizerFlags.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagText(f.Value)))],
        Objective = search.Minimized is { } least ? new ObjectiveDefinition(least, IsMaximized: false)
            : search.Maximized is { } most ? new ObjectiveDefinition(most, IsMaximized: true)
            : null,
        MaxTrials = search.MaxTrials,
        Timeout = search.StopBatchAfter,
        TrialTimeout = search.StopAfter,
        RandomSeed = search.RandomSeed,
        ThrottleLimit = search.ThrottleLimit,
        StagesTrials = search.StagesTrials,
        StopsOnError = search.StopsOnError,
        MaxFailures = search.MaxFailures,
        EarlyStop = search.EarlyStop is { } rule ? Enum.Parse<EarlyStopRule>(rule, ignoreCase: true) : EarlyStopRule.None,
        BatchLabel = search.BatchLabel,
        BatchTags = search.BatchTags,
        BatchComment = search.BatchComment,
        KeepsBatch = search.KeepsBatch,
    };

    /// <summary>The plan of a single run though something was asked for of trials: what has no use is said or refused.</summary>
    public static RunPlan OfRun(SearchOptions search, RunQuestion question, RunPlan plan, RunRequest request, ClassicSession session)
    {
        if (search.OptimizerFlags is [var (name, value), ..])
        {
            throw new RequestException($"invalid optimizer flag {name}={value}: no optimizer specified", $"{name}={value}", "Name one with --optimizer, or use --optimize.");
        }

        if (question is RunQuestion.Trials or RunQuestion.SavedTrials)
        {
            throw new RequestException(
                $"cannot {(question == RunQuestion.Trials ? "print" : "save")} trials for a non-batch operation", plan.FullName, "Give a list or a range for one or more of the flags: NAME=[VALUE,VALUE] or NAME=[MIN:MAX].");
        }

        var unused = search.UnusedInRun().ToList();
        foreach (var option in unused)
        {
            session.Cmdlet.WriteWarning($"not a batch run - ignoring {option}");
        }

        return unused.Count == 0 ? plan : Planner.Plan(request with { Search = null }, session.Engine, session.Stop);
    }

    /// <summary>Runs a batch, or shows what it would be.</summary>
    public static int Do(Classic.RunCommand command, BatchPlan plan, ClassicSession session)
    {
        switch (command.Question)
        {
            case RunQuestion.Command:
                session.Print((plan.Trials ?? throw TrialTable.NotKnown(plan)).Select(t => PrintedCommand.Line(TrialPlans.Of(plan, t, session.Engine, session.Stop).Command.Arguments)));
                return ClassicExit.Success;
            case RunQuestion.Environment:
                session.Print(PrintedCommand.EnvironmentLines(TrialPlans.First(plan, session.Engine, session.Stop).Environment));
                return ClassicExit.Success;
            case RunQuestion.Trials:
                session.Print(TrialTable.Lines(plan));
                return ClassicExit.Success;
            case RunQuestion.SavedTrials:
                var path = command.Search!.SavePath!;
                TrialTable.RequireExtension(path);
                session.Print($"Saving trials to {path}");
                TrialTable.Save(plan, session.ResolveInProject(path), path);
                return ClassicExit.Success;
            default:
                return Run(command, plan, session);
        }
    }

    /// <summary>Goes on with a batch that is there.</summary>
    public static int Start(Classic.RunCommand command, Run batch, ClassicSession session)
    {
        if (command.Flags is [var (flag, _), ..])
        {
            throw new RequestException($"flags cannot be changed when batch {batch.ShortId} is started: its trials are what they were planned to be", flag, "Make a new batch instead.");
        }

        if (command.IsNeededOnly && batch.Status is (RunStatus.Completed or RunStatus.Terminated))
        {
            session.Print(StartAction.NotNeeded);
            return ClassicExit.Success;
        }

        if (!RunAction.IsAgreed(command, "start", $"{batch.ShortId} ({batch.FullName})", batch.ProtoFlags.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, f.Value is null ? "default" : FlagGrammar.Encode(f.Value))), session))
        {
            return ClassicExit.Aborted;
        }

        StartAction.Annotate(batch, StartAction.LabelOf(command, batch.Flags, session), command, session);
        StartAction.ChangeConduct(batch, command);
        if (command.KeepsRun)
        {
            RecordedDeletion.CancelForTrials(batch);
        }

        if (command.Search?.KeepsBatch == true)
        {
            RecordedDeletion.Cancel(batch);
        }

        if (command.IsDetached)
        {
            var runs = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = true };
            return Background.Do(command, session, runs, batch.FullName, () => runs.Detach(batch, new RunOptions()));
        }

        var invocation = Invocation(command, session);
        return Finish(invocation, invocation.Restart(batch, new RunOptions()), session);
    }

    private static int Run(Classic.RunCommand command, BatchPlan plan, ClassicSession session)
    {
        if (command.IsNeededOnly && new NeededRuns(session.Engine, session.Stop).Of(plan) is { IsNeeded: false, Run: { } there })
        {
            session.Print("Skipping because the following runs match this operation (--needed specified):");
            session.Print(RunListText.Format(RunRows.Of([there], session), RunListForm.Table));
            return ClassicExit.Success;
        }

        var prototype = plan.Prototype;
        var action = command.IsStaged ? "stage" : plan.StagesTrials ? "stage trials for" : "run";
        var note = plan.HasRows && prototype.RecordedFlags.Count > 0 ? " (flags below used unless specified in batch trial)" : "";
        var flags = plan.Optimizer.Flags.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, f.Value is null ? "default" : FlagGrammar.Encode(f.Value)));
        if (!RunAction.IsAgreed(command, action, PlanText.SubjectOf(plan) + note, RunAction.Shown(prototype), session, [.. flags]))
        {
            return ClassicExit.Aborted;
        }

        var invocation = Invocation(command, session);
        if (command.IsDetached)
        {
            var runs = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = true };
            return Background.Do(command, session, runs, plan.FullName, () =>
            {
                var given = invocation.Detach(plan, new RunOptions());
                return new RunResult(given.Directory, given.Fault) { SupervisorId = given.SupervisorId };
            });
        }

        var result = invocation.Run(plan, new RunOptions { StagesOnly = command.IsStaged });
        var code = Finish(invocation, result, session);
        if (command.IsStaged && code == ClassicExit.Success)
        {
            session.Note($"{plan.FullName} staged as {result.Directory.Id}\nTo start the operation, use 'guild run --start {RunId.Short(result.Directory.Id)}'");
        }

        return code;
    }

    private static BatchInvocation Invocation(Classic.RunCommand command, ClassicSession session) =>
        new(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = command.IsQuiet || command.IsDetached };

    private static int Finish(BatchInvocation invocation, BatchResult result, ClassicSession session)
    {
        var batch = invocation.Read(result);
        invocation.Warn(result, batch.ShortId, _ => "guild runs -Se");
        if (BatchInvocation.Fault(result, batch) is not { } error)
        {
            return ClassicExit.Success;
        }

        var code = result.ExitStatus is { } status and not 0 ? ClassicExit.OfStatus(status) : ClassicExit.Failure;
        if (result.Fault is not null || ClassicErrors.StopsOnErrors(session.Cmdlet))
        {
            throw new ClassicFailureException(error, code);
        }

        return code;
    }
}
