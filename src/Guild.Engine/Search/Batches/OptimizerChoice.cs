using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Finds the optimizer that a request means, with its flags.</summary>
internal static class OptimizerChoice
{
    // The version of Guild AI whose form the record has.
    private const string GuildVersion = "0.9.1";

    /// <exception cref="RequestException">There is no such optimizer, or no default one, or a flag of it cannot be used.</exception>
    public static BatchOptimizer Of(BoundRequest bound, SearchRequest search, bool hasRows, EngineContext context, CancellationToken cancellation)
    {
        var operation = bound.Operation;
        var definition = Definition(operation, search);
        var name = definition?.Algorithm ?? search.Optimizer ?? (search.UsesDefaultOptimizer ? OptimizerAlgorithms.Default : Implied(bound, hasRows));
        if (OptimizerAlgorithms.TryFind(name) is { } algorithm)
        {
            return BuiltIn(algorithm, definition, search);
        }

        return ByOperation(name, definition, bound, search, context, cancellation) ?? throw Unknown(name, operation);
    }

    /// <summary>The module of Guild AI that carries the batch out when Guild AI starts it again.</summary>
    public static string ModuleOf(BatchOptimizer optimizer) => optimizer.OpRef.OperationName switch
    {
        "+" => "guild.batch_main",
        "gp" => "guild.plugins.skopt_gp_main",

        // Guild AI has no other algorithm of these. Those of its own that search need flags which are not in the record; the one that draws at random needs none.
        _ => "guild.plugins.random_main",
    };

    private static string Implied(BoundRequest bound, bool hasRows) =>
        !hasRows && SearchFlags.HaveSpace(bound.Operation, bound.Flags) && !HasMixedList(bound) ? "random" : "grid";

    // A list with a space in it is nothing that can be drawn from as a whole.
    private static bool HasMixedList(BoundRequest bound) =>
        bound.Flags.Values.Values.OfType<IReadOnlyList<object?>>().Any(list => list.Any(item => item is string text && FlagFunctions.IsSearchSpace(text)));

    private static OptimizerDefinition? Definition(OperationDefinition operation, SearchRequest search)
    {
        if (search.Optimizer is { } name)
        {
            return operation.Optimizers.FirstOrDefault(optimizer => optimizer.Name == name);
        }

        if (!search.UsesDefaultOptimizer || operation.Optimizers.Count == 0)
        {
            return null;
        }

        return operation.DefaultOptimizer ?? (operation.Optimizers is [var only] ? only : throw new RequestException(
            $"Operation '{operation.FullName}' has the optimizers {string.Join(", ", operation.Optimizers.Select(o => $"'{o.Name}'"))}, and none of them is its default.",
            operation.FullName,
            "Name one with -Optimizer (--optimizer), or mark one with 'default: yes' in the Guild file."));
    }

    private static BatchOptimizer BuiltIn(OptimizerAlgorithm algorithm, OptimizerDefinition? definition, SearchRequest search)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (flag, input) in search.OptimizerFlags)
        {
            given[flag] = input switch
            {
                FlagText { Text: var text } => FlagGrammar.Decode(text),
                FlagValue { Value: var value } => FlagValues.Normalize(value),
                _ => throw new RequestException($"The option '{flag}' of an optimizer cannot be a secret.", flag, "Give plain text or a number."),
            };
        }

        var asked = new Dictionary<string, object?>(definition?.Flags ?? new Dictionary<string, object?>(), StringComparer.Ordinal);
        foreach (var (flag, value) in given)
        {
            asked[flag] = value;
        }

        // Whoever gives a seed wants the same trials again, whatever other runs have come about in between.
        if (search.RandomSeed is not null && algorithm.Options.Any(option => option.Name == PriorTrials.Option))
        {
            asked.TryAdd(PriorTrials.Option, PriorTrials.OwnOnly);
        }

        var isGrid = algorithm.Name == "grid";
        return new BatchOptimizer
        {
            Name = algorithm.Name,
            Kind = isGrid ? OptimizerKind.Grid : algorithm.IsSequential ? OptimizerKind.Sequential : OptimizerKind.Random,
            OpRef = new OpRef(OpRef.BuiltinType, "guildai", GuildVersion, isGrid ? "" : "skopt", isGrid ? "+" : algorithm.Name),
            Flags = OptimizerOptions.Check(algorithm, asked),
            UserFlags = given,
        };
    }

    private static BatchOptimizer? ByOperation(
        string name, OptimizerDefinition? definition, BoundRequest bound, SearchRequest search, EngineContext context, CancellationToken cancellation)
    {
        if (NearestOf(name) is not null || Find(bound.Request.Project, name) is not { } operation)
        {
            return null;
        }

        var plan = Planner.Plan(
            new RunRequest
            {
                Project = bound.Request.Project,
                Operation = operation.FullName,
                Flags =
                [
                    .. (definition?.Flags ?? new Dictionary<string, object?>())
                        .Where(flag => search.OptimizerFlags.All(given => given.Key != flag.Key))
                        .Select(flag => KeyValuePair.Create(flag.Key, (FlagInput)new FlagValue(flag.Value))),
                    .. search.OptimizerFlags,
                ],
                Label = search.BatchLabel,
                Tags = search.BatchTags,
                Comment = search.BatchComment,
                RunDirectory = bound.Request.RunDirectory,
            },
            context,
            cancellation);
        return new BatchOptimizer
        {
            Name = plan.FullName,
            Kind = OptimizerKind.Operation,
            OpRef = plan.OpRef,
            Flags = plan.Flags.Values,
            UserFlags = plan.Flags.UserValues,
            Operation = plan,
        };
    }

    private static OperationDefinition? Find(Project project, string name)
    {
        try
        {
            return OperationResolver.Resolve(project, name);
        }
        catch (NameNotFoundException)
        {
            return null;
        }
    }

    private static string? NearestOf(string name) => name is "forest" or "skopt:forest" or "gbrt" or "skopt:gbrt" ? "tpe" : null;

    private static RequestException Unknown(string name, OperationDefinition operation)
    {
        if (NearestOf(name) is { } nearest)
        {
            return new RequestException(
                $"The optimizer '{name}' is Guild AI's own and is not built in here.", name, $"Use '{nearest}', which also learns which values do well, or 'gp', which needs the fewest trials.");
        }

        var known = NearestNames.Sort(
            name,
            operation.Optimizers.Select(optimizer => optimizer.Name).Concat(OptimizerAlgorithms.All.SelectMany(algorithm => algorithm.Aliases.Prepend(algorithm.Name))).Distinct(StringComparer.Ordinal));
        return new RequestException($"There is no optimizer '{name}'. These exist, nearest first: {string.Join(", ", known)}.", name, "Use one of them, or the name of an operation of the project that does the search.");
    }
}
