using System.Globalization;
using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild ls</c>.</summary>
internal static class RunFileList
{
    private const string OwnFolder = ".guild";
    private const int SizeWidth = 8;
    private static readonly string[] Units = ["", "K", "M", "G", "T"];

    public static int Do(ListFilesCommand command, ClassicSession session)
    {
        var run = RunSelector.One(command.Selection, session);
        var root = run.Directory.Path;
        var wanted = Wanted(run, command);
        var entries = Walk(root, "", command)
            .Where(path => wanted(path) && IsUnder(path.TrimEnd('/'), command.Path))
            .Order(StringComparer.Ordinal)
            .Select(path => Line(root, path, command));
        if (!command.IsPlain && !command.ShowsFullPaths)
        {
            session.Print($"{RunRows.Shorten(root, session.Engine.UserHome)}:");
        }

        session.Print(entries);
        return ClassicExit.Success;
    }

    // Paths relative to the run, with / in between and, behind folders, at the end.
    private static IEnumerable<string> Walk(string root, string folder, ListFilesCommand command)
    {
        foreach (var entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos())
        {
            var path = folder + entry.Name;
            if (!command.ShowsAll && string.Equals(path, OwnFolder, StringComparison.Ordinal))
            {
                continue;
            }

            if (!entry.Attributes.HasFlag(FileAttributes.Directory))
            {
                yield return path;
                continue;
            }

            yield return $"{path}/";
            if (command.FollowsLinks || entry.LinkTarget is null)
            {
                foreach (var inner in Walk(root, $"{path}/", command))
                {
                    yield return inner;
                }
            }
        }
    }

    private static Func<string, bool> Wanted(Run run, ListFilesCommand command)
    {
        if (command.Kinds.Count == 0)
        {
            return static _ => true;
        }

        var entries = Manifest.Read(run.Directory.ManifestPath);
        var all = entries.Select(e => e.Destination).ToHashSet(StringComparer.Ordinal);
        var chosen = entries.Where(e => command.Kinds.Contains(KindOf(e))).Select(e => e.Destination).ToHashSet(StringComparer.Ordinal);
        var hasGenerated = command.Kinds.Contains(RunFileKind.Generated);
        return path => chosen.Contains(path.TrimEnd('/')) || (hasGenerated && !path.EndsWith('/') && !all.Contains(path));
    }

    private static RunFileKind KindOf(ManifestEntry entry) => entry.Kind == ManifestKind.Dependency ? RunFileKind.Dependency : RunFileKind.SourceCode;

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
