using Guild.Engine.Runs.Transfer;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild archive --list</c>.</summary>
internal static class ArchiveList
{
    public static int Do(ListArchivesCommand command, ClassicSession session)
    {
        var archives = NamedArchive.All(session.Engine);
        var lines = TextTable.Format([.. archives.Select(IReadOnlyList<string> (archive) => [archive.Name, archive.Description ?? ""])]);
        session.Print(command.ShowsPaths
            ? lines.Zip(archives).SelectMany(item => TextTable.FormatDetails([new("path", RunRows.Shorten(item.Second.Path, session.Engine.UserHome))]).Prepend(item.First))
            : lines);
        return ClassicExit.Success;
    }
}
