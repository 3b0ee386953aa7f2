using Guild.Engine;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Streams;
using RunSelection = Guild.PowerShell.Classic.RunSelection;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild export</c> and <c>guild import</c>.</summary>
internal static class RunTransfers
{
    public static int Do(ExportRunsCommand command, ClassicSession session)
    {
        var change = ChangeOf($"You are about to {Verb(command)} the following runs to '{command.Location}':", "No runs to export.");
        var exit = ClassicExit.Success;
        var answer = change.Do(command, session, runs =>
        {
            var call = new CurrentCall();
            using var export = RunExport.To(session.ResolveInProject(command.Location), OptionsOf(command, session, call));
            var results = runs.Select(run => Try(run, export.Path, session, () => call.Run(session.Cmdlet, () => export.Add(run), session.Stop))).ToList();
            results.AddRange(call.Run(session.Cmdlet, export.Complete, session.Stop));
            exit = Tell(results, count => $"Exported {count} run(s) to {command.Location}", session);
        });
        return answer == ClassicExit.Success ? exit : answer;
    }

    public static int Do(ArchiveRunsCommand command, ClassicSession session)
    {
        var found = NamedArchive.Find(command.Name, session.Engine);
        if (found is null && !command.IsNew)
        {
            throw new RequestException($"archive '{command.Name}' does not exist", command.Name, "Try 'guild archive --list' for the archives that there are, or use --create to make it.");
        }

        var change = ChangeOf($"You are about to archive ({Verb(command)}) the following runs to '{command.Name}':", "No runs to archive.");
        var exit = ClassicExit.Success;
        var answer = change.Do(command, session, runs =>
        {
            if (found is null)
            {
                session.Note($"Creating '{command.Name}'");
                found = NamedArchive.Create(command.Name, command.Description, session.Engine);
            }

            var call = new CurrentCall();
            using var export = RunExport.To(found.Path, OptionsOf(command, session, call));
            var results = runs.Select(run => Try(run, export.Path, session, () => call.Run(session.Cmdlet, () => export.Add(run), session.Stop))).ToList();
            exit = Tell(results, count => $"Archived {count} run(s) to '{command.Name}'", session);
        });
        return answer == ClassicExit.Success ? exit : answer;
    }

    public static int Do(ImportRunsCommand command, ClassicSession session)
    {
        var call = new CurrentCall();
        using var archive = call.Run(session.Cmdlet, () => RunArchive.Open(PathOf(command.Archive, session), OptionsOf(command, session, call)), session.Stop);
        var change = ChangeOf($"You are about to import ({Verb(command)}) the following runs from '{command.Archive}':", "No runs to import.");
        var found = call.Run(session.Cmdlet, () => archive.Runs, session.Stop);
        var exit = ClassicExit.Success;
        var answer = change.Do(command, session, () => Chosen(command.Selection, found), runs =>
        {
            var store = session.Runs;
            var results = runs.Select(run => Try(run, archive.Path, session, () => call.Run(session.Cmdlet, () => archive.Import(run, store), session.Stop))).ToList();
            exit = Tell(results, count => $"Imported {count} run(s) from {command.Archive}", session);
        });
        return answer == ClassicExit.Success ? exit : answer;
    }

    /// <summary>Reads the runs of a folder or zip file, which is there no longer than the work takes.</summary>
    public static void Read(string path, ClassicSession session, Action<RunArchive> work)
    {
        var call = new CurrentCall();
        var options = new RunTransferOptions { Limits = UnpackLimits.From(session.Engine.Environment), Events = call, Cancellation = session.Stop };
        using var archive = call.Run(session.Cmdlet, () => RunArchive.Open(PathOf(path, session), options), session.Stop);
        _ = call.Run(session.Cmdlet, () => archive.Runs, session.Stop);
        work(archive);
    }

    private static string PathOf(string archive, ClassicSession session) => NamedArchive.Locate(archive, session.ResolveInProject(archive), session.Engine);

    /// <summary>Those of the runs of an archive that are named and pass the filter.</summary>
    public static IReadOnlyList<Run> Chosen(RunSelection selection, IReadOnlyList<Run> found)
    {
        var filtered = found.Where(RunSelector.QueryOf(selection.Filter).Matches).ToList();
        if (filtered.Count == 0 && selection.Runs.Count == 0)
        {
            return [];
        }

        var ids = RunReferences.Select(selection.Runs.Count == 0 ? [":"] : selection.Runs, [.. filtered.Select(run => run.Id)]);
        return [.. ids.Select(id => filtered.Find(run => string.Equals(run.Id, id, StringComparison.Ordinal))!)];
    }

    // One bad run among many keeps none of the others back.
    private static RunTransfer Try(Run run, string path, ClassicSession session, Func<RunTransfer> transfer)
    {
        session.Stop.ThrowIfCancellationRequested();
        try
        {
            return transfer();
        }
        catch (GuildException error)
        {
            return new RunTransfer(run, path, RunTransferOutcome.Failed) { Error = error };
        }
    }

    private static int Tell(IReadOnlyList<RunTransfer> results, Func<int, string> summary, ClassicSession session)
    {
        foreach (var result in results.Where(result => result.Outcome == RunTransferOutcome.Exists))
        {
            session.Cmdlet.WriteWarning($"{result.Run.Id} exists, skipping");
        }

        foreach (var result in results.Where(result => result.Error is not null))
        {
            session.Cmdlet.WriteWarning($"{result.Error!.Message} {result.Error.RecommendedAction}".TrimEnd());
        }

        var done = results.Count(result => result.Outcome == RunTransferOutcome.Done);
        session.Note(summary(done));
        return results.Any(result => result.Error is not null) ? ClassicExit.Failure : ClassicExit.Success;
    }

    private static RunTransferOptions OptionsOf(TransferRunsCommand command, ClassicSession session, IEventSink events) => new()
    {
        IsMove = command.IsMove,
        CopiesResources = command.CopiesResources,
        Limits = UnpackLimits.From(session.Engine.Environment),
        Events = events,
        Cancellation = session.Stop,
    };

    private static string Verb(TransferRunsCommand command) => command.IsMove ? "move" : "copy";

    private static RunChange ChangeOf(string preview, string nothing) => new()
    {
        Preview = preview,
        Question = "Continue?",
        Default = DefaultAnswer.Yes,
        Nothing = nothing,
        IsHarmless = true,
    };
}
