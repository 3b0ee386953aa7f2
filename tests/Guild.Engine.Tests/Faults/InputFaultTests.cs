using System.Diagnostics;
using Guild.Engine.Execution;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Resources;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Faults;

/// <summary>Inputs that are not what they should be, or do not stay what they are.</summary>
public sealed class InputFaultTests : IDisposable
{
    private const int Large = 65 * 1024 * 1024;

    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void A_link_that_leads_nowhere_is_called_so()
    {
        File.CreateSymbolicLink(_folder.At("rows.csv"), "gone.csv");

        Assert.Contains($"'{_folder.At("rows.csv")}' is a link to 'gone.csv', which is not there.", _folder.Fail(FileSource("rows.csv")).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Links_that_lead_in_a_circle_are_called_so()
    {
        File.CreateSymbolicLink(_folder.At("a"), "b");
        File.CreateSymbolicLink(_folder.At("b"), "a");

        Assert.Contains($"'{_folder.At("a")}' is a link to 'b', which leads in a circle.", _folder.Fail(FileSource("a")).Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("link")]
    [InlineData("copy")]
    public void A_folder_with_links_that_lead_nowhere_in_a_circle_or_to_itself_is_taken_as_it_is(string targetType)
    {
        _folder.With("data/a.txt");
        File.CreateSymbolicLink(_folder.At("data/gone"), "nothing");
        File.CreateSymbolicLink(_folder.At("data/round"), "trip");
        File.CreateSymbolicLink(_folder.At("data/trip"), "round");
        Directory.CreateSymbolicLink(_folder.At("data/self"), ".");

        var resolved = _folder.Resolve(FileSource("data") with { TargetType = targetType });
        _folder.Run.WriteAttribute("deps", new Dictionary<string, object?> { ["data"] = resolved.ToValue(null) });

        Assert.Equal(5, resolved.Sources.Single().Inputs.Single().Fingerprint.Count);
        Assert.Empty(InputCheck.FindChanged(_folder.Run, InputScope.All));
        Assert.Equal(["gone", "round", "self", "trip"], LinksIn(_folder.InRun("data")));
    }

    [UnixFact]
    public void Folders_of_a_run_that_lead_into_each_other_are_walked_through_once()
    {
        // Twenty links each: whoever goes round would not come back.
        var run = _folder.AddRun("mlp", "make");
        MakeMaze(run.Path);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var resolved = new ResourceResolver(_folder.Context).Resolve(_folder.Require(Operation("make", "[ab]/rows.csv") with { PreservesPath = true }), _folder.Run, cancellation: limit.Token);

        Assert.Equal(["a/rows.csv", "b/rows.csv"], resolved.Sources.Single().Inputs.Select(input => Path.GetRelativePath(run.Path, input.SourcePath)));
    }

    [UnixFact]
    public void Folders_of_a_project_that_lead_into_each_other_are_walked_through_once()
    {
        using var project = new TempProject("{op: {exec: 'true', sourcecode: ['[ab]/*.csv']}}");
        MakeMaze(project.ProjectPath);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var sources = RunStager.PreviewSources(project.Plan("op"), project.Context, limit.Token);

        Assert.Contains("a/rows.csv", sources.Files.Select(file => file.Path));
        Assert.InRange(sources.Files.Count, 2, 100);
    }

    [Fact]
    public void A_folder_deeper_than_any_is_not_taken_in_part()
    {
        _folder.With("data/a.txt");
        var deep = Path.Join(_folder.At("data"), string.Join('/', Enumerable.Repeat("d", 1002)));
        Directory.CreateDirectory(deep);

        Assert.Contains("deeper than 1000 folders", _folder.Fail(FileSource("data")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_where_a_file_is_due_is_an_error()
    {
        Directory.CreateDirectory(_folder.At("conf.yml"));

        var error = _folder.Fail(new SourceDefinition { Kind = SourceKind.Config, Value = "conf.yml" });

        Assert.Contains("conf.yml", error.Message, StringComparison.Ordinal);
        Assert.Contains("folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_with_a_zero_character_is_an_error_of_its_source()
    {
        Assert.Contains("zero character", _folder.Fail(FileSource("a\0b")).Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("link")]
    [InlineData("copy")]
    public async Task A_pipe_is_not_waited_for(string targetType)
    {
        using (var make = Process.Start("mkfifo", [_folder.At("pipe")]))
        {
            await make.WaitForExitAsync();
        }

        var resolved = await Task.Run(() => _folder.Resolve(FileSource("pipe") with { TargetType = targetType })).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, resolved.Sources.Single().Inputs.Single().Fingerprint.Size);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_hashed_is_hashed_again()
    {
        MakeLarge("big.bin");
        var times = 0;
        var events = new Hook(() => Append("big.bin", isDue: times++ == 0));

        var fingerprint = Read("big.bin", events);

        Assert.Equal(FingerprintOf("big.bin"), fingerprint);
        Assert.Equal(Large + 1, fingerprint.Size);
        Assert.Empty(events.Warnings);
    }

    [Fact]
    public void A_file_that_does_not_stop_to_change_while_it_is_hashed_is_a_warning()
    {
        MakeLarge("log.txt");
        var events = new Hook(() => Append("log.txt", isDue: true));

        var fingerprint = Read("log.txt", events);

        Assert.Contains("is being written while it is read", Assert.Single(events.Warnings), StringComparison.Ordinal);
        Assert.NotEqual(InputState.Of(_folder.At("log.txt"), CancellationToken.None), InputState.Of(fingerprint));
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("data")]
    public void A_copy_of_what_changed_since_it_was_hashed_is_an_error(string name)
    {
        _folder.With("rows.csv").With("data/rows.csv");
        var before = Read(name, new Hook(() => { }));
        File.AppendAllText(_folder.At(name == "data" ? "data/rows.csv" : name), "more");
        var source = FileSource(name) with { TargetType = "copy" };
        var request = SubstituteReader.Requests(_folder.Require(source), _folder.Context).Single();

        var error = Assert.Throws<ResourceException>(() =>
            new PlaceStep(_folder.Run, _folder.Home).Run(request, new SelectedInput(_folder.At(name), name), name, before, CancellationToken.None));

        Assert.Contains("was changed while it was copied", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_file_that_is_deleted_while_it_is_hashed_is_hashed_to_its_end()
    {
        MakeLarge("big.bin");
        var events = new Hook(() => File.Delete(_folder.At("big.bin")));

        Assert.Equal(Large, Read("big.bin", events).Size);
    }

    private static void MakeMaze(string folder)
    {
        foreach (var (from, to) in new[] { ("a", "b"), ("b", "a") })
        {
            Write(Path.Join(folder, from, "rows.csv"), from);
            for (var i = 0; i < 20; i++)
            {
                Directory.CreateSymbolicLink(Path.Join(folder, from, $"to{i}"), $"../{to}");
            }
        }
    }

    private Fingerprint Read(string name, IEventSink events) =>
        new FingerprintReader(new FingerprintCache(), events, "Reading", CancellationToken.None).Read(_folder.At(name));

    private Fingerprint FingerprintOf(string name) => Read(name, NullEventSink.Instance);

    // Large enough to report progress, without content to be quick.
    private void MakeLarge(string name)
    {
        using var file = File.Create(_folder.At(name));
        file.SetLength(Large);
    }

    private void Append(string name, bool isDue)
    {
        if (isDue)
        {
            File.AppendAllText(_folder.At(name), "x");
        }
    }

    private static string[] LinksIn(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => e.LinkTarget is not null).Select(e => e.Name).Order(StringComparer.Ordinal)];

    /// <summary>Does something at each progress.</summary>
    private sealed class Hook(Action atProgress) : IEventSink
    {
        public List<string> Warnings { get; } = [];

        public void Report(EngineEvent engineEvent)
        {
            switch (engineEvent)
            {
                case WarningEvent warning:
                    Warnings.Add(warning.Text);
                    break;
                case ProgressEvent:
                    atProgress();
                    break;
            }
        }
    }
}
