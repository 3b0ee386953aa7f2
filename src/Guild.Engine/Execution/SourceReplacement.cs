using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Execution;

/// <summary>
/// The source code that a run which is started again gets in place of its own. It is copied beside the record first, so that a full disk or a file that cannot be read costs the
/// run nothing, and put in its place when the run is claimed.
/// </summary>
internal sealed class SourceReplacement : IDisposable
{
    private const string FolderPrefix = "sourcecode-";

    private readonly RunDirectory _directory;
    private readonly RunPlan _plan;
    private readonly string _folder;
    private readonly SourceCopy _copy;
    private readonly string? _commit;

    private SourceReplacement(RunDirectory directory, RunPlan plan, string folder, SourceCopy copy, string? commit)
    {
        (_directory, _plan, _folder, _copy, _commit) = (directory, plan, folder, copy, commit);
    }

    /// <summary>Copies what the project has now.</summary>
    /// <exception cref="HomeException">The run's folder cannot be written; nothing of the run was changed.</exception>
    /// <exception cref="RequestException">The rules for the source code cannot be followed.</exception>
    public static SourceReplacement Prepare(Run run, RunPlan plan, EngineContext context, IEventSink events, CancellationToken stop)
    {
        var sources = RunStager.PreviewSources(plan, context, stop);
        var commit = RunStager.CommitOf(plan, context, stop);
        var folder = Path.Join(run.Directory.GuildPath, FolderPrefix + RunId.New());
        try
        {
            Directory.CreateDirectory(folder);
            var copy = SourceSnapshot.Copy(sources, folder, stop);
            foreach (var warning in sources.Warnings.Concat(copy.Warnings))
            {
                events.Report(new WarningEvent(warning));
            }

            return new SourceReplacement(run.Directory, plan, folder, copy, commit.GetAwaiter().GetResult());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(folder);
            throw new HomeException(
                run.Directory.Path,
                $"The source code of run {run.ShortId} cannot be replaced: {error.Message}",
                "See that the disk has room and that you may write to the folder.",
                error);
        }
        catch
        {
            Discard(folder);
            throw;
        }
    }

    /// <summary>Puts the copy in the place of the run's source code. Files that the program changed since they were copied, and all that it made, stay where no new file has their name.</summary>
    /// <exception cref="IOException">The run's folder cannot be written. What was not done is done by the next try.</exception>
    public void Apply()
    {
        var before = Manifest.Read(_directory.ManifestPath);
        var wanted = _copy.Entries.Select(entry => entry.Destination).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in before.Where(entry => entry.Kind == ManifestKind.SourceCode && !wanted.Contains(entry.Destination)))
        {
            DeleteUnchanged(entry);
        }

        foreach (var entry in _copy.Entries)
        {
            Place(entry.Destination);
        }

        // Last: until the manifest says so, another try takes the same files away.
        Overwrite(_directory.ManifestPath, Manifest.FormatLines([.. _copy.Entries, .. before.Where(entry => entry.Kind != ManifestKind.SourceCode)]));
        _directory.WriteAttribute("sourcecode_digest", _copy.Digest);
        Write("sourcecode_left_out", SourceSelection.Summarize(_copy.LeftOut));
        Write("vcs_commit", _commit);
        Overwrite(_directory.OpRefPath, _plan.OpRef.ToString());
        SweepLeftFolders();
    }

    /// <inheritdoc/>
    public void Dispose() => Discard(_folder);

    private void Write(string attribute, object? value)
    {
        if (value is not null)
        {
            _directory.WriteAttribute(attribute, value);
        }
        else if (_directory.HasAttribute(attribute))
        {
            _directory.DeleteAttribute(attribute);
        }
    }

    private void Place(string destination)
    {
        var target = Path.GetFullPath(destination, _directory.Path);
        if (IsInside(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(Path.GetFullPath(destination, _folder), target, overwrite: true);
        }
    }

    private void DeleteUnchanged(ManifestEntry entry)
    {
        var path = Path.GetFullPath(entry.Destination, _directory.Path);
        if (!IsInside(path) || !File.Exists(path) || HashOf(path) != entry.Sha1)
        {
            return;
        }

        File.Delete(path);
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > _directory.Path.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
        {
            Directory.Delete(folder);
        }
    }

    // What lies behind a link is no file of the run, but one of the project or of another run.
    private bool IsInside(string path)
    {
        if (!path.StartsWith(_directory.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return false;
        }

        for (var folder = Path.GetDirectoryName(path)!; folder.Length > _directory.Path.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static string? HashOf(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var file = File.OpenRead(path);
        var buffer = new byte[64 * 1024];
        for (var count = file.Read(buffer); count > 0; count = file.Read(buffer))
        {
            hash.AppendData(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Overwrite(string path, string text)
    {
        var unfinished = path + ".new";
        File.WriteAllBytes(unfinished, Encoding.UTF8.GetBytes(text));
        File.Move(unfinished, path, overwrite: true);
    }

    // A process that was killed while it copied left its folder behind.
    private void SweepLeftFolders()
    {
        foreach (var folder in Directory.EnumerateDirectories(_directory.GuildPath, FolderPrefix + "*").Where(folder => folder != _folder))
        {
            Discard(folder);
        }
    }

    private static void Discard(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way, and the next replacement takes it away.
        }
    }
}
