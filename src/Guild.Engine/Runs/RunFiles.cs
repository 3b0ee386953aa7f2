using Guild.Engine.Resources;

namespace Guild.Engine.Runs;

/// <summary>Where a file of a run comes from.</summary>
public enum RunFileKind
{
    /// <summary>It was copied from the project when the run was made.</summary>
    SourceCode,

    /// <summary>It was resolved from a resource.</summary>
    Dependency,

    /// <summary>The program made it.</summary>
    Generated,

    /// <summary>It belongs to the record that is kept of the run.</summary>
    Record,
}

/// <summary>A file, folder or link in the folder of a run.</summary>
/// <param name="Path">The path in the run, with <c>/</c>.</param>
/// <param name="FullPath">The absolute path.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="IsDirectory">True for a folder, or a link to one.</param>
/// <param name="Length">The size in bytes of what takes room in the run: 0 for folders and for links that are not followed.</param>
/// <param name="LastWritten">When it was last written; null if it was gone by then.</param>
/// <param name="LinkTarget">What a link says; null if it is none.</param>
public sealed record RunFile(string Path, string FullPath, RunFileKind Kind, bool IsDirectory, long Length, DateTimeOffset? LastWritten, string? LinkTarget);

/// <summary>Which files are listed, and how.</summary>
public sealed record RunFileQuery
{
    /// <summary>True to list the files of the record, in <c>.guild</c>, too.</summary>
    public bool IncludesRecord { get; init; }

    /// <summary>True to enter linked folders and to give the sizes of linked files. A folder that holds the link to itself is not entered again.</summary>
    public bool FollowsLinks { get; init; }
}

/// <summary>The files of a run, and where each comes from by the manifest.</summary>
public static class RunFiles
{
    private const string Record = ".guild";

    // Up to version 0.8 Guild AI kept source code in the record.
    private const string OldSourceCode = ".guild/sourcecode/";

    /// <summary>Lists files, folders and links by path, each folder before what is in it. What vanishes meanwhile is left out.</summary>
    /// <exception cref="NameNotFoundException">The run is gone.</exception>
    /// <exception cref="HomeException">A folder of it cannot be read.</exception>
    public static IEnumerable<RunFile> List(RunDirectory run, RunFileQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(query);
        return Below(new Walk(run, query, KindsOf(run), cancellation), "", query.FollowsLinks ? new RealFolder(RealPath.Of(run.Path), null) : null);
    }

    private static IEnumerable<RunFile> Below(Walk walk, string path, RealFolder? real)
    {
        foreach (var child in Children(walk, path))
        {
            walk.Cancellation.ThrowIfCancellationRequested();
            var own = path.Length == 0 ? child.Path : $"{path}/{child.Path}";
            if (own == Record && !walk.Query.IncludesRecord)
            {
                continue;
            }

            var full = Path.Join(walk.Run.Path, own);
            yield return ToFile(walk, child, own, full);
            if (!child.IsDirectory)
            {
                continue;
            }

            var inside = child.IsLink ? real?.Follow(full) : real?.Child(child.Path);
            if (child.IsLink && inside is null)
            {
                continue;
            }

            foreach (var below in Below(walk, own, inside))
            {
                yield return below;
            }
        }
    }

    private static IReadOnlyList<TreeEntry> Children(Walk walk, string path)
    {
        var folder = Path.Join(walk.Run.Path, path);
        try
        {
            return Tree.Children(folder);
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(walk.Run.Path))
        {
            return [];
        }
        catch (DirectoryNotFoundException)
        {
            throw new NameNotFoundException(NameKind.Run, walk.Run.Id, $"Run {RunId.Short(walk.Run.Id)} is gone from '{walk.Run.Path}'.", [], "List the runs with Get-GuildRun (guild runs).");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(folder, $"'{folder}' cannot be read: {error.Message}", inner: error);
        }
    }

    private static RunFile ToFile(Walk walk, TreeEntry entry, string path, string full)
    {
        var (length, info) = (entry.Size, new FileInfo(full));
        if (entry.IsLink && walk.Query.FollowsLinks && !entry.IsDirectory)
        {
            length = TargetLength(full);
        }

        DateTimeOffset? written = info.LastWriteTimeUtc is { Year: > 1601 } time ? new DateTimeOffset(time) : null;
        return new RunFile(path, full, walk.Kinds(path), entry.IsDirectory, length, written, entry.LinkTarget);
    }

    private static long TargetLength(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is FileInfo { Exists: true } file ? file.Length : 0;
        }
        catch (IOException)
        {
            // Links in a circle.
            return 0;
        }
    }

    private static Func<string, RunFileKind> KindsOf(RunDirectory run)
    {
        var known = new Dictionary<string, RunFileKind>(StringComparer.Ordinal);
        foreach (var entry in ManifestOf(run))
        {
            known[entry.Destination.TrimEnd('/')] = entry.Kind switch
            {
                ManifestKind.SourceCode => RunFileKind.SourceCode,
                ManifestKind.Dependency => RunFileKind.Dependency,
                _ => RunFileKind.Record,
            };
        }

        return path => KindOf(path, known);
    }

    private static IEnumerable<ManifestEntry> ManifestOf(RunDirectory run)
    {
        try
        {
            return Manifest.Read(run.ManifestPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(run.ManifestPath, $"'{run.ManifestPath}' cannot be read: {error.Message}", inner: error);
        }
    }

    private static RunFileKind KindOf(string path, Dictionary<string, RunFileKind> known)
    {
        // What is in a folder that was put there was put there.
        for (var at = path; at.Length > 0; at = at[..Math.Max(at.LastIndexOf('/'), 0)])
        {
            if (known.TryGetValue(at, out var kind))
            {
                return kind;
            }
        }

        return path.StartsWith(OldSourceCode, StringComparison.Ordinal) ? RunFileKind.SourceCode
            : path == Record || path.StartsWith(Record + "/", StringComparison.Ordinal) ? RunFileKind.Record
            : RunFileKind.Generated;
    }

    private sealed record Walk(RunDirectory Run, RunFileQuery Query, Func<string, RunFileKind> Kinds, CancellationToken Cancellation);
}
