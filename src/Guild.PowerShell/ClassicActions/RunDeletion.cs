using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild runs delete</c>, <c>restore</c> and <c>purge</c>.</summary>
internal static class RunDeletion
{
    private const string PermanentPreview = "WARNING: You are about to permanently delete the following runs:";
    private const string PermanentQuestion = "Permanently delete {0} run(s)?";

    public static int Do(DeleteRunsCommand command, ClassicSession session)
    {
        var change = new RunChange
        {
            Preview = command.IsPermanent ? PermanentPreview : "You are about to delete the following runs:",
            Question = command.IsPermanent ? PermanentQuestion : "Delete {0} run(s)?",
            Default = command.IsPermanent ? DefaultAnswer.No : DefaultAnswer.Yes,
            Nothing = "Nothing to delete.",
        };
        if (command.Archive is not { } path)
        {
            return change.Do(command, session, runs => Delete(runs, command, session));
        }

        var exit = ClassicExit.Success;
        RunTransfers.Read(path, session, archive =>
        {
            if (File.Exists(archive.Path))
            {
                throw new RequestException($"'{path}' is a zip file, of which runs cannot be deleted", path, "Import the runs that are to stay, and export these anew.");
            }

            exit = change.Do(command, session, () => RunTransfers.Chosen(command.Selection, archive.Runs), runs => Delete(runs, command, session));
        });
        return exit;
    }

    public static int Do(RestoreRunsCommand command, ClassicSession session)
    {
        var change = new RunChange
        {
            Place = RunPlace.Trash,
            Preview = "You are about to restore the following runs:",
            Question = "Restore {0} run(s)?",
            Default = DefaultAnswer.Yes,
            Nothing = "Nothing to restore.",
            IsHarmless = true,
        };
        return change.Do(command, session, runs =>
        {
            foreach (var run in runs)
            {
                session.Runs.Restore(run);
            }

            session.Note($"Restored {runs.Count} run(s)");
        });
    }

    public static int Do(PurgeRunsCommand command, ClassicSession session)
    {
        var change = new RunChange
        {
            Place = RunPlace.Trash,
            Preview = PermanentPreview,
            Question = PermanentQuestion,
            Default = DefaultAnswer.No,
            Nothing = "Nothing to purge.",
        };
        return change.Do(command, session, runs => DeletePermanently(runs, session));
    }

    private static void Delete(IReadOnlyList<Run> runs, DeleteRunsCommand command, ClassicSession session)
    {
        foreach (var run in runs.Where(r => r.Status is RunStatus.Running or RunStatus.Pending))
        {
            session.Note($"Stopping {run.Id} (pid {RunRows.ProcessOf(run.Directory)})");
            RunStop.Stop(run.Directory, StopTimes.Default.Terminate, session.Stop);
        }

        if (command.IsPermanent)
        {
            DeletePermanently(runs, session);
            return;
        }

        foreach (var run in runs)
        {
            session.Runs.Delete(run);
        }

        session.Note($"Deleted {runs.Count} run(s)");
    }

    private static void DeletePermanently(IReadOnlyList<Run> runs, ClassicSession session)
    {
        foreach (var run in runs)
        {
            session.Runs.DeletePermanently(run);
        }

        session.Note($"Permanently deleted {runs.Count} run(s)");
    }
}
