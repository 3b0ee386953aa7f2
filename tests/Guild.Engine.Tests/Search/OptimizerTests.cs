using Guild.Engine.Search;

namespace Guild.Engine.Tests.Search;

/// <summary>What holds for grids, for random search, and for all optimizers.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<string> Searches => [.. OptimizerAlgorithms.All.Select(algorithm => algorithm.Name).Where(name => name != "grid")];

    [Fact]
    public void A_grid_has_every_combination_and_the_last_flag_varies_fastest()
    {
        var grid = new GridOptimizer(Space(("a", List(1L, 2L)), ("b", "fixed"), ("c", List("x", "y", "z"))), new(1));

        Assert.Equal(6, grid.Count);
        Assert.Equal(
            ["1 fixed x", "1 fixed y", "1 fixed z", "2 fixed x", "2 fixed y", "2 fixed z"],
            All(grid).Select(flags => string.Join(" ", flags.Values)));
        Assert.Null(grid.Ask());
    }

    [Fact]
    public void A_grid_repeats_what_a_list_repeats()
    {
        Assert.Equal([0.1, 0.1, 0.1], All(new GridOptimizer(Space(("x", List(0.1, 0.1, 0.1))), new(1))).Select(flags => flags["x"]));
    }

    [Fact]
    public void A_grid_without_lists_is_one_trial()
    {
        Assert.Equal(["7"], All(new GridOptimizer(Space(("x", 7L)), new(1))).Select(flags => $"{flags["x"]}"));
    }

    [Fact]
    public void Some_of_a_grid_keep_their_order()
    {
        var space = Space(("a", List([.. Enumerable.Range(0, 1000).Select(i => (object?)(long)i)])));

        var some = All(new GridOptimizer(space, new(5, MaxTrials: 20))).ConvertAll(flags => (long)flags["a"]!);

        Assert.Equal(20, some.Distinct().Count());
        Assert.Equal(some.Order(), some);
        Assert.NotEqual(some, All(new GridOptimizer(space, new(6, MaxTrials: 20))).ConvertAll(flags => (long)flags["a"]!));
    }

    [Fact]
    public void A_grid_of_more_combinations_than_can_be_counted_gives_some_of_them()
    {
        var many = List([.. Enumerable.Range(0, 1000).Select(i => (object?)(long)i)]);
        var space = Space([.. Enumerable.Range(0, 8).Select(i => ($"flag{i}", (object?)many))]);

        Assert.Equal(5, All(new GridOptimizer(space, new(5, MaxTrials: 5))).Count);
    }

    [Fact]
    public void A_grid_draws_ranges_anew_for_each_trial_and_begins_with_the_initial_value()
    {
        var flags = All(new GridOptimizer(Space(("a", List(1L, 2L, 3L)), ("x", "[0.0:1.0:0.5]"), ("y", List(7L, "[10:1000:11]"))), new(1)));

        Assert.Equal(6, flags.Count);
        Assert.Equal(0.5, flags[0]["x"]);
        Assert.Equal(6, flags.Select(f => f["x"]).Distinct().Count());
        Assert.Equal([7L, 11L, 7L], flags.Take(3).Select(f => f["y"]));
        Assert.All(flags.Where((_, i) => i % 2 == 1), f => Assert.InRange((long)f["y"]!, 10, 1000));
    }

    [Fact]
    public void Grids_follow_each_other_row_by_row()
    {
        var grid = new GridOptimizer([Space(("a", List(1L, 2L))), Space(("a", 9L))], new(1));

        Assert.Equal([1L, 2L, 9L], All(grid).Select(flags => flags["a"]));
    }

    [Fact]
    public void A_grid_that_is_told_where_another_was_goes_on_there()
    {
        var space = Space(("a", List(1L, 2L, 3L)), ("x", "[0.0:1.0]"));
        var first = new GridOptimizer(space, new(1));
        var told = first.Ask()!;
        var second = new GridOptimizer(space, new(1));
        second.Tell(told, TrialOutcome.Failed);

        Assert.Equal(All(first), All(second));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void The_same_seed_gives_the_same_trials_and_another_gives_others(string name)
    {
        Assert.Equal(Run(name, 3, 25), Run(name, 3, 25));
        Assert.NotEqual(Run(name, 3, 25), Run(name, 4, 25));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void A_finite_space_is_gone_through_without_repeats(string name)
    {
        var optimizer = Create(name, Space(("a", List("x", "y", "x")), ("b", "[1:5]"), ("c", List(true, false))), 11);
        var seen = new HashSet<string>();
        while (optimizer.Ask() is { } suggestion)
        {
            Assert.True(seen.Add(string.Join(" ", suggestion.Flags.Values)));
            optimizer.Tell(suggestion, TrialOutcome.Of((long)suggestion.Flags["b"]!));
        }

        Assert.Equal(20, seen.Count);
        Assert.Null(optimizer.Ask());
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Trials_that_are_pending_are_not_suggested_again(string name)
    {
        var optimizer = Create(name, Mixed, 2);
        Tell(optimizer, 15);

        var pending = Enumerable.Range(0, 8).Select(_ => string.Join(" ", optimizer.Ask()!.Flags.Values)).ToList();

        Assert.Equal(8, pending.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void A_single_point_is_suggested_once(string name)
    {
        var optimizer = Create(name, Space(("a", "[3:3]"), ("b", 7L)), 1);

        Assert.Equal([3L, 7L], optimizer.Ask()!.Flags.Values);
        Assert.Null(optimizer.Ask());
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void A_search_without_lists_or_ranges_is_an_error_that_says_what_to_give(string name)
    {
        var error = Assert.Throws<RequestException>(() => Create(name, Space(("a", 1L), ("b", "x")), 1));

        Assert.Contains("a=1 b=x", error.Message, StringComparison.Ordinal);
        Assert.Contains("NAME=[MIN:MAX]", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void The_first_trial_has_the_initial_values(string name)
    {
        var optimizer = Create(name, Space(("a", "[1:100:42]"), ("b", "loguniform[1e-5:1:0.1]"), ("c", "[0.0:1.0]")), 1);

        var first = optimizer.Ask()!.Flags;

        Assert.Equal((42L, 0.1), (first["a"], first["b"]));
        Assert.NotEqual(42L, optimizer.Ask()!.Flags["a"]);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Values_are_what_their_flags_can_be(string name)
    {
        var optimizer = Create(name, Mixed, 7);
        for (var i = 0; i < 40; i++)
        {
            var suggestion = optimizer.Ask()!;
            Assert.InRange((double)suggestion.Flags["lr"]!, 1e-5, 1);
            Assert.InRange((long)suggestion.Flags["layers"]!, 1, 8);
            Assert.InRange((long)suggestion.Flags["units"]!, 16, 256);
            Assert.Contains((string)suggestion.Flags["activation"]!, (string[])["relu", "tanh", "sigmoid"]);
            Assert.Equal("x", suggestion.Flags["fixed"]);
            optimizer.Tell(suggestion, TrialOutcome.Of(Objectives.Mixed(suggestion.Flags)));
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Trials_that_fail_or_give_no_number_do_not_stop_a_search(string name)
    {
        var optimizer = Create(name, Mixed, 7);
        double?[] values = [double.NaN, double.PositiveInfinity, null, 1e300, -1e300, 0, 5, 5, 5];
        var seen = new HashSet<string>();
        for (var i = 0; i < 36; i++)
        {
            var suggestion = optimizer.Ask()!;
            Assert.True(seen.Add(string.Join(" ", suggestion.Flags.Values)));
            optimizer.Tell(suggestion, TrialOutcome.Of(values[i % values.Length]));
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void A_search_in_which_all_trials_fail_goes_on(string name)
    {
        var optimizer = Create(name, Mixed, 7);
        for (var i = 0; i < 20; i++)
        {
            optimizer.Tell(optimizer.Ask()!, TrialOutcome.Failed);
        }

        Assert.Equal(20, optimizer.Ask()!.Number);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void An_optimizer_that_is_told_all_again_in_another_order_goes_on_as_the_first(string name)
    {
        var first = Create(name, Mixed, 9);
        var told = Tell(first, 18);
        var pending = first.Ask()!;
        var second = Create(name, Mixed, 9);
        second.Tell(pending, TrialOutcome.Pending);
        foreach (var (suggestion, outcome) in Enumerable.Reverse(told))
        {
            second.Tell(suggestion, outcome);
        }

        var (expected, actual) = (first.Ask()!, second.Ask()!);

        Assert.Equal(19, actual.Number);
        Assert.Equal(expected.Flags, actual.Flags);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Trials_of_earlier_searches_do_not_count_and_are_not_repeated_while_others_are_left(string name)
    {
        var optimizer = Create(name, Space(("a", "[1:6]")), 3);
        optimizer.TellPrior(new Dictionary<string, object?> { ["a"] = 2L }, TrialOutcome.Of(0.5));
        optimizer.TellPrior(new Dictionary<string, object?> { ["a"] = 99L }, TrialOutcome.Of(0.1));
        optimizer.TellPrior(new Dictionary<string, object?> { ["b"] = "x" }, TrialOutcome.Of(0.1));
        optimizer.TellPrior(new Dictionary<string, object?> { ["a"] = 3L }, TrialOutcome.Failed);

        var trials = All(optimizer).ConvertAll(flags => (long)flags["a"]!);

        Assert.Equal(2, trials[^1]);
        Assert.Equal([1, 2, 3, 4, 5, 6], trials.Order());
    }

    [Theory]
    [InlineData("+", "grid")]
    [InlineData("skopt:random", "random")]
    public void Names_of_Guild_AI_mean_the_optimizers_that_they_mean_there(string alias, string name)
    {
        Assert.Equal(name, OptimizerAlgorithms.Find(alias).Name);
    }

    [Fact]
    public void An_unknown_optimizer_is_an_error_that_lists_what_exists_nearest_first()
    {
        var error = Assert.Throws<RequestException>(() => OptimizerAlgorithms.Find("randon"));

        Assert.StartsWith("There is no optimizer 'randon'. These exist: random, ", error.Message, StringComparison.Ordinal);
        Assert.Null(OptimizerAlgorithms.TryFind("train"));
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("skopt:gbrt")]
    public void An_optimizer_of_Guild_AI_that_is_not_built_is_an_error_that_says_what_is_near(string name)
    {
        var error = Assert.Throws<RequestException>(() => OptimizerAlgorithms.Find(name));

        Assert.Contains("'tpe'", error.Message, StringComparison.Ordinal);
        Assert.Equal(name, error.Subject);
    }

    [Fact]
    public void An_option_that_does_not_exist_is_an_error()
    {
        var settings = new OptimizerSettings(1) { Options = new Dictionary<string, object?> { ["kappa"] = 1.0 } };

        Assert.Contains("'random' has no option 'kappa'", Assert.Throws<RequestException>(() => OptimizerAlgorithms.Create("random", Mixed, settings)).Message, StringComparison.Ordinal);
    }

    private static SearchSpace Mixed => Space(
        ("activation", List("relu", "tanh", "sigmoid")), ("fixed", "x"), ("layers", "[1:8]"), ("lr", "loguniform[1e-5:1]"), ("units", "[16:256]"));

    private static IOptimizer Create(string name, SearchSpace space, long seed) => OptimizerAlgorithms.Create(name, space, new(seed));

    private static List<string> Run(string name, long seed, int trials) =>
        [.. Tell(Create(name, Mixed, seed), trials).Select(told => string.Join(" ", told.Suggestion.Flags.Values))];

    private static List<(Suggestion Suggestion, TrialOutcome Outcome)> Tell(IOptimizer optimizer, int trials)
    {
        var told = new List<(Suggestion, TrialOutcome)>();
        for (var i = 0; i < trials; i++)
        {
            var suggestion = optimizer.Ask()!;
            var outcome = i % 7 == 3 ? TrialOutcome.Failed : TrialOutcome.Of(Objectives.Mixed(suggestion.Flags));
            optimizer.Tell(suggestion, outcome);
            told.Add((suggestion, outcome));
        }

        return told;
    }

    private static List<IReadOnlyDictionary<string, object?>> All(IOptimizer optimizer)
    {
        var all = new List<IReadOnlyDictionary<string, object?>>();
        while (optimizer.Ask() is { } suggestion)
        {
            all.Add(suggestion.Flags);
        }

        return all;
    }

    private static SearchSpace Space(params (string Flag, object? Value)[] values) =>
        SearchSpaceBuilder.ForGrid(values.Select(value => KeyValuePair.Create(value.Flag, value.Value)), []);

    private static List<object?> List(params object?[] values) => [.. values];
}
