using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild run --start</c>: starts a staged run in its own directory.</summary>
internal static class StartAction
{
    public static int Do(Classic.RunCommand command, string reference, ClassicSession session)
    {
        var run = session.Runs.Find(reference);
        if (command.Question == RunQuestion.Command)
        {
            session.Print(PrintedCommand.Line(run.Command));
            return ClassicExit.Success;
        }

        Require(run, command);
        var flags = run.Flags.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, run.SecretFlags.Contains(f.Key) ? GuildPlan.SecretMask : f.Value is null ? "default" : FlagGrammar.Encode(f.Value)));
        if (!RunAction.IsAgreed(command, "start", $"{run.ShortId} ({run.FullName})", flags, session))
        {
            return ClassicExit.Aborted;
        }

        // A flag that is no secret of this run, or a secret that is missing, is told before anything of the run is changed.
        var secrets = command.Flags.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagText(f.Value))).ToList();
        OperationRunner.RequireSecrets(run, secrets, session.Engine);
        Annotate(run, command, session);
        var invocation = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = command.IsQuiet };
        return RunAction.Finish(invocation, invocation.Start(run, new RunOptions { InheritsInput = true, Secrets = secrets }), session);
    }

    private static void Require(Run run, Classic.RunCommand command)
    {
        if (run.Status == RunStatus.Running)
        {
            throw new RunStateException(
                run.Id,
                $"cannot restart run {run.ShortId} because it's running",
                $"Use 'guild stop {run.ShortId}' to stop it first and try again.");
        }

        if (run.Status != RunStatus.Staged)
        {
            throw new RunStateException(
                run.Id,
                $"run {run.ShortId} has ended already ({StatusText.Of(run.Status)}), and to run it again in its own directory is not in this version",
                $"Use 'guild run {run.FullName}' for a new run.");
        }

        string? excluded = command switch
        {
            { Flags.Count: > 0 } when run.SecretFlags.Count == 0 => "FLAG",
            { IsStaged: true } => "--stage",
            { Gpus: not null } => "--gpus",
            { Question: RunQuestion.Environment } => "--print-env",
            _ => null,
        };
        if (excluded is not null)
        {
            throw new RequestException($"{excluded} cannot be used with --start in this version", excluded, "Stage a new run instead.");
        }
    }

    private static void Annotate(Run run, Classic.RunCommand command, ClassicSession session) =>
        new RunAnnotations(run.Directory, session.Engine.Time).Change(new RunAnnotationChange
        {
            Label = command.Label is null ? null : LabelTemplate.Render(command.Label, new LabelContext(run.Flags, session.Engine.WorkingDirectory)),
            AddedTags = command.Tags,
            Comment = command.Comment,
            User = session.Engine.UserName,
            Host = session.Engine.HostName,
        });
}
