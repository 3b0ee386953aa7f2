using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>A source of kind <c>url</c>: a file of the web, which is kept in the cache of the home, or a <c>file:</c> address.</summary>
internal sealed class WebSource
{
    private const string KindsAdvice = "Give an address that begins with http:, https: or file:.";

    private readonly SourceRequest _request;
    private readonly Uri _address;
    private readonly string _shown;
    private readonly CachedFile _file;

    private WebSource(SourceRequest request, Uri address, string shown)
    {
        (_request, _address, _shown) = (request, address, shown);
        _file = new CachedFile(request.Context.Runs.Home, address);
    }

    /// <summary>
    /// The source, its references to flags resolved; null if it is of another kind, or the user put something in its place. Raises
    /// <see cref="ResourceException"/> for what is no address.
    /// </summary>
    public static WebSource? Of(SourceRequest request)
    {
        if (request.Source.Kind != SourceKind.Url || request.Substitute is not null)
        {
            return null;
        }

        var text = request.Resolve(request.Source.Value).Trim();
        var shown = UrlText.Masked(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            throw request.Fail($"'{shown}' is no web address.", KindsAdvice);
        }

        return address.Scheme == Uri.UriSchemeFile || (address.Scheme is "http" or "https" && address.Host.Length > 0)
            ? new WebSource(request, address, shown)
            : throw request.Fail($"'{shown}' is of kind '{address.Scheme}', which is not downloaded.", KindsAdvice);
    }

    /// <summary>The address as it may be shown.</summary>
    public string Shown => _shown;

    /// <summary>True for a <c>file:</c> address, which the cache is not needed for.</summary>
    public bool IsLocal => _address.IsFile;

    /// <summary>Where the file lies, or would lie once it was downloaded. Raises <see cref="ResourceException"/>.</summary>
    public AcquiredSource Find() => new(_address.IsFile ? LocalPath() : _file.Path, null, null, _shown);

    /// <summary>The name of the cache's entry that holds the file, or would hold it; null for a <c>file:</c> address.</summary>
    public string? EntryName => _address.IsFile ? null : _file.Key;

    /// <summary>How much of the file is in the cache; null for a <c>file:</c> address, which needs none.</summary>
    public PlannedDownload? Plan()
    {
        if (_address.IsFile)
        {
            return null;
        }

        var (whole, part) = (new FileInfo(_file.Path), new FileInfo(_file.PartPath));
        return whole.Exists ? new PlannedDownload(_shown, DownloadState.Cached, whole.Length) { TotalSize = whole.Length }
            : part is { Exists: true, Length: > 0 } ? new PlannedDownload(_shown, DownloadState.Partial, part.Length) { TotalSize = PartInfo.Read(_file.PartInfoPath)?.Total }
            : new PlannedDownload(_shown, DownloadState.Missing, 0);
    }

    /// <summary>The file, downloaded if it is not in the cache. Raises <see cref="ResourceException"/>.</summary>
    public AcquiredSource Acquire(FingerprintReader reader, CancellationToken cancellation)
    {
        if (!_address.IsFile && !IsCached(reader))
        {
            try
            {
                FetchAsync(reader, cancellation).GetAwaiter().GetResult();
            }
            catch (DownloadException error)
            {
                throw _request.Fail(error.Message, error.Advice, error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw _request.Fail(
                    $"the cache '{_file.Directory}' could not be written: {error.Message}", "See that you may write to the Guild home.", error);
            }
        }

        if (!_address.IsFile)
        {
            CacheNote.Touch(_file.Directory, DateTimeOffset.UtcNow);
        }

        return Find();
    }

    private async Task FetchAsync(FingerprintReader reader, CancellationToken cancellation)
    {
        var context = _request.Context;
        var progress = new DownloadProgress(context.Events, $"Resolving {_request.Resource.Name}", _file.Name, TimeProvider.System);
        try
        {
            using var turn = _file.Lock(() => progress.Say($"Waiting for another run that downloads {_file.Name}"), cancellation);

            // Whoever held the lock before may have brought it.
            if (!IsCached(reader))
            {
                await DownloadAsync(progress, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            progress.End();
        }
    }

    // Only who holds the lock makes the folder and takes it away: who clears the cache may have done so until then.
    private async Task DownloadAsync(DownloadProgress progress, CancellationToken cancellation)
    {
        var context = _request.Context;
        Directory.CreateDirectory(_file.Directory);
        try
        {
            var note = new CacheNote(_file.Name, _shown, "", DateTimeOffset.UtcNow);
            note.Write(_file.Directory);
            context.Events.Report(new DetailEvent($"Downloading {_shown}."));
            using var exchange = new HttpExchange(_address, context.Environment, context.Downloads);
            var download = new Download(_file, exchange, _request.Source.Sha256, context.Downloads, progress, context.Events);
            var fingerprint = await download.RunAsync(cancellation).ConfigureAwait(false);
            context.Fingerprints.AddOwn(_file.Path, fingerprint);
            (note with { Sha256 = fingerprint.Sha256, Made = DateTimeOffset.UtcNow, FileTime = fingerprint.Time }).Write(_file.Directory);
            context.Events.Report(new DetailEvent($"Downloaded {_shown}: {TransferText.Size(fingerprint.Size)} with the SHA-256 {fingerprint.Sha256}."));
        }
        finally
        {
            RemoveUselessFolder();
        }
    }

    // Of a file that the server does not have, nothing is left.
    private void RemoveUselessFolder()
    {
        try
        {
            if (!File.Exists(_file.Path) && !File.Exists(_file.PartPath))
            {
                TreeDeletion.Delete(_file.Directory);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Why the download ended is what counts; a folder without a file does no harm.
        }
    }

    // What is there is whole. Whether it is what is expected can be told only where a hash is; and a run that wrote into the file
    // through its link is found out that way too.
    private bool IsCached(FingerprintReader reader)
    {
        if (!File.Exists(_file.Path))
        {
            return false;
        }

        if (_request.Source.Sha256 is not { Length: > 0 } expected)
        {
            return true;
        }

        var isSame = string.Equals(VerifyStep.Read(_request, _file.Path, reader).Sha256, expected, StringComparison.OrdinalIgnoreCase);
        if (!isSame)
        {
            _request.Context.Events.Report(new DetailEvent($"What the cache has of {_shown} has not the SHA-256 that is expected, so it is downloaded afresh."));
        }

        return isSame;
    }

    private string LocalPath()
    {
        // Another host's name makes a network path on Windows; elsewhere it means nothing.
        if (_address.IsUnc && !OperatingSystem.IsWindows() && !_address.IsLoopback)
        {
            throw _request.Fail($"'{_shown}' names a file of another machine.", "Write the address as file:///PATH.");
        }

        var own = _address is { IsUnc: true, IsLoopback: true } ? new Uri($"file://{_address.AbsolutePath}") : _address;
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(own.LocalPath));
        return Path.Exists(path)
            ? path
            : throw _request.Fail($"there is no file or folder '{path}'.", "Put it there, or correct its address in the Guild file.");
    }
}
