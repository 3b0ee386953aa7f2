using System.Globalization;
using Guild.Engine.Resources;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class VerificationTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_expected_hash_is_compared_without_regard_to_case()
    {
        _folder.With("rows.csv", "abc");

        _folder.Resolve(FileSource("rows.csv") with { Sha256 = FingerprintTexts.Sha256("abc").ToUpperInvariant() });

        Assert.Single(_folder.Placed());
    }

    [Fact]
    public void A_file_with_another_hash_is_an_error_with_both_and_is_not_placed()
    {
        _folder.With("rows.csv", "abc");

        var error = _folder.Fail(FileSource("rows.csv") with { Sha256 = FingerprintTexts.Sha256("x") });

        Assert.Contains(FingerprintTexts.Sha256("abc"), error.Message, StringComparison.Ordinal);
        Assert.Contains(FingerprintTexts.Sha256("x"), error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Placed());
    }

    [Fact]
    public void An_expected_hash_of_a_folder_is_a_warning()
    {
        _folder.With("data/a.txt");

        var resolved = _folder.Resolve(FileSource("data") with { Sha256 = FingerprintTexts.Sha256("x") });

        Assert.Contains("is a folder, so its SHA-256 cannot be verified", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
        Assert.Equal(resolved.Warnings, _folder.Warnings);
    }

    [Fact]
    public void A_cancelled_work_ends_at_once()
    {
        _folder.With("a.txt");

        Assert.ThrowsAny<OperationCanceledException>(() => new ResourceResolver(_folder.Context).Resolve(
            _folder.Require(FileSource("a.txt")), _folder.Run, cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(_folder.Placed());
    }

    [Fact]
    public void A_large_file_reports_progress_up_to_its_end_and_can_be_cancelled_within()
    {
        using (var file = File.Create(_folder.At("large.bin")))
        {
            file.SetLength(140L * 1024 * 1024);
        }

        _folder.Resolve(FileSource("large.bin"));

        var progress = _folder.Events.OfType<ProgressEvent>().ToArray();
        Assert.True(progress.Length >= 3);
        Assert.All(progress, p => Assert.Equal(("Resolving data", "Hashing large.bin"), (p.Activity, p.Status)));
        Assert.True(progress[^1].IsCompleted && progress[^1].Done == progress[^1].Total);

        using var stop = new CancellationTokenSource();
        var stopping = new StopAtProgress(stop);
        Assert.ThrowsAny<OperationCanceledException>(() => new ResourceResolver(_folder.Context with { Fingerprints = new(), Events = stopping }).Resolve(
            _folder.Require(FileSource("large.bin") with { TargetPath = "again" }), _folder.Run, cancellation: stop.Token));
        Assert.Equal(1, stopping.Seen);
    }

    [Fact]
    public void The_record_has_what_Guild_AI_has_and_what_each_input_was()
    {
        _folder.With("rows.csv", "abc");
        File.SetLastWriteTimeUtc(_folder.At("rows.csv"), DateTime.UnixEpoch.AddSeconds(12));

        _folder.Run.WriteAttribute("deps", new Dictionary<string, object?> { ["data"] = _folder.Resolve(FileSource("rows.csv")).ToValue() });

        var expected = string.Create(CultureInfo.InvariantCulture, $"""
            data:
              file:rows.csv:
                files:
                - count: 1
                  kind: file
                  path: rows.csv
                  placement: link
                  sha256: {FingerprintTexts.Sha256("abc")}
                  size: 3
                  source: {_folder.At("rows.csv")}
                  time: 12000000
                paths:
                - ../../../project/rows.csv
                uri: file:rows.csv

            """).ReplaceLineEndings("\n");
        Assert.Equal(expected, File.ReadAllText(Path.Join(_folder.Run.AttributesPath, "deps")));
    }

    private sealed class StopAtProgress(CancellationTokenSource stop) : IEventSink
    {
        public int Seen { get; private set; }

        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is ProgressEvent)
            {
                Seen++;
                stop.Cancel();
            }
        }
    }
}
