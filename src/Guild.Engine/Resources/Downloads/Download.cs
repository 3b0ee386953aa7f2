using System.Net;
using Polly;
using Polly.Retry;

namespace Guild.Engine.Resources;

/// <summary>
/// Gets a file of the web into the cache: goes on with what an earlier download left, tries again what may go better then, and keeps
/// nothing but what has the hash that is expected. The caller holds the lock of the file.
/// </summary>
internal sealed class Download(CachedFile file, HttpExchange exchange, string? expectedSha256, DownloadSettings settings, DownloadProgress progress, IEventSink events)
{
    private const int BufferSize = 256 * 1024;

    private static readonly string[] CompressedEndings = [".gz", ".tgz", ".bz2", ".xz", ".zst", ".br", ".z"];

    private readonly byte[][] _buffers = [new byte[BufferSize], new byte[BufferSize]];
    private long _furthest;

    /// <summary>Downloads the file and says what it is. Raises <see cref="DownloadException"/> and what the cancellation raises.</summary>
    public async Task<Fingerprint> RunAsync(CancellationToken cancellation)
    {
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        total.CancelAfter(settings.TotalTimeout);
        using var part = PartFile.Open(file, cancellation);
        try
        {
            return await TryAsync(part, total.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException(
                $"it took longer than {TransferText.Time(settings.TotalTimeout)}.", "Start the operation again: it goes on with what has come.", error);
        }
    }

    // A connection that breaks off again and again still brings a file in the end, as long as each few attempts come further.
    private async Task<Fingerprint> TryAsync(PartFile part, CancellationToken cancellation)
    {
        var pipeline = Pipeline();
        while (true)
        {
            var before = _furthest = Math.Max(_furthest, part.Length);
            try
            {
                return await pipeline.ExecuteAsync(token => new ValueTask<Fingerprint>(AttemptAsync(part, token)), cancellation).ConfigureAwait(false);
            }
            catch (DownloadException error) when (error.IsTransient)
            {
                // A connection that is given up breaks off, too.
                cancellation.ThrowIfCancellationRequested();
                if (_furthest - before < settings.MinimumProgress)
                {
                    throw;
                }

                events.Report(new DetailEvent($"The download of {file.Name} has come further, so it goes on. Last, {error.Message}"));
            }
        }
    }

    private ResiliencePipeline Pipeline()
    {
        if (settings.MaxRetries <= 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DownloadException>(error => error.IsTransient),
            MaxRetryAttempts = settings.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = settings.RetryDelay,
            MaxDelay = settings.MaxRetryDelay,
            DelayGenerator = retry => new ValueTask<TimeSpan?>((retry.Outcome.Exception as DownloadException)?.RetryAfter),
            OnRetry = retry =>
            {
                var text = $"{file.Name} is tried again in {TransferText.Time(retry.RetryDelay)}: {retry.Outcome.Exception?.Message}";
                events.Report(new DetailEvent(text));
                progress.Say(text);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    private async Task<Fingerprint> AttemptAsync(PartFile part, CancellationToken cancellation)
    {
        if (!part.IsWhole)
        {
            using var response = await AskAsync(part, cancellation).ConfigureAwait(false);
            await ReceiveAsync(response, part, cancellation).ConfigureAwait(false);
        }

        return Keep(part);
    }

    /// <summary>Asks for what is missing, or for the whole file if the server has another one by now.</summary>
    private async Task<HttpResponseMessage> AskAsync(PartFile part, CancellationToken cancellation)
    {
        if (part.IsResumable)
        {
            var rest = await exchange.GetAsync(part, cancellation).ConfigureAwait(false);
            if (part.Info!.IsContinuedBy(rest, part.Length))
            {
                part.Continue(rest.Content.Headers.ContentRange!.Length);
                return rest;
            }

            if (rest.StatusCode is not (HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable))
            {
                return Begin(part, rest);
            }

            rest.Dispose();
        }

        return Begin(part, await exchange.GetAsync(part: null, cancellation).ConfigureAwait(false));
    }

    private HttpResponseMessage Begin(PartFile part, HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation)
        {
            RequirePlain(response);
            part.Begin(PartInfo.Of(response));
            return response;
        }

        using (response)
        {
            throw HttpAnswer.Error(response, settings, TimeProvider.System.GetUtcNow());
        }
    }

    // Compression on the way was declined. Of a file that is compressed itself, many servers say so in the same words.
    private void RequirePlain(HttpResponseMessage response)
    {
        var encodings = response.Content.Headers.ContentEncoding.Where(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (encodings.Length > 0 && !Array.Exists(CompressedEndings, ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            var names = string.Join(", ", encodings);
            response.Dispose();
            throw new DownloadException(
                $"the server sent it compressed ('{names}'), which it was asked not to do: it would not be the file that its name says.",
                "Ask who runs the server, or download it yourself and put it in place of the source.");
        }
    }

    // While bytes are hashed and written, the next ones are on their way already.
    private async Task ReceiveAsync(HttpResponseMessage response, PartFile part, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var (coming, spare) = (_buffers[0], _buffers[1]);
            var reading = exchange.ReadAsync(body, coming, stop.Token);
            try
            {
                while (await reading.ConfigureAwait(false) is var count and > 0)
                {
                    (coming, spare) = (spare, coming);
                    reading = exchange.ReadAsync(body, coming, stop.Token);
                    part.Append(spare.AsMemory(0, count));
                    _furthest = Math.Max(_furthest, part.Length);
                    progress.Report(part.Length, part.Info!.Total);
                }
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            }
        }

        RequireWhole(part);
    }

    private static void RequireWhole(PartFile part)
    {
        if (part.Info!.Total is not { } total || part.Length == total)
        {
            return;
        }

        var length = part.Length;
        if (length > total)
        {
            part.Restart();
        }

        throw DownloadException.Transient(
            $"the server sent {TransferText.Size(length)} of a file that it said has {TransferText.Size(total)}.", "Try again later.");
    }

    private Fingerprint Keep(PartFile part)
    {
        var isPatched = part.IsPatched;
        var fingerprint = part.Finish();
        if (expectedSha256 is null || string.Equals(fingerprint.Sha256, expectedSha256, StringComparison.OrdinalIgnoreCase))
        {
            part.Keep();
            return fingerprint with { Time = FileTime.Of(file.Path) };
        }

        // Parts of two files can have been put together where a server does not tell them apart.
        part.Restart();
        if (isPatched)
        {
            throw DownloadException.Transient("what came in several parts has not the SHA-256 that is expected.");
        }

        part.Discard();
        throw new DownloadException(
            $"what the server sent has the SHA-256 {fingerprint.Sha256}, where {expectedSha256} is expected. It is not kept.",
            "See that the address is right; if the file is meant to have changed, correct 'sha256' in the Guild file.");
    }
}
