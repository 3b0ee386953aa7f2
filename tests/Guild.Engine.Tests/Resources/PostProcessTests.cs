using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Resources.Archives;
using Guild.Engine.Tests.Resources.Downloads;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources;

/// <summary>The command of a source, <c>post-process</c>.</summary>
public sealed class PostProcessTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    private string Cache => Path.Join(_folder.Home.CacheDirectory, "resources");

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void It_works_on_a_copy_of_a_file_and_the_run_gets_what_it_made_of_that()
    {
        _folder.With("a.csv", "1\n");

        var resolved = _folder.Resolve(ResourceFolder.FileSource("a.csv") with { PostProcess = "echo 2 >> a.csv" });

        Assert.Equal("1\n2\n", File.ReadAllText(_folder.InRun("a.csv")));
        Assert.Equal("1\n", File.ReadAllText(_folder.At("a.csv")));
        Assert.Equal("file:a.csv", Assert.Single(resolved.ManifestEntries).Uri);
    }

    [UnixFact]
    public void It_runs_in_the_folder_of_the_unpacked_files_which_it_may_write_to_and_runs_may_not()
    {
        var source = _folder.Put("a.zip", Zip(new("d/a.txt", "old\n"), new("b.txt", "b\n"))) with { PostProcess = "echo new > d/a.txt; cp b.txt c.txt" };

        _folder.Resolve(source);

        Assert.Equal("new\n", File.ReadAllText(_folder.InRun("d/a.txt")));
        Assert.Equal("b\n", File.ReadAllText(_folder.InRun("c.txt")));
        Assert.All(Directory.GetFiles(Cache, "*.txt", SearchOption.AllDirectories), path => Assert.True(File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly), path));
    }

    [UnixFact]
    public void It_runs_once_for_a_content_and_a_command_and_again_when_one_of_them_changes()
    {
        var (log, source) = (Path.Join(_folder.Base, "log"), _folder.Put("a.zip", Zip(new ZipMember("a.txt"))));
        source = source with { PostProcess = $"echo once >> '{log}'" };
        _folder.Resolve(source);
        _folder.Resolve(source);
        Assert.Equal("once\n", File.ReadAllText(log));

        _folder.Resolve(source with { PostProcess = $"echo other >> '{log}'" });
        Assert.Equal("once\nother\n", File.ReadAllText(log));

        _folder.Resolve(_folder.Put("a.zip", Zip(new ZipMember("a.txt", "more than before\n"))) with { PostProcess = source.PostProcess });
        Assert.Equal("once\nother\nonce\n", File.ReadAllText(log));
    }

    [UnixFact]
    public void What_is_unpacked_without_a_command_stays_as_the_archive_has_it()
    {
        var source = _folder.Put("a.zip", Zip(new ZipMember("a.txt")));
        _folder.Resolve(source with { PostProcess = "echo changed > a.txt" });
        var run = _folder.AddRun("mlp", "other");

        new ResourceResolver(_folder.Context).Resolve(_folder.Require(source), run);

        Assert.Equal("text\n", File.ReadAllText(Path.Join(run.Path, "a.txt")));
    }

    [UnixFact]
    public void A_command_that_fails_is_an_error_with_the_end_of_its_output_and_nothing_of_it_is_kept()
    {
        var source = _folder.Put("a.zip", Zip(new ZipMember("a.txt"))) with { PostProcess = "seq 1 100; echo no luck >&2; exit 3", Help = "Ask Ada." };

        var error = _folder.Fail(source);

        Assert.Contains("its post-process 'seq 1 100; echo no luck >&2; exit 3' ended with exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("\n  100\n  no luck\n", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  80\n", error.Message, StringComparison.Ordinal);
        Assert.Equal("Ask Ada.", error.RecommendedAction);
        Assert.Empty(_folder.Unpacked());
        Assert.Empty(_folder.Placed());
    }

    [UnixFact]
    public void A_command_that_a_signal_ends_is_an_error_that_says_so()
    {
        var error = _folder.Fail(_folder.With("a.csv").Source("a.csv", "kill -9 $$"));

        Assert.Contains("was ended by signal 9. It wrote nothing.", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task What_it_leaves_running_is_not_waited_for()
    {
        var pid = Path.Join(_folder.Base, "pid");
        var source = _folder.With("a.csv").Source("a.csv", $"sleep 600 & echo $! > '{pid}'; echo last; exit 5");

        var error = await Task.Run(() => _folder.Fail(source)).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Contains("ended with exit code 5. The last that it wrote:\n  last\n", error.Message, StringComparison.Ordinal);
        System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(pid), System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }

    [UnixFact]
    public async Task A_stop_ends_the_command_with_all_that_it_started_and_keeps_nothing_of_it()
    {
        var pids = Path.Join(_folder.Base, "pids");
        var source = _folder.With("a.csv").Source("a.csv", $"sleep 300 & echo $! > '{pids}.part'; mv '{pids}.part' '{pids}'; wait");
        using var stop = new CancellationTokenSource();

        var resolving = Task.Run(() => new ResourceResolver(_folder.Context).Resolve(_folder.Require(source), _folder.Run, null, stop.Token));
        await Eventually(() => File.Exists(pids));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(pids).Trim()}") && !IsZombie(File.ReadAllText(pids).Trim()));
        Assert.Empty(_folder.Unpacked());
    }

    [UnixFact]
    public void With_select_any_of_the_files_that_it_made_are_taken()
    {
        var source = _folder.With("a.csv", "b\na\n").Source("a.csv", "sort a.csv > sorted.csv; rm a.csv") with { Select = [new SelectDefinition(@".*\.csv")] };

        _folder.Resolve(source);

        Assert.Equal("a\nb\n", File.ReadAllText(_folder.InRun("sorted.csv")));
        Assert.Single(_folder.Placed());
    }

    [UnixFact]
    public void Without_select_a_file_that_it_took_away_is_an_error_that_tells_of_select()
    {
        var error = _folder.Fail(_folder.With("a.csv").Source("a.csv", "mv a.csv b.csv"));

        Assert.Contains("its post-process left no 'a.csv'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'select'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_folder_is_copied_for_it_as_a_whole()
    {
        _folder.With("data/a.csv", "a\n").With("data/in/b.csv", "b\n");

        _folder.Resolve(_folder.Source("data", "cat data/in/b.csv >> data/a.csv"));

        Assert.Equal("a\nb\n", File.ReadAllText(_folder.InRun("data/a.csv")));
        Assert.Equal("a\n", File.ReadAllText(_folder.At("data/a.csv")));
    }

    [UnixFact]
    public void It_sees_the_environment_and_the_folder_of_the_project()
    {
        _folder.With("a.csv").With("fix.sh", "echo fixed");
        _folder.Context = _folder.Context with { Environment = new Dictionary<string, string> { ["WHAT"] = "seen", ["PATH"] = "/usr/bin:/bin" } };

        _folder.Resolve(_folder.Source("a.csv", "{ echo $WHAT; sh \"$PROJECT_DIR/fix.sh\"; } > a.csv"));

        Assert.Equal("seen\nfixed\n", File.ReadAllText(_folder.InRun("a.csv")));
    }

    [UnixFact]
    public void It_is_recorded_and_its_output_is_told_as_detail()
    {
        var resolved = _folder.Resolve(_folder.With("a.csv").Source("a.csv", "echo hello"));

        var record = Assert.IsType<Dictionary<string, object?>>(resolved.ToValue()["file:a.csv"]);
        Assert.Equal("echo hello", record["post-process"]);
        Assert.Contains("hello", _folder.Details);
    }

    [UnixFact]
    public void A_download_is_verified_before_it_and_stays_as_it_came()
    {
        using var server = new WebServer(_ => new WebReply(200, "came"u8.ToArray()));
        var source = DownloadFolder.Url(server.Url("a.txt"), FingerprintTexts.Sha256("came")) with { PostProcess = "printf ' and went' >> a.txt" };

        _folder.Resolve(source);
        _folder.Resolve(source);

        Assert.Equal("came and went", File.ReadAllText(_folder.InRun("a.txt")));
        Assert.Equal("came", File.ReadAllText(new CachedFile(_folder.Home, new Uri(server.Url("a.txt"))).Path));
        Assert.Single(server.Requests);
    }

    [UnixFact]
    public void What_the_user_put_in_its_place_is_taken_as_it_is()
    {
        _folder.With("mine.csv", "mine\n").With("a.csv");
        var required = _folder.Require(_folder.Source("a.csv", "exit 1")) with { Overrides = [new ResourceOverride("data", "mine.csv")] };

        _folder.Resolve(required);

        Assert.Equal("mine\n", File.ReadAllText(_folder.InRun("mine.csv")));
    }

    [UnixFact]
    public void A_plan_tells_the_command_until_it_was_run()
    {
        var source = _folder.With("a.csv").Source("a.csv", "echo 1 > a.csv");

        var before = Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources);
        Assert.Equal(("echo 1 > a.csv", "a.csv"), (before.PostProcess, Assert.Single(before.Targets)));
        Assert.False(Directory.Exists(Cache));

        _folder.Resolve(source);
        var after = Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources);
        Assert.Equal((null, "a.csv"), (after.PostProcess, Assert.Single(after.Targets)));
    }

    private static async Task Eventually(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!isSo())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static bool IsZombie(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}

/// <summary>Sources with a command.</summary>
internal static class PostProcessSources
{
    public static SourceDefinition Source(this ResourceFolder _, string path, string command) => ResourceFolder.FileSource(path) with { PostProcess = command };
}
