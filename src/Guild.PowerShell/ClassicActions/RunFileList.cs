using System.Globalization;
using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild ls</c>.</summary>
internal static class RunFileList
{
    private const int SizeWidth = 8;
    private static readonly string[] Units = ["", "K", "M", "G", "T"];

    public static int Do(ListFilesCommand command, ClassicSession session)
    {
        var run = RunSelector.One(command.Selection, session);
        var root = run.Directory.Path;
        var query = new RunFileQuery { IncludesRecord = command.ShowsAll || command.Kinds.Contains(Classic.RunFileKind.SourceCode), FollowsLinks = command.FollowsLinks };
        var entries = Engine.Runs.RunFiles.List(run.Directory, query, session.Stop)
            .Where(file => IsWanted(file, command) && IsUnder(file.Path, command.Path))
            .Select(file => file.IsDirectory ? $"{file.Path}/" : file.Path)
            .Order(NaturalOrder.Instance)
            .Select(path => Line(root, path, command));
        if (!command.IsPlain && !command.ShowsFullPaths)
        {
            session.Print($"{RunRows.Shorten(root, session.Engine.UserHome)}:");
        }

        session.Print(entries);
        return ClassicExit.Success;
    }

    // Of a folder that is all of one kind, or a link to one, there is an entry as in the manifest; other folders are no files of any kind.
    private static bool IsWanted(RunFile file, ListFilesCommand command) => command.Kinds.Count == 0
        ? command.ShowsAll || !(file.Kind == Engine.Runs.RunFileKind.Record || IsRecordOfLinkedRun(file.Path))
        : command.Kinds.Any(kind => string.Equals(kind.ToString(), file.Kind.ToString(), StringComparison.Ordinal)) && !(file.IsDirectory && file.Kind == Engine.Runs.RunFileKind.Generated);

    private static bool IsRecordOfLinkedRun(string path) => path.EndsWith("/.guild", StringComparison.Ordinal) || path.Contains("/.guild/", StringComparison.Ordinal);

    private static bool IsUnder(string path, string? wanted)
    {
        var folder = wanted?.Replace('\\', '/').TrimEnd('/') ?? "";
        folder = folder.StartsWith("./", StringComparison.Ordinal) ? folder[2..] : folder;
        return folder.Length == 0
            || folder == "."
            || string.Equals(path, folder, StringComparison.Ordinal)
            || path.StartsWith(folder + "/", StringComparison.Ordinal)
            || (WildcardPattern.ContainsWildcardCharacters(folder) && new WildcardPattern(folder).IsMatch(path));
    }

    private static string Line(string root, string path, ListFilesCommand command)
    {
        var full = Path.Combine(root, path);
        var shown = command.ShowsFullPaths ? full : path;
        var size = command.ShowsSizes ? $"{SizeOf(full),SizeWidth}  " : "";
        return (command.IsPlain || command.ShowsFullPaths ? "" : "  ") + size + shown.Replace('/', Path.DirectorySeparatorChar);
    }

    private static string SizeOf(string path)
    {
        if (path.EndsWith('/') || !File.Exists(path))
        {
            return "-";
        }

        double size = new FileInfo(path).Length;
        var unit = 0;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#}{Units[unit]}");
    }
}
