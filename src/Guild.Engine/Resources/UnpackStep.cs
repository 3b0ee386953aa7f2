using Guild.Engine.GuildFiles;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Resources;

/// <summary>
/// Puts the contents of an archive in its place, unpacked once into the home's cache; and what a source's command made of these, or of a plain file, in theirs.
/// </summary>
internal sealed class UnpackStep
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    private readonly string _activity;
    private readonly CancellationToken _cancellation;

    /// <summary>Makes the step.</summary>
    /// <param name="activity">The work whose progress is reported.</param>
    /// <param name="cancellation">Ends the work at once.</param>
    public UnpackStep(string activity, CancellationToken cancellation)
    {
        _activity = activity;
        _cancellation = cancellation;
    }

    /// <summary>How long it is silent between two reports of progress.</summary>
    public TimeSpan Interval { get; init; } = ReportEvery;

    /// <summary>
    /// The contents of the archive that a source leads to, or what was acquired itself if it is none or is left as it is. Raises
    /// <see cref="ResourceException"/>.
    /// </summary>
    /// <param name="request">The source.</param>
    /// <param name="acquired">What it leads to.</param>
    /// <param name="reader">Hashes archives; what was verified before is not read again.</param>
    public AcquiredSource Run(SourceRequest request, AcquiredSource acquired, FingerprintReader reader)
    {
        var (kind, process) = (KindOf(request, acquired), PostProcess.Of(request));
        return kind is null && process is null ? acquired : Made(request, acquired, kind, Contents(request, acquired.Root, kind, process, reader));
    }

    /// <summary>Puts the top-level contents of selected archives in their places, where the source asks for that.</summary>
    public IReadOnlyList<SelectedInput> Run(SourceRequest request, IReadOnlyList<SelectedInput> selected, FingerprintReader reader) =>
        [.. selected.SelectMany(input => KindOf(request, input) is { } kind
            ? TopLevel(request, input.FullPath, Contents(request, input.FullPath, kind, process: null, reader))
            : [input])];

    /// <summary>
    /// What an acquired archive was unpacked to before, or what was acquired itself if it is no archive; null for an archive that would
    /// have to be unpacked, and for what a command would have to be run on. Changes nothing.
    /// </summary>
    public static AcquiredSource? Preview(SourceRequest request, AcquiredSource acquired)
    {
        var (kind, process) = (KindOf(request, acquired), PostProcess.Of(request));
        if (kind is null && process is null)
        {
            return acquired;
        }

        return Known(request, acquired.Root, kind, process) is { } root ? Made(request, acquired, kind, root) : null;
    }

    /// <summary>As <see cref="Preview(SourceRequest, AcquiredSource)"/> for a selected file of a run; null for an archive that would have to be unpacked.</summary>
    public static IReadOnlyList<SelectedInput>? Preview(SourceRequest request, SelectedInput input)
    {
        if (KindOf(request, input) is not { } kind)
        {
            return [input];
        }

        return Known(request, input.FullPath, kind, process: null) is { } root ? TopLevel(request, input.FullPath, root) : null;
    }

    /// <summary>True if what was acquired is an archive that is unpacked.</summary>
    public static bool IsUnpacked(SourceRequest request, AcquiredSource acquired) => KindOf(request, acquired) is not null;

    /// <summary>The SHA-256 of what was acquired, if it was made into contents as it is now; else null. Nothing is read to be hashed.</summary>
    public static string? KnownHash(SourceRequest request, AcquiredSource acquired) =>
        new ArchiveCache(request.Context.Runs.Home).HashOf(acquired.Root, KindOf(request, acquired));

    // A path that the user gave is meant as it is; a folder of the project is no archive, whatever it is named.
    private static ArchiveKind? KindOf(SourceRequest request, AcquiredSource acquired) =>
        request.Source.Kind is SourceKind.File or SourceKind.Url
        && request.Substitute is null
        && (request.Source.Unpack ?? request.Resource.Definition.DefaultUnpack)
        && !acquired.IsDirectory
            ? ArchiveKinds.Of(request, acquired.Root)
            : null;

    // Guild AI links archives of runs as they are, and operations count on it: only a source that says so has them unpacked.
    private static ArchiveKind? KindOf(SourceRequest request, SelectedInput input) =>
        request.Source is { Kind: SourceKind.Operation, Unpack: true } && input.Archive is null && File.Exists(input.FullPath)
            ? ArchiveKinds.Of(request, input.FullPath)
            : null;

    // A command can make several files of one, and 'select' says which of them are meant; else it is the file that the source brought.
    private static AcquiredSource Made(SourceRequest request, AcquiredSource acquired, ArchiveKind? kind, string contents)
    {
        if (kind is not null)
        {
            return acquired with { Root = contents, Run = null, Archive = acquired.Root, IsMade = true };
        }

        var own = Path.Join(contents, Path.GetFileName(acquired.Root));
        if (request.Source.Select.Count > 0 && !acquired.IsDirectory)
        {
            return acquired with { Root = contents, IsMade = true };
        }

        return Path.Exists(own)
            ? acquired with { Root = own, IsMade = true }
            : throw request.Fail(
                $"its post-process left no '{Path.GetFileName(own)}'.", "Say with 'select' in the Guild file which of the files that the command made are taken.");
    }

    private static SelectedInput[] TopLevel(SourceRequest request, string archive, string root) =>
        [.. SelectStep.TopLevel(request, root).Select(path => new SelectedInput(Path.Join(root, path), path) { Archive = archive })];

    private static string? Known(SourceRequest request, string source, ArchiveKind? kind, PostProcess? process)
    {
        try
        {
            return new ArchiveCache(request.Context.Runs.Home).Recall(source, kind, process?.Digest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Contents(SourceRequest request, string source, ArchiveKind? kind, PostProcess? process, FingerprintReader reader)
    {
        var fingerprint = VerifyStep.Read(request, source, reader);
        var (cache, verb) = (new ArchiveCache(request.Context.Runs.Home), kind is null ? "processed" : "unpacked");
        var origin = WebSource.Of(request) is { IsLocal: false } web ? web.Shown : source;
        var note = new CacheNote(Path.GetFileName(source), origin, fingerprint.Sha256, DateTimeOffset.UtcNow) { PostProcess = process?.Command };
        try
        {
            var contents = cache.FindOrUnpack(
                ArchiveCache.NameOf(fingerprint.Sha256, kind, source, process?.Digest),
                note,
                directory =>
                {
                    if (kind is { } known)
                    {
                        Unpack(request, source, known, fingerprint, directory);
                    }
                    else
                    {
                        Copying.Copy(source, Path.Join(directory, Path.GetFileName(source)), _cancellation);
                    }

                    process?.Run(_activity, directory, _cancellation);
                },
                () => request.Context.Events.Report(new DetailEvent($"Waiting for another run that unpacks '{source}'.")),
                _cancellation);
            cache.Remember(source, kind, fingerprint);
            return contents;
        }
        catch (ArchiveException error)
        {
            throw request.Fail($"'{source}' cannot be unpacked: {error.Detail}", error.Advice, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"'{source}' cannot be {verb} into the cache of the home '{request.Context.Runs.Home.Path}': {error.Message}", inner: error);
        }
    }

    private void Unpack(SourceRequest request, string archive, ArchiveKind kind, Fingerprint fingerprint, string directory)
    {
        var naming = FileNaming.Of(directory);
        using var file = Open(archive);
        var progress = new UnpackProgress(request.Context.Events, _activity, file, TimeProvider.System, Interval);
        var meter = new UnpackMeter(request.Context.UnpackLimits, file.Length, progress, _cancellation);
        using var tree = new UnpackedTree(directory, naming, meter);
        request.Context.Events.Report(new DetailEvent($"Unpacking '{archive}'."));
        Read(file, kind, tree, meter);
        tree.Finish();

        // The contents are kept under the hash of what was read a while ago.
        if (new FileInfo(archive).Length != fingerprint.Size || FileTime.Of(archive) != fingerprint.Time)
        {
            throw new ArchiveException("it was changed while it was read.", advice: "Start the run again when nothing writes to it any more.");
        }
    }

    private static FileStream Open(string archive)
    {
        try
        {
            return new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"it cannot be read: {error.Message}", inner: error);
        }
    }

    private static void Read(FileStream file, ArchiveKind kind, UnpackedTree tree, UnpackMeter meter)
    {
        try
        {
            switch (kind)
            {
                case ArchiveKind.Zip:
                    ZipFileArchive.Unpack(file, tree, meter);
                    break;
                case ArchiveKind.Tar:
                    TarArchive.Unpack(file, tree, meter);
                    break;
                default:
                    GzipFile.Unpack(file, tree, meter);
                    break;
            }
        }
        catch (Exception error) when (error is not (ArchiveException or OperationCanceledException))
        {
            // Decoders raise whatever comes up within them on bytes that no encoder made: an index out of range as well as their own.
            throw new ArchiveException(
                $"it is damaged, or no {kind.ToString().ToLowerInvariant()} archive: {error.Message}",
                advice: "Get the file again. If it is no archive, say 'unpack: no' in the Guild file.",
                inner: error);
        }
    }
}
