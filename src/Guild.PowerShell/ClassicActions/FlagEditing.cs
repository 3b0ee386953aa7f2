using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild run --edit-flags</c>: lets the user change flags in an editor before the run.</summary>
internal static class FlagEditing
{
    /// <summary>The plan of a request, whose flags the user has edited.</summary>
    public static OperationPlan Plan(RunRequest request, ClassicSession session)
    {
        RequireSomebody(session);
        var imported = request.Imported ?? FlagImport.Of(request.Project, OperationResolver.Resolve(request.Project, request.Operation), session.Engine, session.Stop);
        var known = request with { Imported = imported };
        RequireUsable(known, session);
        return Edit(FlagSheet.Of(imported.Operation, request.Flags), edit => Planner.PlanAny(known with { Flags = edit.Flags }, session.Engine, session.Stop), session);
    }

    /// <summary>The plan of a run that is started again, whose flags the user has edited; null if nothing changes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="given">The flags that were typed.</param>
    /// <param name="plan">Plans the run with flags.</param>
    /// <param name="session">The session.</param>
    public static RunPlan? Plan(Run run, IReadOnlyList<KeyValuePair<string, FlagInput>> given, Func<IReadOnlyList<KeyValuePair<string, FlagInput>>, RunPlan?> plan, ClassicSession session)
    {
        RequireSomebody(session);
        plan(given);
        var operation = RestartPlanner.DefinitionOf(run, session.Engine, session.Stop);
        var kept = run.Flags.Where(flag => operation.Flags.Any(f => f.Name == flag.Key)).Select(flag => KeyValuePair.Create(flag.Key, (FlagInput)new FlagValue(flag.Value)));
        return Edit(FlagSheet.Of(operation, [.. kept, .. given]), edit => plan(edit.IsChanged ? edit.Flags : given), session);
    }

    private static T Edit<T>(FlagSheet sheet, Func<FlagEdit, T> use, ClassicSession session)
    {
        if (!sheet.HasFlags)
        {
            return use(sheet.Read(""));
        }

        for (var text = sheet.Text; ;)
        {
            text = TextEditor.Edit(text, ".yml", session.Engine, session.Stop);
            try
            {
                return use(sheet.Read(text));
            }
            catch (GuildException error) when (error is RequestException or FlagException)
            {
                session.Note($"Error reading flags: {error.Message}");
                if (Question.Ask(session, "Would you like to re-edit these flags? (Y/n) ", DefaultAnswer.Yes) != Answer.Yes)
                {
                    throw;
                }
            }
        }
    }

    private static void RequireSomebody(ClassicSession session)
    {
        if (!Question.CanAsk(session))
        {
            throw new RequestException("nobody is here to edit flags in an editor", "--edit-flags", "Give flags as FLAG=VAL.");
        }
    }

    // What no editing can mend is told at once. What is only missing can be written in the editor.
    private static void RequireUsable(RunRequest request, ClassicSession session)
    {
        try
        {
            Planner.PlanAny(request, session.Engine, session.Stop);
        }
        catch (FlagException error) when (error.Problems.All(problem => problem.Kind == FlagProblemKind.Missing))
        {
            // The editor shows which.
        }
    }
}
