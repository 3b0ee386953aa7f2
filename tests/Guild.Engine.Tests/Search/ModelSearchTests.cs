using Guild.Engine.Search;

namespace Guild.Engine.Tests.Search;

/// <summary>What the searches that learn from results are worth. Seeds are fixed, so the results are the same each time.</summary>
public sealed class ModelSearchTests
{
    [Fact]
    public void A_Gaussian_process_finds_the_minimum_of_a_quadratic_with_few_trials()
    {
        Assert.All(Enumerable.Range(0, 5), seed => Assert.InRange(Best("gp", Quadratic, flags => Square(flags), seed, 15), 0, 1e-3));
    }

    [Fact]
    public void A_Gaussian_process_finds_a_minimum_at_a_corner()
    {
        Assert.InRange(Best("gp", Quadratic, flags => (double)flags["x"]! - (double)flags["y"]!, 3, 12), -2, -1.999);
    }

    [Fact]
    public void A_Gaussian_process_finds_the_best_values_of_flags_of_all_kinds()
    {
        Assert.All(Enumerable.Range(0, 3), seed => Assert.InRange(Best("gp", Mixed, Objectives.Mixed, seed, 30), 0, 0.01));
    }

    [Fact]
    public void A_Gaussian_process_comes_near_a_minimum_under_noise()
    {
        var random = new SeededRandom(1);
        var near = Enumerable.Range(0, 3).Select(seed =>
        {
            var optimizer = Create("gp", Quadratic, seed);
            var last = 0.0;
            for (var i = 0; i < 30; i++)
            {
                var suggestion = optimizer.Ask()!;
                optimizer.Tell(suggestion, TrialOutcome.Of(Square(suggestion.Flags) + (0.1 * random.NextNormal())));
                last += i >= 20 ? Square(suggestion.Flags) / 10 : 0;
            }

            return last;
        });

        // Trials at random are at 0.9 on average.
        Assert.InRange(near.Average(), 0, 0.2);
    }

    [Theory]
    [InlineData("EI")]
    [InlineData("PI")]
    [InlineData("lcb")]
    public void Every_way_to_choose_the_next_trial_comes_to_the_minimum(string function)
    {
        Assert.InRange(Best("gp", Quadratic, flags => Square(flags), 2, 25, ("acq-func", function)), 0, 0.02);
    }

    [Fact]
    public void Trees_of_Parzen_estimators_beat_random_search()
    {
        double[] tpe = [.. Enumerable.Range(0, 11).Select(seed => Best("tpe", Mixed, Objectives.Mixed, seed, 60)).Order()];
        double[] random = [.. Enumerable.Range(0, 11).Select(seed => Best("random", Mixed, Objectives.Mixed, seed, 60)).Order()];

        Assert.True(tpe[5] * 5 < random[5], $"{tpe[5]} : {random[5]}");
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void Several_trials_at_a_time_find_the_minimum_too(string name)
    {
        var optimizer = Create(name, Quadratic, 4);
        var best = double.PositiveInfinity;
        for (var round = 0; round < 12; round++)
        {
            var batch = Enumerable.Range(0, 4).Select(_ => optimizer.Ask()!).ToList();
            foreach (var suggestion in batch)
            {
                best = Math.Min(best, Square(suggestion.Flags));
                optimizer.Tell(suggestion, TrialOutcome.Of(Square(suggestion.Flags)));
            }
        }

        Assert.InRange(best, 0, 0.03);
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void Where_trials_fail_no_more_are_wanted(string name)
    {
        var optimizer = Create(name, Quadratic, 4);
        var failed = 0;
        for (var i = 0; i < 40; i++)
        {
            var suggestion = optimizer.Ask()!;
            var fails = (double)suggestion.Flags["x"]! < 0;
            failed += fails && i >= 10 ? 1 : 0;
            optimizer.Tell(suggestion, fails ? TrialOutcome.Failed : TrialOutcome.Of(Square(suggestion.Flags)));
        }

        Assert.InRange(failed, 0, 8);
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void Trials_of_earlier_searches_are_learned_from(string name)
    {
        var optimizer = OptimizerAlgorithms.Create(name, Quadratic, new(4) { Options = new Dictionary<string, object?> { ["random-starts"] = 0L } });
        var random = new RandomOptimizer(Quadratic, new(8));
        for (var i = 0; i < 30; i++)
        {
            var prior = random.Ask()!.Flags;
            optimizer.TellPrior(prior, TrialOutcome.Of(Square(prior)));
        }

        Assert.InRange(Square(optimizer.Ask()!.Flags), 0, 0.3);
    }

    [Theory]
    [InlineData("bayesian", "gp")]
    [InlineData("gaussian", "gp")]
    [InlineData("skopt:gp", "gp")]
    [InlineData("tpe", "tpe")]
    public void Models_have_the_names_of_Guild_AI(string alias, string name)
    {
        Assert.Equal(name, OptimizerAlgorithms.Find(alias).Name);
        Assert.Equal(20, OptimizerAlgorithms.Find(alias).DefaultMaxTrials);
        Assert.Equal("gp", OptimizerAlgorithms.Find(OptimizerAlgorithms.Default).Name);
    }

    [Theory]
    [InlineData("acq-func", "EIps", "one of gp_hedge, EI, PI, LCB")]
    [InlineData("random-starts", 2.5, "a whole number of at least 0")]
    [InlineData("random-starts", -1L, "a whole number of at least 0")]
    [InlineData("kappa", "much", "a number of at least 0")]
    [InlineData("noise", "little", "one of gaussian or a number of at least 0")]
    [InlineData("xl", 1L, "These exist: xi, ")]
    public void An_option_that_cannot_be_used_is_an_error_that_says_what_can(string option, object value, string expected)
    {
        var settings = new OptimizerSettings(1) { Options = new Dictionary<string, object?> { [option] = value } };

        var error = Assert.Throws<RequestException>(() => OptimizerAlgorithms.Create("gp", Quadratic, settings));

        Assert.Equal(option, error.Subject);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_are_not_given_are_those_of_Guild_AI()
    {
        var gp = OptimizerAlgorithms.Find("gp");

        Assert.Equal(
            [("random-starts", 3L), ("acq-func", "gp_hedge"), ("kappa", 1.96), ("xi", 0.05), ("noise", "gaussian"), ("prev-trials", (object)"sourcecode")],
            gp.Options.Select(option => (option.Name, option.Default!)));
        Assert.Equal(0.25, Assert.IsType<double>(OptimizerOptions.Check(gp, new Dictionary<string, object?> { ["noise"] = 0.25 })["noise"]));
        Assert.Equal(2.0, OptimizerOptions.Check(gp, new Dictionary<string, object?> { ["kappa"] = 2 })["kappa"]);
    }

    private static SearchSpace Quadratic => SearchSpaceBuilder.ForGrid([new("x", "[-1.0:1.0]"), new("y", "[-1.0:1.0]")], []);

    private static SearchSpace Mixed => SearchSpaceBuilder.ForGrid(
        [new("activation", new List<object?> { "relu", "tanh", "sigmoid" }), new("layers", "[1:8]"), new("lr", "loguniform[1e-5:1]"), new("units", "[16:256]")], []);

    private static double Square(IReadOnlyDictionary<string, object?> flags) => Math.Pow((double)flags["x"]! - 0.3, 2) + Math.Pow((double)flags["y"]! + 0.2, 2);

    private static IOptimizer Create(string name, SearchSpace space, long seed) => OptimizerAlgorithms.Create(name, space, new(seed));

    private static double Best(
        string name, SearchSpace space, Func<IReadOnlyDictionary<string, object?>, double> objective, long seed, int trials, params (string Name, object? Value)[] options)
    {
        var optimizer = OptimizerAlgorithms.Create(name, space, new(seed) { Options = options.ToDictionary(option => option.Name, option => option.Value) });
        var best = double.PositiveInfinity;
        for (var i = 0; i < trials; i++)
        {
            var suggestion = optimizer.Ask()!;
            var value = objective(suggestion.Flags);
            best = Math.Min(best, value);
            optimizer.Tell(suggestion, TrialOutcome.Of(value));
        }

        return best;
    }
}
