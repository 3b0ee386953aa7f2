using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Tests.Scalars;

namespace Guild.Engine.Tests.Runs.Comparing;

public sealed class RunDifferencesTests : IDisposable
{
    private readonly TestHome _home = new();

    private readonly RunDirectory _before;

    private readonly RunDirectory _after;

    public RunDifferencesTests()
    {
        _before = _home.AddRun();
        _after = _home.AddRun();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Runs_that_differ_in_id_and_times_only_have_no_difference() => Assert.Empty(Differences());

    [Fact]
    public void A_run_does_not_differ_from_itself()
    {
        Both("flags", Map(("x", double.NaN)), null);
        Assert.Empty(RunDifferences.Between(_home.Read(_before), _home.Read(_before)));
    }

    [Fact]
    public void Flags_that_differ_are_told_with_their_values()
    {
        Both("flags", Map(("same", 1L), ("lr", 0.1), ("gone", "x"), ("null", null)), Map(("same", 1.0), ("lr", 0.2), ("new", true)));
        Assert.Equal(
            [
                new(DifferenceKind.Flag, "gone", DifferenceChange.Removed, "x", null),
                new(DifferenceKind.Flag, "lr", DifferenceChange.Changed, 0.1, 0.2),
                new(DifferenceKind.Flag, "new", DifferenceChange.Added, null, true),
                new(DifferenceKind.Flag, "null", DifferenceChange.Removed, null, null),
            ],
            Differences());
    }

    [Fact]
    public void Scalars_that_differ_are_told_with_their_last_values()
    {
        Log(_before, ("loss", 2, 0), ("loss", 1, 1), ("nan", float.NaN, 0));
        Log(_after, ("loss", 0.5f, 1), ("nan", float.NaN, 5));
        Assert.Equal([new(DifferenceKind.Scalar, "loss", DifferenceChange.Changed, 1.0, 0.5)], Differences());
    }

    [Fact]
    public void The_runs_own_folders_and_ids_are_no_difference()
    {
        _before.WriteAttribute("env", Map(("RUN_ID", _before.Id), ("PYTHONPATH", _before.Path + ":/lib")));
        _after.WriteAttribute("env", Map(("RUN_ID", _after.Id), ("PYTHONPATH", _after.Path + ":/lib")));
        _before.WriteAttribute("cmd", new List<object?> { "python", Path.Join(_before.Path, "train.py") });
        _after.WriteAttribute("cmd", new List<object?> { "python", Path.Join(_after.Path, "train.py") });
        Assert.Empty(Differences());
    }

    [Fact]
    public void Environment_attributes_and_packages_are_told_apart()
    {
        Both("env", Map(("A", "1"), ("B", "1")), Map(("A", "2"), ("B", "1")));
        Both("label", "first", "second");
        Both("marked", null, true);
        Both("platform", Map(("python", "3.11"), ("system", "Linux")), Map(("python", "3.12"), ("system", "Linux")));
        Both("pip_freeze", new List<object?> { "numpy==1.0", "old==1", "local @ file" }, new List<object?> { "numpy==2.0", "local @ file" });
        Assert.Equal(
            [
                new(DifferenceKind.Environment, "A", DifferenceChange.Changed, "1", "2"),
                new(DifferenceKind.Attribute, "label", DifferenceChange.Changed, "first", "second"),
                new(DifferenceKind.Attribute, "marked", DifferenceChange.Added, null, true),
                new(DifferenceKind.Attribute, "platform.python", DifferenceChange.Changed, "3.11", "3.12"),
                new(DifferenceKind.Package, "numpy", DifferenceChange.Changed, "1.0", "2.0"),
                new(DifferenceKind.Package, "old", DifferenceChange.Removed, "1", null),
            ],
            Differences());
    }

    [Fact]
    public void Files_that_were_put_into_the_runs_are_compared_by_hash_and_else_by_content()
    {
        Files(_before, "s a.py aaaa a.py", "s gone.py bbbb gone.py", "s same.py cccc same.py", "d data.txt - file:data.txt", "d equal.txt - file:equal.txt");
        Files(_after, "s a.py dddd a.py", "s new.py bbbb new.py", "s same.py cccc same.py", "d data.txt - file:data.txt", "d equal.txt - file:equal.txt");
        Write(_before, "data.txt", "one");
        Write(_after, "data.txt", "two");
        Write(_before, "equal.txt", "equal");
        Write(_after, "equal.txt", "equal");
        Assert.Equal(
            [
                new(DifferenceKind.SourceCode, "a.py", DifferenceChange.Changed, "aaaa", "dddd"),
                new(DifferenceKind.SourceCode, "gone.py", DifferenceChange.Removed, "bbbb", null),
                new(DifferenceKind.SourceCode, "new.py", DifferenceChange.Added, null, "bbbb"),
                new(DifferenceKind.Dependency, "data.txt", DifferenceChange.Changed, null, null),
            ],
            Differences());
    }

    [Theory]
    [InlineData("a\nb\n", "a\nb\n", null)]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "2 Changed b x")]
    [InlineData("a\n", "a\nb\n", "2 Added  b")]
    [InlineData("a\nb\n", "a\n", "2 Removed b ")]
    public void The_first_line_of_output_that_differs_is_told(string before, string after, string? expected)
    {
        File.WriteAllText(_before.OutputPath, before);
        File.WriteAllText(_after.OutputPath, after);
        Assert.Equal(expected is null ? [] : [expected], Differences().Select(d => $"{d.Name} {d.Change} {d.Before} {d.After}"));
    }

    private RunDifference[] Differences() => [.. RunDifferences.Between(_home.Read(_before), _home.Read(_after))];

    private void Both(string name, object? before, object? after)
    {
        foreach (var (run, value) in new[] { (_before, before), (_after, after) })
        {
            if (value is not null)
            {
                run.WriteAttribute(name, value);
            }
        }
    }

    private static void Files(RunDirectory run, params string[] lines) => File.WriteAllLines(run.ManifestPath, lines);

    private static void Write(RunDirectory run, string path, string text) => File.WriteAllText(Path.Join(run.Path, path), text);

    private static void Log(RunDirectory run, params (string Tag, float Value, long Step)[] points)
    {
        using var file = new EventFileBuilder(Path.Join(run.GuildPath, "events.out.tfevents.0000000001.h.1.0"));
        foreach (var (tag, value, step) in points)
        {
            file.Add(tag, value, step);
        }
    }

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] entries) => entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
}
