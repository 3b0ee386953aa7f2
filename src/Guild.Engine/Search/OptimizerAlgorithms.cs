using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search;

/// <summary>The optimizers that there are.</summary>
public static class OptimizerAlgorithms
{
    private const int DefaultMaxTrials = 20;

    // Guild AI has these; what this engine has in place of them stands in the message.
    private static readonly string[] NotBuilt = ["forest", "skopt:forest", "gbrt", "skopt:gbrt"];

    /// <summary>All of them, in the order in which they should be listed.</summary>
    public static IReadOnlyList<OptimizerAlgorithm> All { get; } =
    [
        new()
        {
            Name = "grid",
            Aliases = ["+"],
            Description = "Tries every combination of the values of lists.",
            Create = (space, settings) => new GridOptimizer(space, settings),
        },
        new()
        {
            Name = "random",
            Aliases = ["skopt:random"],
            Description = "Draws the values of each trial at random.",
            DefaultMaxTrials = DefaultMaxTrials,
            Create = (space, settings) => new RandomOptimizer(space, settings),
        },
        new()
        {
            Name = "gp",
            Aliases = ["bayesian", "gaussian", "skopt:gp"],
            Description = "Bayesian optimization with a Gaussian process: the fewest trials where each takes long.",
            DefaultMaxTrials = DefaultMaxTrials,
            IsSequential = true,
            Options =
            [
                RandomStarts(3),
                new()
                {
                    Name = "acq-func",
                    Description = "What the next trial is chosen by: expected improvement (EI), its probability (PI), a lower confidence bound (LCB), or all in turns (gp_hedge).",
                    Default = "gp_hedge",
                    Choices = ["gp_hedge", "EI", "PI", "LCB"],
                },
                new() { Name = "kappa", Description = "How much LCB counts that the result of a trial is uncertain.", Default = 1.96, Minimum = 0 },
                new() { Name = "xi", Description = "The improvement that EI and PI seek, as a part of how far the best quarter of the results goes up from the best.", Default = 0.05, Minimum = 0 },
                new()
                {
                    Name = "noise",
                    Description = "The variance of what chance adds to results, or gaussian to find it from them.",
                    Default = "gaussian",
                    Choices = ["gaussian"],
                    Minimum = 0,
                },
                PrevTrials,
            ],
            Create = (space, settings) => new GpOptimizer(space, settings),
        },
        new()
        {
            Name = "tpe",
            Description = "Tree-structured Parzen estimators: quick to choose, for many trials and many flags.",
            DefaultMaxTrials = DefaultMaxTrials,
            IsSequential = true,
            Options =
            [
                RandomStarts(10),
                new() { Name = "candidates", Description = "How many points are looked at for each trial: more of them stay closer to what was best.", Default = 24L, Minimum = 1 },
                PrevTrials,
            ],
            Create = (space, settings) => new TpeOptimizer(space, settings),
        },
    ];

    private static OptimizerOption PrevTrials => new()
    {
        Name = "prev-trials",
        Description = "Which earlier trials are learned from: those of the batch, with the same source code, or of the same operation.",
        Default = "sourcecode",
        Choices = ["batch", "sourcecode", "operation"],
    };

    /// <summary>The optimizer that is meant when none is named.</summary>
    public static string Default => "gp";

    /// <summary>The optimizer of a name or an alias, or null: then the name may be that of an operation.</summary>
    public static OptimizerAlgorithm? TryFind(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name || algorithm.Aliases.Contains(name));

    /// <summary>The optimizer of a name or an alias.</summary>
    /// <exception cref="RequestException">There is none; the message lists what exists, nearest first.</exception>
    public static OptimizerAlgorithm Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (TryFind(name) is { } algorithm)
        {
            return algorithm;
        }

        if (NotBuilt.Contains(name))
        {
            throw new RequestException(
                $"The optimizer '{name}' of Guild AI is not part of this version. Nearest to it is 'tpe'; 'gp' needs the fewest trials.", name, "Use the optimizer 'tpe' or 'gp'.");
        }

        var known = NearestNames.Sort(name, All.SelectMany(candidate => candidate.Aliases.Prepend(candidate.Name)));
        throw new RequestException($"There is no optimizer '{name}'. These exist: {string.Join(", ", known)}.", name, "Use one of them, or the name of an operation that does the search.");
    }

    private static OptimizerOption RandomStarts(long count) => new()
    {
        Name = "random-starts",
        Description = "How many trials have random values before results are learned from.",
        Default = count,
        Minimum = 0,
    };

    /// <summary>An optimizer that is ready to be asked.</summary>
    /// <exception cref="RequestException">There is none of that name, or an option cannot be used.</exception>
    internal static IOptimizer Create(string name, SearchSpace space, OptimizerSettings settings)
    {
        var algorithm = Find(name);
        return algorithm.Create(space, settings with { Options = OptimizerOptions.Check(algorithm, settings.Options) });
    }
}
