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
            return BatchAction.Start(command, run, session);
        }

        // What is wrong with flags, or a secret that is missing, is told before anything of the run is changed.
        var given = command.Flags.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagText(f.Value))).ToList();
        var plan = RestartPlanner.GivesSecretsOnly(run, given)
            ? null
            : RestartPlanner.Plan(run, given, command.ForcesFlags ? FlagForce.Force : FlagForce.None, session.Engine, session.Stop);
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

        if (command.IsNeededOnly && run.Status is (RunStatus.Completed or RunStatus.Terminated) && (plan is null || HasSameFlags(plan, run)))
        {
            session.Print(NotNeeded);
            return ClassicExit.Success;
        }

        var flags = (plan?.RecordedFlags ?? run.Flags).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, run.SecretFlags.Contains(f.Key) ? GuildPlan.SecretMask : f.Value is null ? "default" : FlagGrammar.Encode(f.Value)));
        if (!RunAction.IsAgreed(command, "start", $"{run.ShortId} ({run.FullName})", flags, session))
        {
            return ClassicExit.Aborted;
        }

        var label = LabelOf(command, plan?.RecordedFlags ?? run.Flags, session);
        if (plan is not null && label is not null)
        {
            plan = plan with { Request = plan.Request with { Label = command.Label }, Label = label };
        }

        Annotate(run, label, command, session);
        ChangeLimit(run, command);
        var invocation = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = command.IsQuiet || command.IsDetached };
        var options = new RunOptions { InheritsInput = !command.IsDetached, Secrets = plan is null ? given : [] };
        if (command.IsDetached)
        {
            return Background.Do(command, session, invocation, run.FullName, () => plan is null ? invocation.Detach(run, options) : invocation.Detach(run, plan, options));
        }

        return RunAction.Finish(invocation, plan is null ? invocation.Restart(run, options) : invocation.Restart(run, plan, options), session);
    }

    /// <summary>Changes how many trials or steps run at the same time, if that was asked for.</summary>
    public static void ChangeLimit(Run run, Classic.RunCommand command)
    {
        if (command.Search?.ThrottleLimit is { } limit)
        {
            RecordedThrottleLimit.Change(run, limit);
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

        string? excluded = command switch
        {
            { IsStaged: true } => "--stage",
            { Gpus: not null } => "--gpus",
            _ => null,
        };
        if (excluded is not null)
        {
            throw new RequestException($"{excluded} cannot be used with --restart in this version", excluded, "Make a new run instead.");
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
