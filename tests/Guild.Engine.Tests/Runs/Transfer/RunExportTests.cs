using System.IO.Compression;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;

namespace Guild.Engine.Tests.Runs.Transfer;

/// <summary>Taking runs out of a home.</summary>
public sealed class RunExportTests : IDisposable
{
    private readonly TransferHome _home = new();

    [Fact]
    public void A_folder_has_a_copy_of_each_run_under_its_id()
    {
        var (one, two) = (_home.AddRun(), _home.AddRun());

        var results = _home.Export("out", null, one, two);

        Assert.All(results, result => Assert.Equal(RunTransferOutcome.Done, result.Outcome));
        Assert.Equal(TransferHome.TreeOf(one.Directory.Path), TransferHome.TreeOf(Path.Join(_home.Out("out"), one.Id)));
        Assert.Equal(new[] { one.Id, two.Id }.Order(StringComparer.Ordinal), TransferHome.LeftOvers(_home.Out("out")).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Join(_home.Out("out"), ".guild-nocopy")));
        Assert.Equal(2, _home.Store.List().Count());
    }

    [Fact]
    public void A_copy_keeps_times_and_rights()
    {
        var run = _home.AddRun();
        var file = Path.Join(run.Directory.Path, "model.bin");
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Directory.SetLastWriteTimeUtc(Path.Join(run.Directory.Path, "logs"), new DateTime(2021, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        _home.Export("out", null, run);

        var copy = Path.Join(_home.Out("out"), run.Id);
        Assert.Equal(2020, File.GetLastWriteTimeUtc(Path.Join(copy, "model.bin")).Year);
        Assert.Equal(2021, Directory.GetLastWriteTimeUtc(Path.Join(copy, "logs")).Year);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void A_run_that_is_there_already_stays_as_it_is(string name)
    {
        var run = _home.AddRun();
        _home.Export(name, null, run);
        File.WriteAllText(Path.Join(run.Directory.Path, "model.bin"), "changed since");

        var results = _home.Export(name, null, run);

        Assert.Equal(RunTransferOutcome.Exists, Assert.Single(results).Outcome);
        Assert.Equal("weights", ReadExported(name, run.Id, "model.bin"));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void A_moved_run_is_gone_from_the_home(string name)
    {
        var run = _home.AddRun();

        _home.Export(name, _home.Options(move: true), run);

        Assert.Empty(_home.Store.List());
        Assert.Equal("weights", ReadExported(name, run.Id, "model.bin"));
        Assert.Equal(RunTransferOutcome.Done, Assert.Single(_home.Import(name)).Outcome);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void A_running_run_is_not_exported_and_others_are(string name)
    {
        var (one, running, two) = (_home.AddRun(), _home.AddRun(), _home.AddRun());
        running.Directory.DeleteAttribute("exit_status");
        File.WriteAllText(running.Directory.LockPath, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var export = RunExport.To(_home.Out(name), _home.Options());
        export.Add(one);

        var error = Assert.Throws<RunStateException>(() => export.Add(running));
        export.Add(two);
        export.Complete();

        Assert.Equal(running.Id, error.Subject);
        using var archive = RunArchive.Open(_home.Out(name), _home.Options());
        Assert.Equal([two.Id, one.Id], archive.Runs.Select(run => run.Id));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void A_run_that_is_deleted_meanwhile_is_told_of_and_leaves_nothing(string name)
    {
        var (one, gone, two) = (_home.AddRun(), _home.AddRun(), _home.AddRun());
        using var export = RunExport.To(_home.Out(name), _home.Options());
        export.Add(one);
        var isZip = name.EndsWith(".zip", StringComparison.Ordinal);
        if (isZip)
        {
            export.Add(gone);
        }

        TreeDeletion.Delete(gone.Directory.Path);
        if (!isZip)
        {
            Assert.Throws<NameNotFoundException>(() => export.Add(gone));
        }

        export.Add(two);
        var failed = export.Complete().Where(result => result.Outcome == RunTransferOutcome.Failed).ToList();

        Assert.Equal(isZip ? [gone.Id] : [], failed.Select(result => Assert.IsType<NameNotFoundException>(result.Error).Name));
        using var archive = RunArchive.Open(_home.Out(name), _home.Options());
        Assert.Equal([two.Id, one.Id], archive.Runs.Select(run => run.Id));
    }

    [Fact]
    public void A_zip_file_keeps_what_is_in_it()
    {
        var (one, two) = (_home.AddRun(), _home.AddRun());
        _home.Zip("out.zip", ("notes/readme.txt", "mine", 0));
        _home.Export("out.zip", null, one);

        _home.Export("out.zip", null, two);

        Assert.Equal("mine", ReadExported("out.zip", "notes", "readme.txt"));
        Assert.Equal(["weights", "weights"], new[] { one, two }.Select(run => ReadExported("out.zip", run.Id, "model.bin")));
        Assert.Equal(["out.zip"], Directory.EnumerateFiles(Path.GetDirectoryName(_home.Out("x"))!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_is_no_zip_file_is_left_alone()
    {
        File.WriteAllText(_home.Out("out.zip"), "a letter");

        var error = Assert.Throws<RunArchiveException>(() => _home.Export("out.zip", null, _home.AddRun()));

        Assert.Equal(_home.Out("out.zip"), error.Subject);
        Assert.Equal("a letter", File.ReadAllText(_home.Out("out.zip")));
    }

    [Fact]
    public void Links_lead_on_to_where_they_led()
    {
        var run = _home.AddRun();
        File.WriteAllText(_home.Out("data.txt"), "data");
        Link(run, "absolute", _home.Out("data.txt"));
        Link(run, "relative", Path.GetRelativePath(run.Directory.Path, _home.Out("data.txt")));
        Link(run, "inside", "model.bin");
        Link(run, "nowhere", "no-such-file");

        _home.Export("deep/er/out", null, run);
        _home.Export("moved/as/deep", _home.Options(move: true), run);

        foreach (var copy in new[] { Path.Join(_home.Out("deep/er/out"), run.Id), Path.Join(_home.Out("moved/as/deep"), run.Id) })
        {
            Assert.Equal(["data", "data"], new[] { "absolute", "relative" }.Select(name => File.ReadAllText(Path.Join(copy, name))));
            Assert.Equal(["model.bin", "no-such-file"], new[] { "inside", "nowhere" }.Select(name => new FileInfo(Path.Join(copy, name)).LinkTarget));
        }
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void Copying_resources_takes_along_what_links_lead_to(string name)
    {
        var run = _home.AddRun();
        Directory.CreateDirectory(_home.Out("data/sub"));
        File.WriteAllText(_home.Out("data/sub/x.txt"), "x");
        Directory.CreateSymbolicLink(Path.Join(run.Directory.Path, "data"), _home.Out("data"));
        Directory.CreateSymbolicLink(Path.Join(run.Directory.Path, "logs", "again"), "..");

        _home.Export(name, _home.Options(copy: true), run);
        TreeDeletion.Delete(_home.Out("data"));

        Assert.Equal("x", ReadExported(name, run.Id, "data/sub/x.txt"));
    }

    [Fact]
    public void A_zip_file_has_linked_files_and_says_that_linked_folders_are_empty()
    {
        var run = _home.AddRun();
        File.WriteAllText(_home.Out("data.txt"), "data");
        Directory.CreateDirectory(_home.Out("folder"));
        Link(run, "data.txt", _home.Out("data.txt"));
        Directory.CreateSymbolicLink(Path.Join(run.Directory.Path, "folder"), _home.Out("folder"));

        _home.Export("out.zip", null, run);

        Assert.Equal("data", ReadExported("out.zip", run.Id, "data.txt"));
        Assert.Contains("1 linked folder", Assert.Single(_home.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_says_which_process_a_run_is_stays_behind()
    {
        var run = _home.AddRun();
        File.WriteAllText(run.Directory.ProcessPath, "pid: 1\n");
        new RunAnnotations(run.Directory, TimeProvider.System).Change(new RunAnnotationChange { AddedTags = ["x"] });

        _home.Export("out", null, run);

        var guild = Path.Join(_home.Out("out"), run.Id, ".guild");
        Assert.Equal(["attrs", "opref", "output"], Directory.EnumerateFileSystemEntries(guild).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_is_not_exported_into_itself()
    {
        var run = _home.AddRun();
        using var export = RunExport.To(Path.Join(run.Directory.Path, "copies"), _home.Options());

        Assert.Throws<RunArchiveException>(() => export.Add(run));
        Assert.False(Directory.Exists(Path.Join(run.Directory.Path, "copies")));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void A_cancelled_export_leaves_nothing(string name)
    {
        var run = _home.AddRun();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using (var export = RunExport.To(_home.Out(name), _home.Options() with { Cancellation = stop.Token }))
        {
            Assert.ThrowsAny<OperationCanceledException>(() =>
            {
                export.Add(run);
                export.Complete();
            });
        }

        Assert.False(Path.Exists(_home.Out(name)));
        Assert.Single(_home.Store.List());
    }

    [Fact]
    public void A_large_file_is_copied_in_pieces_and_is_whole()
    {
        var run = _home.AddRun();
        using (var file = File.Create(Path.Join(run.Directory.Path, "large.bin")))
        {
            file.SetLength((64L << 20) + 12345);
            file.Position = file.Length - 1;
            file.WriteByte(7);
        }

        _home.Export("out", null, run);

        using var copy = File.OpenRead(Path.Join(_home.Out("out"), run.Id, "large.bin"));
        Assert.Equal((64L << 20) + 12345, copy.Length);
        copy.Position = copy.Length - 1;
        Assert.Equal(7, copy.ReadByte());
    }

    [Fact]
    public void What_a_killed_export_left_is_swept_by_the_next()
    {
        var run = _home.AddRun();
        var left = Path.Join(_home.Out("out"), ".guild-export-left");
        Directory.CreateDirectory(Path.Join(left, "half"));
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-1));

        _home.Export("out", null, run);

        Assert.Equal([run.Id], TransferHome.LeftOvers(_home.Out("out")));
    }

    private static void Link(Run run, string name, string target) => File.CreateSymbolicLink(Path.Join(run.Directory.Path, name), target);

    private string ReadExported(string name, string id, string path)
    {
        if (!name.EndsWith(".zip", StringComparison.Ordinal))
        {
            return File.ReadAllText(Path.Join(_home.Out(name), id, path));
        }

        using var zip = ZipFile.OpenRead(_home.Out(name));
        using var reader = new StreamReader(zip.GetEntry($"{id}/{path}")!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose() => _home.Dispose();
}
