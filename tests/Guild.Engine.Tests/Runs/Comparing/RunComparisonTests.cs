using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Tests.Scalars;

namespace Guild.Engine.Tests.Runs.Comparing;

public sealed class RunComparisonTests : IDisposable
{
    private static readonly ComparisonOptions Apart = new() { SkipsCore = true, KeepsColumnsApart = true, ReservedHeadings = ["Id"] };

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Without_runs_there_are_the_core_columns_only()
    {
        var empty = Compare([], new ComparisonOptions());
        Assert.Equal(["run", "operation", "started", "time", "status", "label"], empty.Columns);
        Assert.Empty(empty.Rows);
    }

    [Fact]
    public void A_run_without_wishes_has_its_flags_and_scalars_in_natural_order()
    {
        var run = Run(("flags", Map(("lr", 0.1), ("layer10", 1L), ("layer2", 2L))));
        Log(run, ".guild", ("acc", 0.5f, 3), ("loss", 0.25f, 4), ("sys/cpu", 1, 9));
        var found = Compare([run], Apart);
        Assert.Equal(["run", "layer2", "layer10", "lr", "step", "acc", "loss"], found.Columns);
        Assert.Equal([run.Id[..8], 2L, 1L, 0.1, 4L, 0.5, 0.25], found.Rows[0].Values);
        Assert.Contains("sys/cpu", Compare([run], Apart with { ShowsAllScalars = true }).Columns);
    }

    [Fact]
    public void All_runs_have_the_columns_of_each()
    {
        var one = Run(("flags", Map(("a", 1L))));
        var other = Run(("flags", Map(("b", "x"))));
        var found = Compare([one, other], Apart);
        Assert.Equal(["run", "a", "b"], found.Columns);
        Assert.Equal([1L, null], found.Rows[0].Values.Skip(1));
        Assert.Equal([null, "x"], found.Rows[1].Values.Skip(1));
    }

    [Fact]
    public void What_a_run_recorded_as_its_columns_is_used_where_the_project_is_gone()
    {
        var run = Run(("flags", Map(("lr", 0.1), ("other", 1L))), ("compare", new List<object?> { "=lr as rate", "min loss, count loss as n" }));
        Log(run, ".guild", ("loss", 4, 0), ("loss", 1, 1), ("loss", 2, 2));
        var found = Compare([run], Apart);
        Assert.Equal(["run", "rate", "min loss", "n"], found.Columns);
        Assert.Equal([0.1, 1.0, 3L], found.Rows[0].Values.Skip(1));
    }

    [Fact]
    public void A_column_that_an_operation_asks_for_and_that_cannot_be_understood_is_a_warning()
    {
        var run = Run(("flags", Map(("lr", 0.1))), ("compare", new List<object?> { "=lr", "loss acc" }));
        var found = Compare([run, run], Apart);
        Assert.Equal(["run", "lr"], found.Columns);
        Assert.Contains("position 6", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("min loss", 1.0)]
    [InlineData("max loss", 4.0)]
    [InlineData("first loss", 4.0)]
    [InlineData("last loss", 2.0)]
    [InlineData("avg loss", 2.5)]
    [InlineData("total loss", 10.0)]
    [InlineData("count loss", 4L)]
    [InlineData("loss", 2.0)]
    [InlineData("loss step", 9L)]
    [InlineData("min loss step", 5L)]
    [InlineData("max loss step", 1L)]
    [InlineData("first loss step", 1L)]
    [InlineData("deep", 7.0)]
    [InlineData("logs#deep", 7.0)]
    [InlineData("logs/train#deep", 7.0)]
    [InlineData("other#deep", null)]
    [InlineData("#loss", 2.0)]
    [InlineData("none", null)]
    [InlineData("=lr", 0.5)]
    [InlineData("=none", null)]
    [InlineData(".op", "train")]
    [InlineData(".op_model", "mlp")]
    [InlineData(".operation", "mlp:train")]
    [InlineData(".exit_status", 0L)]
    [InlineData(".host", "here")]
    [InlineData(".tags", "a, b")]
    [InlineData(".custom", "value")]
    [InlineData(".none", null)]
    [InlineData(".'a/b'", null)]
    public void A_column_has_the_value(string column, object? expected)
    {
        var run = Run(("flags", Map(("lr", 0.5))), ("host", "here"), ("tags", new List<object?> { "a", "b" }), ("custom", "value"));
        Log(run, ".guild", ("loss", 4, 1), ("loss", 1, 5), ("loss", 3, 7), ("loss", 2, 9));
        Log(run, "logs/train", ("deep", 7, 0));
        Assert.Equal([expected], RunComparison.ValuesOf(ColumnSpec.Parse(column)[0], [_home.Read(new RunDirectory(run.Directory.Path))], _home.Store));
    }

    [Fact]
    public void Columns_of_one_name_are_kept_apart_where_that_is_asked_for()
    {
        var run = Run(("flags", Map(("Loss", 1L), ("id", 2L), ("time", 3L), ("c", 4L), ("C", 5L))));
        Log(run, ".guild", ("loss", 0.5f, 0));
        var found = Compare([run], Apart with { SkipsCore = false });
        Assert.Equal(["run", "operation", "started", "time", "status", "label", "C", "Loss", "flag:c", "flag:id", "flag:time", "step", "scalar:loss"], found.Columns);
        Assert.Equal(found.Columns.Count, found.Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal([1L, 2L, 3L, 4L, 5L], found.Rows[0].Values.OfType<long>().Where(v => v > 0).Order());
        Assert.Contains(0.5, found.Rows[0].Values);
    }

    [Fact]
    public void Columns_of_one_name_are_one_column_as_in_Guild_AI()
    {
        var run = Run(("flags", Map(("loss", 1L))));
        Log(run, ".guild", ("loss", 0.5f, 0));
        var found = Compare([run], new ComparisonOptions { SkipsCore = true, Columns = ColumnSpec.Parse("min loss, max loss") });
        Assert.Equal(["run", "loss", "step", "min loss", "max loss"], found.Columns);
    }

    [Fact]
    public void A_column_that_was_asked_for_takes_the_place_of_another_of_its_heading()
    {
        var run = Run(("flags", Map(("a", 1L), ("b", 2L))));
        var found = Compare([run], new ComparisonOptions { SkipsCore = true, Columns = ColumnSpec.Parse("=b as a, =none as b") });
        Assert.Equal(["run", "a", "b"], found.Columns);
        Assert.Equal([2L, 2L], found.Rows[0].Values.Skip(1));
    }

    [Fact]
    public void Runs_are_ordered_with_those_without_a_value_at_the_end()
    {
        var runs = new object?[] { 2L, null, 10.5, double.NaN, 1L }.Select(value => Run(("flags", Map(("x", value))))).ToList();
        var found = Compare(runs, Apart);
        Assert.Equal([1L, 2L, 10.5], found.OrderedBy("x", ValueOrder.LowestFirst).Rows.Select(row => row.Values[1]).Take(3));
        Assert.Equal([10.5, 2L, 1L], found.OrderedBy("x", ValueOrder.HighestFirst).Rows.Select(row => row.Values[1]).Take(3));
        Assert.Equal(2, found.OrderedBy("x", ValueOrder.HighestFirst).First(2).Rows.Count);
        Assert.Contains("run, x", Assert.Throws<RequestException>(() => found.OrderedBy("y", ValueOrder.LowestFirst)).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_run_is_one_that_has_a_value()
    {
        var runs = new object?[] { double.NaN, 2L, null, 1L, 3L }.Select(value => Run(("flags", Map(("x", value))))).ToList();
        var column = ColumnSpec.Parse("=x")[0];
        Assert.Equal(runs[3].Id, RunComparison.Best(column, ValueOrder.LowestFirst, runs, _home.Store)?.Id);
        Assert.Equal(runs[4].Id, RunComparison.Best(column, ValueOrder.HighestFirst, runs, _home.Store)?.Id);
        Assert.Null(RunComparison.Best(ColumnSpec.Parse("=none")[0], ValueOrder.HighestFirst, runs, _home.Store));
    }

    [Fact]
    public void Columns_with_one_value_only_can_be_left_out()
    {
        var one = Run(("flags", Map(("same", 1L), ("differs", 1L), ("nan", double.NaN))));
        var other = Run(("flags", Map(("same", 1.0), ("differs", 2L), ("nan", double.NaN))));
        Assert.Equal(["run", "differs"], Compare([one, other], Apart).WithoutUnchanged().Columns);
        Assert.Equal(4, Compare([one], Apart).WithoutUnchanged().Columns.Count);
    }

    [Fact]
    public void Values_out_of_the_index_are_those_of_the_files()
    {
        var run = Run(("flags", Map(("lr", 0.5))), ("opdef_attrs", Map(("paper", "a title"))));
        Log(run, ".guild", ("loss", 4, 1), ("loss", float.NaN, 2), ("up", float.PositiveInfinity, 1));
        var later = new StandingClock(DateTimeOffset.UtcNow.AddHours(1));
        var expected = Compare([run], Apart).Rows[0].Values;
        for (var look = 0; look < 3; look++)
        {
            var store = _home.Indexed(later);
            Assert.Equal(expected, RunComparison.Of([.. store.List()], store, Apart).Rows[0].Values);
        }

        Assert.Contains("a title", expected);
        Assert.Contains(double.PositiveInfinity, expected);
    }

    private RunComparison Compare(IReadOnlyList<Run> runs, ComparisonOptions options) => RunComparison.Of(runs, _home.Store, options);

    private Run Run(params (string Name, object? Value)[] attributes)
    {
        var directory = _home.AddRun();
        foreach (var (name, value) in attributes)
        {
            directory.WriteAttribute(name, value);
        }

        return _home.Read(directory);
    }

    private static void Log(Run run, string folder, params (string Tag, float Value, long Step)[] points)
    {
        using var file = new EventFileBuilder(Path.Join(run.Directory.Path, folder, "events.out.tfevents.0000000001.h.1.0"));
        foreach (var (tag, value, step) in points)
        {
            file.Add(tag, value, step);
        }
    }

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] entries) => entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
}
