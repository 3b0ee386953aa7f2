using Guild.Engine.Operations;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary>Carries out what the classic words say.</summary>
internal static class ClassicAction
{
    /// <summary>Does the command and gives the exit code.</summary>
    public static int Do(ClassicCommand command, ClassicSession session) => command switch
    {
        ShowHelpCommand help => Print(session, help.Text),
        VersionCommand => Print(session, $"guild {SetupCheck.Version}"),
        CheckCommand check => SetupCheck.Do(check, session),
        ProjectHelpCommand help => Print(session, Streams.HelpText.Of(session.Imported(OpenForHelp(help.Path, session), _ => true), null).Text),
        ListDefinitionsCommand list => DefinitionList.Do(list, session),
        Classic.RunCommand run => RunAction.Do(run, session),
        ListRunsCommand list => RunListing.Do(list, session),
        RunInfoCommand info => RunInfo.Do(info, session),
        CompareRunsCommand compare => RunCompare.Do(compare, session),
        DiffRunsCommand diff => RunDiff.Do(diff, session),
        SelectRunsCommand select => RunSelect.Do(select, session),
        DeleteRunsCommand delete => RunDeletion.Do(delete, session),
        RestoreRunsCommand restore => RunDeletion.Do(restore, session),
        PurgeRunsCommand purge => RunDeletion.Do(purge, session),
        StopRunsCommand stop => RunStopping.Do(stop, session),
        WatchRunCommand watch => RunWatching.Do(watch, session),
        LabelRunsCommand label => RunLabels.Do(label, session),
        TagRunsCommand tag => RunNotes.Do(tag, session),
        MarkRunsCommand mark => RunNotes.Do(mark, session),
        CommentRunsCommand comment => RunComments.Do(comment, session),
        ExportRunsCommand export => RunTransfers.Do(export, session),
        ImportRunsCommand import => RunTransfers.Do(import, session),
        ArchiveRunsCommand archive => RunTransfers.Do(archive, session),
        ListArchivesCommand list => ArchiveList.Do(list, session),
        OpenRunCommand open => RunOpening.Do(open, session),
        PrintFileCommand print => RunFiles.Do(print, session),
        ListFilesCommand list => RunFileList.Do(list, session),
        _ => throw new InvalidOperationException($"Nothing carries out {command.GetType().Name}."),
    };

    private static int Print(ClassicSession session, string text)
    {
        session.Print(text);
        return ClassicExit.Success;
    }

    // A folder of the name comes before a package of the name.
    private static Project OpenForHelp(string? path, ClassicSession session)
    {
        var folder = path is null ? session.Location : session.ResolveInProject(path);
        return (path is null || Path.Exists(folder) ? null : session.OpenPackage(path)) ?? session.OpenProject(folder);
    }
}
