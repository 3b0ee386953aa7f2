using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;
using Guild.Engine.Tests.Runs.Transfer;

namespace Guild.Engine.Tests.Faults;

/// <summary>What comes of exports and imports when a disk has no room, or is another one.</summary>
public sealed class TransferFaultTests : IDisposable
{
    private readonly TransferHome _home = new();

    [DiskTheory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void An_export_that_does_not_fit_leaves_nothing_and_loses_nothing(string name)
    {
        using var disk = new SmallDisk(kilobytes: 256);
        var (small, large) = (_home.AddRun(), _home.AddRun());
        WriteNoise(Path.Join(large.Directory.Path, "large.bin"));
        var path = Path.Join(disk.Path, name);
        ExportTo(path, small);
        var before = TransferHome.TreeOf(disk.Path);

        var error = Assert.Throws<RunArchiveException>(() => ExportTo(path, large));

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TransferHome.TreeOf(disk.Path));
        Assert.Equal(2, _home.Store.List().Count());
    }

    [DiskFact]
    public void An_import_that_does_not_fit_leaves_nothing()
    {
        using var disk = new SmallDisk(kilobytes: 256);
        var run = _home.AddRun();
        WriteNoise(Path.Join(run.Directory.Path, "large.bin"));
        _home.Export("out", null, run);
        _home.Export("out.zip", null, run);
        var store = new RunStore(new GuildHome(Path.Join(disk.Path, "home")));
        foreach (var name in new[] { "out", "out.zip" })
        {
            using var archive = RunArchive.Open(_home.Out(name), _home.Options());

            var error = Assert.Throws<RunArchiveException>(() => archive.Import(archive.Runs[0], store));

            Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
            Assert.Empty(store.List());
            Assert.Empty(TransferHome.LeftOvers(store.Home.StagingDirectory));
        }
    }

    [DiskFact]
    public void Runs_are_moved_to_another_file_system_and_back()
    {
        using var disk = new SmallDisk(kilobytes: 1024);
        var run = _home.AddRun();
        var path = Path.Join(disk.Path, "out");
        using (var export = RunExport.To(path, _home.Options(move: true)))
        {
            Assert.Equal(RunTransferOutcome.Done, export.Add(run).Outcome);
        }

        Assert.Empty(_home.Store.List());
        using (var archive = RunArchive.Open(path, _home.Options(move: true)))
        {
            archive.Import(archive.Runs[0], _home.Store);
        }

        Assert.Equal(run.Id, Assert.Single(_home.Store.List()).Id);
        Assert.Empty(TransferHome.LeftOvers(path));
    }

    private void ExportTo(string path, Run run)
    {
        using var export = RunExport.To(path, _home.Options());
        export.Add(run);
        export.Complete();
    }

    private static void WriteNoise(string path)
    {
        var bytes = new byte[600_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
    }

    public void Dispose() => _home.Dispose();
}
