using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Commands;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild run</c> and <c>guild train</c>.</summary>
internal static class RunAction
{
    public static int Do(Classic.RunCommand command, ClassicSession session)
    {
        if (command.Question == RunQuestion.None && (command.EditsComment || command.Search is { EditsBatchComment: true }))
        {
            if (CommentEditing.Edited(command, session) is not { } edited)
            {
                session.Note(CommentEditing.Aborting);
                return ClassicExit.Failure;
            }

            command = edited;
        }

        if (command.StartedRun is not null)
        {
            return StartAction.Do(command, command.StartedRun, session);
        }

        var prototype = command.Prototype is { } reference ? new GuildRun(session.Runs.Find(reference)) : null;
        var named = command.Operation ?? (prototype is null ? "" : PrototypeFlags.OperationOf(prototype));

        // What the run is of is defined in its own project; what is named is what is meant here.
        var project = command.Operation is null && prototype?.ProjectPath is { } folder ? session.OpenProjectFor(named, folder) : session.OpenProjectFor(named);
        if (command.Question is RunQuestion.ModelHelp or RunQuestion.OperationHelp or RunQuestion.OutputScalarTest or RunQuestion.SourceCodeTest or RunQuestion.FlagTest)
        {
            Tell(command, project, named, session);
            return ClassicExit.Success;
        }

        var request = RequestOf(command, project, session);
        if (prototype is not null)
        {
            request = Like(prototype, request with { Operation = named }, session);
        }

        var any = command.EditsFlags ? FlagEditing.Plan(request, session) : Planner.PlanAny(request, session.Engine, session.Stop);
        if (any is BatchPlan batch)
        {
            return BatchAction.Do(command, batch, session);
        }

        var plan = (RunPlan)any;
        if (command.Search is { } search)
        {
            // What is said of options that a single run has no use for is said in these words, and not in those of the cmdlets.
            plan = BatchAction.OfRun(search, command.Question, plan, command.EditsFlags ? plan.Request : request, session);
        }

        switch (command.Question)
        {
            case RunQuestion.Command:
                session.Print(PrintedCommand.Line(plan.Command.Arguments));
                return ClassicExit.Success;
            case RunQuestion.Environment:
                session.Print(PrintedCommand.EnvironmentLines(plan.Environment));
                return ClassicExit.Success;
            default:
                return Run(command, plan, session);
        }
    }

    // What is told of the operation itself, whatever flags are given.
    private static void Tell(Classic.RunCommand command, Project project, string named, ClassicSession session)
    {
        var name = OperationResolver.Resolve(project, named).FullName;
        project = session.Imported(project, o => command.Question is RunQuestion.OperationHelp or RunQuestion.FlagTest && o.FullName == name);
        var operation = project.Operations.First(o => o.FullName == name);
        switch (command.Question)
        {
            case RunQuestion.ModelHelp:
                session.Print(Streams.HelpText.OfModel(project, project.ModelOf(operation)).Text);
                break;
            case RunQuestion.OperationHelp:
                session.Print(Streams.HelpText.OfOperation(project, operation).Text);
                break;
            case RunQuestion.FlagTest:
                session.Print(OperationChecks.FlagLines(operation));
                break;
            case RunQuestion.SourceCodeTest:
                session.Print(OperationChecks.SourceCodeLines(RequestOf(command, project, session) with { Operation = name }, session));
                break;
            default:
                OperationChecks.PrintOutputScalars(operation, command.TestedOutput!, session);
                break;
        }
    }

    /// <summary>Asks whether to go on. Where nobody can be asked, it goes on: what was typed is what is wanted.</summary>
    public static bool IsAgreed(
        Classic.RunCommand command,
        string action,
        string subject,
        IEnumerable<KeyValuePair<string, string>> flags,
        ClassicSession session,
        IReadOnlyList<KeyValuePair<string, string>>? optimizerFlags = null) =>
        command.AssumesYes
        || Question.Ask(session, ConfirmPrompt.ForRun(action, subject, flags, optimizerFlags), DefaultAnswer.Yes) != Answer.No;

    /// <summary>Carries a run out and gives the exit code for how it ended. The program has said itself what went wrong, so nothing is added.</summary>
    public static int Finish(RunInvocation invocation, RunResult result, ClassicSession session)
    {
        var run = invocation.Read(result);
        if (!Directory.Exists(result.Directory.Path))
        {
            session.Note($"Deleting interim run {run.Id} ('{run.Operation}' is configured for deletion on success)");
        }

        if (RunInvocation.Fault(result, run) is not { } error)
        {
            return ClassicExit.Success;
        }

        var code = run.ExitCode is { } status and not 0 ? ClassicExit.OfStatus(status) : ClassicExit.Failure;
        if (result.Fault is not null || run.ExitCode is null || ClassicErrors.StopsOnErrors(session.Cmdlet))
        {
            throw new ClassicFailureException(error, code);
        }

        return code;
    }

    private static int Run(Classic.RunCommand command, RunPlan plan, ClassicSession session)
    {
        if (plan.Request.RunDirectory is { } directory)
        {
            session.Note($"Run directory is '{directory}' (results will not be visible to Guild)");
        }

        if (command.IsNeededOnly && !plan.Operation.IsPipeline && new NeededRuns(session.Engine, session.Stop).Of(plan) is { IsNeeded: false, Run: { } there })
        {
            session.Print("Skipping because the following runs match this operation (--needed specified):");
            session.Print(RunListText.Format(RunRows.Of([there], session), RunListForm.Table));
            return ClassicExit.Success;
        }

        var name = plan.FullName;
        if (!IsAgreed(command, command.IsStaged ? "stage" : "run", name, Shown(plan), session))
        {
            return ClassicExit.Aborted;
        }

        var invocation = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = command.IsQuiet || command.IsDetached, TimeLimit = command.Search?.StopAfter };
        if (command.IsDetached)
        {
            var giving = new RunInvocation(session.Cmdlet, session.Engine, session.Stop) { IsQuiet = true };
            return Background.Do(command, session, giving, name, () => giving.Detach(plan, new RunOptions { TimeLimit = command.Search?.StopAfter }));
        }

        var result = invocation.Run(plan, new RunOptions { StagesOnly = command.IsStaged, InheritsInput = true });
        var code = Finish(invocation, result, session);
        if (command.IsStaged && code == ClassicExit.Success)
        {
            session.Note(plan.Request.RunDirectory is null
                ? $"{name} staged as {result.Directory.Id}\nTo start the operation, use 'guild run --start {RunId.Short(result.Directory.Id)}'"
                : $"{name} staged in '{result.Directory.Path}'\nTo start the operation, use \"(cd '{result.Directory.Path}' && source .guild/ENV && {PrintedCommand.Line(plan.Command.Arguments)})\"");
        }

        return code;
    }

    private static RunRequest Like(GuildRun prototype, RunRequest request, ClassicSession session)
    {
        var imported = FlagImport.Of(request.Project, OperationResolver.Resolve(request.Project, request.Operation), session.Engine, session.Stop);
        var optimizer = request.Search is { Optimizer: not null } or { UsesDefaultOptimizer: true } ? null : PrototypeFlags.OptimizerOf(prototype);
        return request with
        {
            Imported = imported,
            Flags = [.. PrototypeFlags.Of(prototype, imported.Operation, [.. request.Flags.Select(f => f.Key)]), .. request.Flags],
            Search = optimizer is null ? request.Search : (request.Search ?? new SearchRequest()) with { Optimizer = optimizer },
        };
    }

    private static RunRequest RequestOf(Classic.RunCommand command, Project project, ClassicSession session) => new()
    {
        Project = project,
        Operation = command.Operation ?? "",
        Flags = [.. command.Flags.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagText(f.Value)))],
        TrialFiles = [.. command.TrialFiles.Select(session.ResolveInProject)],
        Label = command.Label,
        Tags = command.Tags,
        Comment = command.Comment,
        RunDirectory = command.RunDirectory is { } path ? session.ResolveInProject(path) : null,
        ForcesFlags = command.ForcesFlags,
        KeepsRun = command.KeepsRun,
        Gpus = command.Gpus,
        Search = command.Search is { } search ? BatchAction.RequestOf(search) : null,
        Pipeline = new PipelineOptions { IsNeededOnly = command.IsNeededOnly, ThrottleLimit = command.Search?.ThrottleLimit ?? 1, KeepsGoing = command.KeepsGoing, ForcesSourceCode = command.ForcesSourceCode },
    };

    /// <summary>The flags and resources of a plan as the question before it shows them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Shown(RunPlan plan)
    {
        var secrets = plan.Flags.GivenSecrets;
        foreach (var (name, value) in plan.RecordedFlags)
        {
            yield return new(name, secrets.Contains(name) ? GuildPlan.SecretMask : value is null ? plan.Operation.Flags.FirstOrDefault(f => f.Name == name)?.NullLabel ?? "default" : FlagGrammar.Encode(value));
        }

        foreach (var resource in plan.Resources.SelectMany(r => r.Overrides).Where(o => !plan.RecordedFlags.ContainsKey(o.Name)).DistinctBy(o => o.Name))
        {
            yield return new(resource.Name, resource.Value);
        }
    }
}
