using Guild.Engine;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Text;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild diff</c>.</summary>
internal static class RunDiff
{
    public static int Do(DiffRunsCommand command, ClassicSession session)
    {
        var runs = command.Selection.Runs.Select(name => RunSelector.One(command.Selection with { Runs = [name] }, session)).ToList();
        foreach (var (before, after) in Pairs(command, runs, session).ToList())
        {
            var program = command.Program is { } typed ? DifferenceProgram.Words(typed) : DifferenceProgram.Configured(session.Engine, before);
            if (program is { Count: > 0 })
            {
                DifferenceProgram.Run(program, before, after, session.Engine, line => session.Print(line), session.Stop);
            }
            else
            {
                session.Print(TreeDifference.Lines(before, after));
            }
        }

        return ClassicExit.Success;
    }

    private static IEnumerable<(string Before, string After)> Pairs(DiffRunsCommand command, List<Run> runs, ClassicSession session)
    {
        if (command.ComparesWorking)
        {
            return WithProject(runs[0], command.Paths);
        }

        if (command.Directory is { } directory)
        {
            var other = session.ResolveInProject(directory);
            return command.Paths.Count == 0 ? [(runs[0].Directory.Path, other)] : command.Paths.Select(path => (Path.Join(runs[0].Directory.Path, path), Path.Join(other, path)));
        }

        return BetweenRuns(command, runs[0].Directory, runs[1].Directory);
    }

    private static IEnumerable<(string Before, string After)> BetweenRuns(DiffRunsCommand command, RunDirectory before, RunDirectory after)
    {
        if (command.Parts.Count == 0 && command.Paths.Count == 0)
        {
            return [(before.Path, after.Path)];
        }

        var parts = command.Parts.Where(part => part != DiffPart.SourceCode).Select(part => (PathOf(part, before), PathOf(part, after)));
        if (!command.Parts.Contains(DiffPart.SourceCode))
        {
            return parts.Concat(command.Paths.Select(path => (Path.Join(before.Path, path), Path.Join(after.Path, path))));
        }

        // What the program made can lie beside its source code, and is no part of it.
        var paths = command.Paths.Count > 0 ? command.Paths.Select(path => Path.Join(FolderOf(before), path)) : SourceOf(before).Union(SourceOf(after), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return parts.Concat(paths.Select(path => (Path.Join(before.Path, path), Path.Join(after.Path, path))));
    }

    private static string PathOf(DiffPart part, RunDirectory directory) => part switch
    {
        DiffPart.Output => directory.OutputPath,
        DiffPart.Environment => Path.Join(directory.AttributesPath, "env"),
        DiffPart.Flags => Path.Join(directory.AttributesPath, "flags"),
        DiffPart.Dependencies => Path.Join(directory.AttributesPath, "deps"),
        _ => directory.AttributesPath,
    };

    private static IEnumerable<string> SourceOf(RunDirectory directory) =>
        Manifest.Read(directory.ManifestPath).Where(entry => entry.Kind == ManifestKind.SourceCode).Select(entry => entry.Destination);

    // Guild 0.8 and before kept source code apart from the other files of a run.
    private static string FolderOf(RunDirectory directory) => Directory.Exists(Path.Join(directory.GuildPath, "sourcecode")) ? ".guild/sourcecode" : "";

    private static IEnumerable<(string Before, string After)> WithProject(Run run, IReadOnlyList<string> paths)
    {
        if (run.ProjectPath is not { } project || !Directory.Exists(project))
        {
            throw new RequestException(
                $"cannot find working source code directory for run {run.ShortId}",
                run.Id,
                $"Try specifying the directory with 'guild diff {run.ShortId} --dir DIR'.");
        }

        return Manifest.Read(run.Directory.ManifestPath)
            .Where(entry => entry.Kind == ManifestKind.SourceCode && (paths.Count == 0 || paths.Any(path => IsIn(entry.Uri, path))))
            .Select(entry => (Path.Join(run.Directory.Path, entry.Destination), Path.Join(project, entry.Uri)));
    }

    private static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);
}
