using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>The links in the folder of a pipeline's run that lead to the runs of its steps: <c>NAME</c> to <c>../ID</c>, as Guild AI makes them.</summary>
internal static class PipelineLinks
{
    private const string RunsFolder = "runs";

    /// <summary>The full id of the run that a step's link leads to, there or not; null if there is no such link.</summary>
    public static string? Target(RunDirectory pipeline, string name)
    {
        var link = new DirectoryInfo(Path.Join(pipeline.Path, name));
        return link.LinkTarget is { } target ? Path.GetFileName(Path.TrimEndingDirectorySeparator(target)) : null;
    }

    /// <summary>All links to runs, by their names: what leads to a neighbour, or for a pipeline outside of a home, into a folder of runs.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(RunDirectory pipeline)
    {
        if (!Directory.Exists(pipeline.Path))
        {
            yield break;
        }

        var neighbours = Path.GetDirectoryName(pipeline.Path)!;
        foreach (var entry in new DirectoryInfo(pipeline.Path).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is { } target
                && Path.GetFullPath(Path.TrimEndingDirectorySeparator(target), pipeline.Path) is var full
                && Path.GetDirectoryName(full) is { } folder
                && (folder == neighbours || Path.GetFileName(folder) == RunsFolder))
            {
                yield return new(entry.Name, Path.GetFileName(full));
            }
        }
    }

    /// <summary>Links a step's run, which need not be there yet. A link that is there is replaced.</summary>
    /// <exception cref="RunStateException">Something that is no link has the name.</exception>
    /// <exception cref="IOException">It cannot be linked.</exception>
    public static void Set(RunDirectory pipeline, string name, RunDirectory run)
    {
        var path = Path.Join(pipeline.Path, name);
        var link = new DirectoryInfo(path);
        if (link.LinkTarget is not null)
        {
            // A link that leads nowhere is no folder to the system.
            if (link.Exists)
            {
                link.Delete();
            }
            else
            {
                File.Delete(path);
            }
        }
        else if (Path.Exists(path))
        {
            throw new RunStateException(
                pipeline.Id,
                $"The run of step '{name}' cannot be linked, because pipeline {RunId.Short(pipeline.Id)} has a file or folder of that name.",
                $"Move '{path}' away, or give the step another 'name'.");
        }

        var target = Path.GetDirectoryName(pipeline.Path) == Path.GetDirectoryName(run.Path) ? Path.Join("..", run.Id) : run.Path;
        try
        {
            Directory.CreateSymbolicLink(path, target);
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            Junction(path, run);
        }
    }

    // Without the right to make links there are junctions, which lead to folders that are there.
    private static void Junction(string path, RunDirectory run)
    {
        Directory.CreateDirectory(run.Path);
        if (!OperatingSystem.IsWindows() || !WindowsLinks.TryCreate(run.Path, path))
        {
            throw new IOException($"No link can be made at '{path}'.");
        }
    }
}
