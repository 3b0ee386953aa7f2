using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild run --start</c> and <c>--restart</c>: starts a staged run, or one that has ended, in its own directory.</summary>
internal static class StartAction
{
    /// <summary>What is said of a run that is not started again, because only what is needed is.</summary>
    public const string NotNeeded = "Skipping run because flags have not changed (--needed specified)";

    public static int Do(Classic.RunCommand command, string reference, ClassicSession session)
    {
        var run = session.Runs.Find(reference);
        if (command.Question == RunQuestion.None)
        {
            Require(run, command);
        }

        if (command.Question == RunQuestion.None && BatchRunner.CanCarryOut(run))
        {
            RequirePlainStart(command);
            return BatchAction.Start(command, run, session);
        }

        if (command.KeepsGoing)
        {
            RecordedKeepGoing.Require(run);
        }

        // What is wrong with flags, or a secret that is missing, is told before anything of the run is changed.
        var given = command.Flags.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagText(f.Value))).ToList();
        var options = new RunOptions { InheritsInput = !command.IsDetached, StagesOnly = command.IsStaged, Gpus = command.Gpus, ForcesSourceCode = command.ForcesSourceCode };
        RunPlan? PlanOf(IReadOnlyList<KeyValuePair<string, FlagInput>> flags) => RestartPlanner.NeedsNone(run, flags, options)
            ? null
            : RestartPlanner.Plan(run, flags, command.ForcesFlags ? FlagForce.Force : FlagForce.None, session.Engine, session.Stop);
        var plan = command.EditsFlags ? FlagEditing.Plan(run, given, PlanOf, session) : PlanOf(given);
        if (command.Question != RunQuestion.None)
        {
            session.Print(command.Question == RunQuestion.Command
                ? [PrintedCommand.Line(plan?.Command.Arguments ?? run.Command)]
                : PrintedCommand.EnvironmentLines(plan?.Environment ?? RestartPlanner.EnvironmentOf(run, session.Engine)));
            return ClassicExit.Success;
        }

        if (plan is null)
        {
            OperationRunner.RequireSecrets(run, given, session.Engine);
        }

        if (command.IsNeededOnly && run.Status is (RunStatus.Completed or RunStatus.Terminated) && !command.ForcesSourceCode && (plan is null || HasSameFlags(plan, run)))
        {
            session.Print(NotNeeded);
            return ClassicExit.Success;
        }

        if (command.IsStaged && run.Status == RunStatus.Staged && plan is null && command.Gpus is null)
        {
            throw new RunStateException(run.Id, $"run {run.ShortId} is staged already", $"Use 'guild run --start {run.ShortId}' to start it.");
        }

        var flags = (plan?.RecordedFlags ?? run.Flags).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, run.SecretFlags.Contains(f.Key) ? GuildPlan.SecretMask : f.Value is null ? "default" : FlagGrammar.Encode(f.Value)));
        if (!RunAction.IsAgreed(command, command.IsStaged ? "stage" : "start", $"{run.ShortId} ({run.FullName})", flags, session))
        {
            return ClassicExit.Aborted;
        }

        var label = LabelOf(command, plan?.RecordedFlags ?? run.Flags, session);
        if (plan is not null && label is not null)
        {
            plan = plan with { Request = plan.Request with { Label = command.Label }, Label = label };
        }

        Annotate(run, label, command, session);
        ChangeConduct(run, command);
        var invocation = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = command.IsQuiet || command.IsDetached };
        if (command.KeepsRun)
        {
            RecordedDeletion.Cancel(run);
            plan = plan is null ? null : plan with { Request = plan.Request with { KeepsRun = true } };
        }

        options = options with { Secrets = plan is null ? given : [] };
        if (command.IsDetached)
        {
            return Background.Do(command, session, invocation, run.FullName, () => plan is null ? invocation.Detach(run, options) : invocation.Detach(run, plan, options));
        }

        var result = plan is null ? invocation.Restart(run, options) : invocation.Restart(run, plan, options);
        var code = RunAction.Finish(invocation, result, session);
        if (command.IsStaged && code == ClassicExit.Success)
        {
            session.Note($"{run.FullName} staged as {run.Id}\nTo start the operation, use 'guild run --start {run.ShortId}'");
        }

        return code;
    }

    // What trials see was decided when they were planned.
    private static void RequirePlainStart(Classic.RunCommand command)
    {
        var excluded = command.IsStaged ? "--stage" : command.ForcesSourceCode ? "--force-sourcecode" : command.EditsFlags ? "--edit-flags" : command.Gpus is null ? null : "--gpus";
        if (excluded is not null)
        {
            throw new RequestException($"{excluded} cannot be used to start a batch again", excluded, "Make a new batch instead, with --proto.");
        }
    }

    /// <summary>Changes how many trials or steps run at the same time, and whether steps go on when one fails, if that was asked for.</summary>
    public static void ChangeConduct(Run run, Classic.RunCommand command)
    {
        if (command.Search?.ThrottleLimit is { } limit)
        {
            RecordedThrottleLimit.Change(run, limit);
        }

        if (command.KeepsGoing)
        {
            RecordedKeepGoing.Set(run);
        }
    }

    private static bool HasSameFlags(RunPlan plan, Run run) => plan.RecordedFlags.Keys.Union(run.Flags.Keys, StringComparer.Ordinal)
        .All(name => FlagGrammar.Encode(plan.RecordedFlags.GetValueOrDefault(name)) == FlagGrammar.Encode(run.Flags.GetValueOrDefault(name)));

    private static void Require(Run run, Classic.RunCommand command)
    {
        if (run.Status == RunStatus.Running)
        {
            throw new RunStateException(
                run.Id,
                $"cannot restart run {run.ShortId} because it's running",
                $"Use 'guild stop {run.ShortId}' to stop it first and try again.");
        }
    }

    /// <summary>The label that comes with the command; null for none.</summary>
    public static string? LabelOf(Classic.RunCommand command, IReadOnlyDictionary<string, object?> flags, ClassicSession session) =>
        command.Label is null ? null : LabelTemplate.Render(command.Label, new LabelContext(flags, session.Engine.WorkingDirectory)) ?? "";

    /// <summary>Gives a run the label, tags and comment that come with the command.</summary>
    public static void Annotate(Run run, string? label, Classic.RunCommand command, ClassicSession session) =>
        new RunAnnotations(run.Directory, session.Engine.Time).Change(new RunAnnotationChange
        {
            Label = label,
            AddedTags = command.Tags,
            Comment = command.Comment,
            User = session.Engine.UserName,
            Host = session.Engine.HostName,
        });
}
