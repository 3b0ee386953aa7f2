using Guild.Engine.Search;

namespace Guild.Bench;

/// <summary>A function whose minimum is known, with the space that it is sought in.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The flags, with ranges and lists.</param>
/// <param name="Regret">How far a trial is from the minimum.</param>
/// <param name="Field">What others come to in 60 trials: the optimizer to the median regret.</param>
internal sealed record SearchProblem(
    string Name, IReadOnlyList<KeyValuePair<string, object?>> Values, Func<IReadOnlyDictionary<string, object?>, double> Regret, IReadOnlyDictionary<string, double> Field)
{
    private static readonly double[] HartmannWeights = [1, 1.2, 3, 3.2];
    private static readonly double[][] HartmannScales = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
    private static readonly double[][] HartmannCenters =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>The problems. The field is Optuna 3.1 for tpe and Guild AI's scikit-optimize for gp.</summary>
    internal static IReadOnlyList<SearchProblem> All { get; } =
    [
        new("Branin", [new("x0", "[-5.0:10.0]"), new("x1", "[0.0:15.0]")], Branin, FieldOf(0.67, 0.052, 0.0003)),
        new("Hartmann-6", Range("[0.0:1.0]", 6), Hartmann, FieldOf(1.33, 0.46, 0.0015)),
        new("Rosenbrock-5", Range("[-2.0:2.0]", 5), Rosenbrock, FieldOf(102, 14.6, 14.9)),
        new("mixed", MixedFlags, Mixed, FieldOf(0.23, 0.0093, 0.00006)),
    ];

    /// <summary>The space of the problem.</summary>
    internal SearchSpace Space => SearchSpaceBuilder.ForGrid(Values, []);

    private static KeyValuePair<string, object?>[] MixedFlags =>
        [new("activation", new List<object?> { "relu", "tanh", "sigmoid" }), new("layers", "[1:8]"), new("lr", "loguniform[1e-5:1]"), new("units", "[16:256]")];

    /// <summary>The least regret of some trials.</summary>
    internal double Search(string optimizer, long seed, int trials)
    {
        IOptimizer search = OptimizerAlgorithms.Create(optimizer, Space, new OptimizerSettings(seed));
        double best = double.PositiveInfinity;
        for (int i = 0; i < trials; i++)
        {
            Suggestion suggestion = search.Ask()!;
            double regret = Regret(suggestion.Flags);
            best = Math.Min(best, regret);
            search.Tell(suggestion, TrialOutcome.Of(regret));
        }

        return best;
    }

    private static Dictionary<string, double> FieldOf(double random, double tpe, double gp) => new() { ["random"] = random, ["tpe"] = tpe, ["gp"] = gp };

    private static KeyValuePair<string, object?>[] Range(string range, int count) => [.. Enumerable.Range(0, count).Select(i => new KeyValuePair<string, object?>($"x{i}", range))];

    private static double X(IReadOnlyDictionary<string, object?> flags, int index) => (double)flags[$"x{index}"]!;

    private static double Branin(IReadOnlyDictionary<string, object?> flags)
    {
        (double x, double y) = (X(flags, 0), X(flags, 1));
        double bent = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bent * bent) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10 - 0.39788735772973816;
    }

    private static double Hartmann(IReadOnlyDictionary<string, object?> flags) => 3.322368011415515 - Enumerable.Range(0, 4).Sum(
        i => HartmannWeights[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => HartmannScales[i][j] * Math.Pow(X(flags, j) - HartmannCenters[i][j], 2))));

    private static double Rosenbrock(IReadOnlyDictionary<string, object?> flags) => Enumerable.Range(0, 4).Sum(
        i => (100 * Math.Pow(X(flags, i + 1) - (X(flags, i) * X(flags, i)), 2)) + Math.Pow(1 - X(flags, i), 2));

    private static double Mixed(IReadOnlyDictionary<string, object?> flags)
    {
        double activation = flags["activation"] switch { "relu" => 0, "tanh" => 0.15, _ => 0.4 };
        double rate = Math.Log10((double)flags["lr"]!) + 2.5;
        double units = ((long)flags["units"]! - 96) / 128.0;
        return (0.3 * rate * rate) + (0.08 * Math.Abs((long)flags["layers"]! - 3)) + (units * units) + activation;
    }
}
