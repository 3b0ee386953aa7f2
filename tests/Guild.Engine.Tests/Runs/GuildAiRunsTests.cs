using System.Text.Json;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class GuildAiRunsTests(GuildAiHome home) : IClassFixture<GuildAiHome>
{
    [Fact]
    public void Runs_come_in_the_order_in_which_Guild_AI_lists_them()
    {
        Assert.Equal(home.Runs.Select(Id), home.Store.List().Select(run => run.Id));
    }

    [Fact]
    public void Each_run_is_read_as_Guild_AI_reads_it()
    {
        Assert.All(home.Runs, expected => AssertSame(expected, home.Store.TryRead(Id(expected))!));
    }

    [Fact]
    public void Deleted_runs_are_read_as_Guild_AI_reads_them()
    {
        Assert.Equal(home.Deleted.Select(Id), home.Store.List(RunPlace.Trash).Select(run => run.Id));
        Assert.All(home.Deleted, expected => AssertSame(expected, home.Store.TryRead(Id(expected), RunPlace.Trash)!));
    }

    [Fact]
    public void No_run_of_Guild_AI_has_anything_that_cannot_be_read()
    {
        Assert.All(home.Store.List(), run => Assert.Empty(run.Problems));
    }

    [Fact]
    public void Operations_are_shown_as_Guild_AI_shows_them()
    {
        Assert.All(home.Store.List(), run => Assert.Equal(Info(run).GetProperty("operation").GetString(), run.FullName));
    }

    [Fact]
    public void Only_runs_with_trials_are_batches()
    {
        Assert.Equal(
            ["mlp:train+", "mlp:train+skopt:random"],
            home.Store.List().Where(run => run.IsBatch).Select(run => run.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Flags_are_those_that_Guild_AI_shows()
    {
        Assert.All(home.Store.List(), run => AssertValue(Info(run).GetProperty("flags"), run.Flags));
    }

    [Fact]
    public void Flags_of_a_batch_are_those_of_its_prototype()
    {
        Assert.All(home.Store.List(), run =>
        {
            if (Info(run).TryGetProperty("proto-flags", out var expected))
            {
                AssertValue(expected, run.ProtoFlags);
            }
            else
            {
                Assert.Empty(run.ProtoFlags);
            }
        });
    }

    [Fact]
    public void Scalars_have_the_names_last_values_and_steps_that_Guild_AI_shows_without_those_of_the_trials_of_a_batch()
    {
        Assert.All(home.Store.List(), run =>
        {
            var expected = Info(run).GetProperty("scalars").EnumerateObject()
                .Where(item => !run.IsBatch || !RunId.IsValid(item.Name.Split('/')[0]))
                .Select(item => (item.Name, Value: item.Value[0].GetDouble(), Step: item.Value[1].GetInt64()));
            Assert.Equal(expected, run.Scalars.Select(item => (item.Key, item.Value.Last, item.Value.LastStep)));
        });
    }

    [Fact]
    public void The_digest_of_the_source_is_the_one_that_Guild_AI_shows()
    {
        Assert.All(home.Store.List(), run => Assert.Equal(Info(run).GetProperty("sourcecode_digest").GetString(), run.SourceCodeDigest ?? ""));
    }

    [Fact]
    public void The_project_is_the_folder_of_the_Guild_file()
    {
        // That of a batch is the one of its trials.
        Assert.All(home.Store.List(), run => Assert.Equal(Path.GetFullPath("/srv/demo"), run.ProjectPath));
    }

    [Fact]
    public void A_run_that_never_started_has_a_reason_for_its_error()
    {
        var run = home.Store.Find("55bc7d1b");
        Assert.Equal(RunStatus.Error, run.Status);
        Assert.NotNull(run.StatusReason);
        Assert.NotNull(run.Initialized);
    }

    [Fact]
    public void The_manifest_of_each_run_is_written_again_word_by_word()
    {
        foreach (var run in home.Store.List())
        {
            var lines = File.ReadAllLines(run.Directory.ManifestPath);
            Assert.Equal(lines, Manifest.Read(run.Directory.ManifestPath).Select(Manifest.Format));
        }
    }

    [Fact]
    public void The_reference_of_each_run_is_written_again_word_by_word()
    {
        Assert.All(home.Store.List(), run => Assert.Equal(File.ReadAllText(run.Directory.OpRefPath), run.OpRef.ToString()));
    }

    [Fact]
    public void Each_line_of_output_has_its_time_and_stream()
    {
        foreach (var run in home.Store.List().Where(run => File.Exists(run.Directory.OutputPath)))
        {
            var lines = OutputReader.Read(run.Directory).ToList();
            Assert.Equal(new FileInfo(run.Directory.OutputIndexPath).Length / OutputIndexEntry.Size, lines.Count);
            Assert.All(lines, line => Assert.InRange(line.Time!.Value, run.Initialized!.Value, run.Stopped!.Value));
        }
    }

    [Fact]
    public void A_mark_beats_a_later_run_when_an_operation_needs_one()
    {
        var all = new LatestRunQuery { Matches = opRef => opRef.ModelName == "mlp", Statuses = Enum.GetValues<RunStatus>() };
        Assert.Equal("55bc7d1b", home.Store.LatestOf(all)!.ShortId);
        Assert.Equal("35dc32b8", home.Store.LatestOf(new LatestRunQuery { Matches = opRef => opRef.ModelName == "mlp" })!.ShortId);
    }

    private JsonElement Info(Run run) => home.Infos[run.Id];

    private static string Id(JsonElement expected) => expected.GetProperty("id").GetString()!;

    private static void AssertSame(JsonElement expected, Run run)
    {
        Assert.Equal(expected.GetProperty("opref").GetString(), run.OpRef.ToString());
        Assert.Equal(Number(expected.GetProperty("exit_status")), run.ExitCode);
        Assert.Equal(expected.GetProperty("cmd").EnumerateArray().Select(word => word.GetString()), run.Command);
        Assert.Equal(expected.GetProperty("marked").ValueKind == JsonValueKind.True, run.IsMarked);
        Assert.Equal(expected.GetProperty("label").GetString(), run.Label);
        Assert.Equal(expected.GetProperty("status").GetString(), run.Status.ToString().ToLowerInvariant());
        Assert.Equal(Number(expected.GetProperty("started")), Stamp(run.Started));
        Assert.Equal(Number(expected.GetProperty("stopped")), Stamp(run.Stopped));
        Assert.Equal(Items(expected.GetProperty("tags")).Select(tag => tag.GetString()), run.Tags);
        Assert.Equal(
            Items(expected.GetProperty("comments")).Select(comment => (
                comment.GetProperty("body").GetString(),
                comment.GetProperty("user").GetString(),
                comment.GetProperty("host").GetString(),
                Number(comment.GetProperty("time")))),
            run.Comments.Select(comment => ((string?)comment.Body, (string?)comment.User, (string?)comment.Host, Stamp(comment.Time))));
    }

    private static void AssertValue(JsonElement expected, object? value)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var map = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(value);
                Assert.Equal(expected.EnumerateObject().Select(item => item.Name), map.Keys.Order(StringComparer.Ordinal));
                Assert.All(expected.EnumerateObject(), item => AssertValue(item.Value, map[item.Name]));
                break;
            case JsonValueKind.Array:
                var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(value);
                Assert.Equal(expected.GetArrayLength(), list.Count);
                Assert.All(list.Index(), item => AssertValue(expected[item.Index], item.Item));
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.TryGetInt64(out var whole) ? (object)whole : expected.GetDouble(), value);
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), value);
                break;
            default:
                Assert.Fail($"The expectation has an unforeseen kind of value: {expected.ValueKind}.");
                break;
        }
    }

    private static List<JsonElement> Items(JsonElement list) => list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray()];

    private static long? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();

    private static long? Stamp(DateTimeOffset? time) => time is { } moment ? RunClock.FromTime(moment) : null;
}
