using Guild.Engine.GuildFiles;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Resources;

/// <summary>Puts the contents of an archive in its place, unpacked once into the home's cache.</summary>
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
    public AcquiredSource Run(SourceRequest request, AcquiredSource acquired, FingerprintReader reader) =>
        KindOf(request, acquired) is { } kind
            ? acquired with { Root = Unpacked(request, acquired.Root, kind, reader), Run = null, Archive = acquired.Root }
            : acquired;

    /// <summary>Puts the top-level contents of selected archives in their places, where the source asks for that.</summary>
    public IReadOnlyList<SelectedInput> Run(SourceRequest request, IReadOnlyList<SelectedInput> selected, FingerprintReader reader) =>
        [.. selected.SelectMany(input => KindOf(request, input) is { } kind
            ? Contents(request, input.FullPath, Unpacked(request, input.FullPath, kind, reader))
            : [input])];

    /// <summary>
    /// What an acquired archive was unpacked to before, or what was acquired itself if it is no archive; null for an archive that would
    /// have to be unpacked. Changes nothing.
    /// </summary>
    public static AcquiredSource? Preview(SourceRequest request, AcquiredSource acquired)
    {
        if (KindOf(request, acquired) is not { } kind)
        {
            return acquired;
        }

        return Known(request, acquired.Root, kind) is { } root ? acquired with { Root = root, Run = null, Archive = acquired.Root } : null;
    }

    /// <summary>As <see cref="Preview(SourceRequest, AcquiredSource)"/> for a selected file of a run; null for an archive that would have to be unpacked.</summary>
    public static IReadOnlyList<SelectedInput>? Preview(SourceRequest request, SelectedInput input)
    {
        if (KindOf(request, input) is not { } kind)
        {
            return [input];
        }

        return Known(request, input.FullPath, kind) is { } root ? Contents(request, input.FullPath, root) : null;
    }

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

    private static SelectedInput[] Contents(SourceRequest request, string archive, string root) =>
        [.. SelectStep.TopLevel(request, root).Select(path => new SelectedInput(Path.Join(root, path), path) { Archive = archive })];

    private static string? Known(SourceRequest request, string archive, ArchiveKind kind)
    {
        try
        {
            return new ArchiveCache(request.Context.Runs.Home).Recall(archive, kind);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Unpacked(SourceRequest request, string archive, ArchiveKind kind, FingerprintReader reader)
    {
        var fingerprint = VerifyStep.Read(request, archive, reader);
        var cache = new ArchiveCache(request.Context.Runs.Home);
        try
        {
            var contents = cache.FindOrUnpack(
                ArchiveCache.NameOf(fingerprint.Sha256, kind, archive),
                directory => Unpack(request, archive, kind, fingerprint, directory),
                () => request.Context.Events.Report(new DetailEvent($"Waiting for another run that unpacks '{archive}'.")),
                _cancellation);
            cache.Remember(archive, kind, fingerprint);
            return contents;
        }
        catch (ArchiveException error)
        {
            throw request.Fail($"'{archive}' cannot be unpacked: {error.Detail}", error.Advice, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"'{archive}' cannot be unpacked into the cache of the home '{request.Context.Runs.Home.Path}': {error.Message}", inner: error);
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
