using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Search.Batches;

/// <summary>Plans batches. Every value of every list and row is checked here, so that no trial fails for a value that could have been known to be wrong.</summary>
internal static class BatchPlanner
{
    private static readonly ObjectiveDefinition DefaultObjective = new("loss", IsMaximized: false);

    /// <summary>Plans a request that has trials, or asks for something that only a batch has; it can still be one of a single run.</summary>
    public static OperationPlan PlanAny(RunRequest request, EngineContext context, CancellationToken cancellation)
    {
        var search = request.Search ?? new SearchRequest();
        BatchRequestCheck.Require(search);
        List<Trial> rows = [.. request.TrialFiles.SelectMany(TrialFile.Read), .. search.Rows];

        // One row of a file is a plain run with its values.
        if (rows.Count == 1 && search.Rows.Count == 0)
        {
            request = request with { Flags = [.. rows[0].Flags, .. request.Flags], TrialFiles = [] };
            rows = [];
        }

        request = request with { Search = search };
        if (rows.Count > 0)
        {
            return Plan(BindWithRows(request, context, cancellation), rows, context, cancellation);
        }

        var bound = Planner.Bind(request, context, cancellation);
        if (search.Optimizer is not null || search.UsesDefaultOptimizer || SearchFlags.AreSearched(bound.Operation, bound.Flags))
        {
            return Plan(bound, [], context, cancellation);
        }

        var plan = Planner.Complete(bound, context, cancellation);
        return plan with { Warnings = [.. plan.Warnings, .. BatchRequestCheck.Unused(search)] };
    }

    /// <summary>Plans a batch.</summary>
    public static BatchPlan Plan(BoundRequest bound, IReadOnlyList<Trial> rows, EngineContext context, CancellationToken cancellation)
    {
        if (bound.Operation.IsPipeline)
        {
            throw new RequestException(
                $"Operation '{bound.Operation.FullName}' is a pipeline, and this version makes no trials of pipelines.",
                bound.Operation.FullName,
                "Give several values to the flags of a step in the Guild file, as in 'run: train lr=[0.1,0.2]', or run the pipeline once for each value.");
        }

        var search = bound.Request.Search ?? new SearchRequest();
        var optimizer = OptimizerChoice.Of(bound, search, rows.Count > 0, context, cancellation);
        if (rows.Count > 0 && optimizer.Kind != OptimizerKind.Grid)
        {
            throw new RequestException(
                $"Rows of trials are run as they are, and the optimizer '{optimizer.Name}' would choose others.", optimizer.Name, "Leave out the optimizer, or give lists and ranges for the flags instead of rows.");
        }

        if (optimizer.Operation is { Operation.CanStageTrials: false } && search.StagesTrials)
        {
            throw new RequestException($"Operation '{optimizer.Name}' cannot stage trials.", optimizer.Name, "Run them, or give the operation 'can-stage-trials: yes' in the Guild file if it can.");
        }

        var isEncoded = optimizer.Kind is OptimizerKind.Random or OptimizerKind.Sequential;
        var flags = isEncoded ? bound.Flags with { Values = SearchFlags.Encode(bound.Operation, bound.Flags) } : bound.Flags;
        flags = flags with { Values = WithReferences(bound, flags.Values) };
        var boundRows = Rows(bound, flags, rows, context);
        var prototype = Planner.Complete(bound with { Flags = flags }, context, cancellation);
        var plan = new BatchPlan
        {
            Prototype = prototype,
            Search = search,
            Optimizer = optimizer,
            TrialCount = 0,
            Objective = ObjectiveOf(search, bound.Operation),
            MaxTrials = search.MaxTrials ?? (optimizer.Operation is { } operation ? operation.Operation.DefaultMaxTrials : OptimizerAlgorithms.Find(optimizer.Name).DefaultMaxTrials),
            RandomSeed = search.RandomSeed ?? Random.Shared.Next(),
            ThrottleLimit = DevicePool.Limit(search, bound.Request.Gpus),
            Warnings = [.. prototype.Warnings, .. optimizer.Operation?.Warnings ?? []],
            Rows = boundRows,
            Order = search.KeepsFlagOrder ? OrderOf(bound) : [],
        };
        return optimizer.Kind == OptimizerKind.Operation ? plan with { TrialCount = plan.MaxTrials ?? 0 } : WithTrials(plan, context);
    }

    /// <summary>What the trials of a plan are chosen from.</summary>
    public static TrialSource SourceOf(BatchPlan plan) => new()
    {
        Algorithm = OptimizerAlgorithms.Find(plan.Optimizer.Name),
        Flags = plan.Prototype.Flags.Values,
        UserFlags = plan.Prototype.Flags.UserValues,
        Rows = plan.Rows,
        Order = plan.Order,
        Definitions = plan.Prototype.Operation.Flags,
        Options = plan.Optimizer.Flags,
        Seed = plan.RandomSeed,
        MaxTrials = plan.MaxTrials,
    };

    private static BatchPlan WithTrials(BatchPlan plan, EngineContext context)
    {
        var source = SourceOf(plan);
        var count = source.Open().Count;
        var trials = plan.Optimizer.Kind == OptimizerKind.Sequential
            ? null
            : new PlannedTrialList(
                source,
                BatchSettings.FlagsOf(plan),
                (int)count,
                Planner.LabelTemplateOf(plan.Prototype.Request, plan.Prototype.Operation),
                context.WorkingDirectory);
        return plan with { TrialCount = count, Trials = trials };
    }

    // What the rows bring can be missing from the request itself, so only rows are held to what the operation demands.
    private static BoundRequest BindWithRows(RunRequest request, EngineContext context, CancellationToken cancellation)
    {
        var bound = Planner.Bind(request with { ForcesFlags = true }, context, cancellation);
        return bound with { Request = request, Flags = bound.Flags with { IsForced = request.ForcesFlags } };
    }

    private static List<IReadOnlyDictionary<string, object?>> Rows(BoundRequest bound, BoundFlags flags, IReadOnlyList<Trial> rows, EngineContext context)
    {
        var result = new List<IReadOnlyDictionary<string, object?>>(rows.Count);
        var problems = new List<FlagProblem>();
        string? advice = null;
        for (var i = 0; i < rows.Count; i++)
        {
            try
            {
                var values = FlagBinder.Bind(bound.Operation, [.. rows[i].Flags, .. bound.Given.Flags], Planner.BindingOptions(bound.Request, context));
                result.Add(Row(values, flags));
            }
            catch (FlagException error)
            {
                var number = i + 1;
                advice = error.RecommendedAction;
                problems.AddRange(error.Problems.Select(problem => problem with { Message = $"Trial {number}: {problem.Message}", Trial = number }));
            }
        }

        return problems.Count == 0 ? result : throw new FlagException(problems, advice);
    }

    // All that is not so without the row: what it says, and what a choice in it brings.
    private static SortedList<string, object?> Row(BoundFlags row, BoundFlags common)
    {
        var result = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in row.Values)
        {
            if (!common.UserValues.ContainsKey(name) && (!common.Values.TryGetValue(name, out var usual) || !FlagValues.AreEqual(usual, value)))
            {
                result[name] = value;
            }
        }

        return result;
    }

    // A flag that refers to one with many values has, in each trial, that trial's value.
    private static SortedList<string, object?> WithReferences(BoundRequest bound, IReadOnlyDictionary<string, object?> values)
    {
        var result = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            result[name] = value;
        }

        var templates = bound.Operation.Flags.Where(flag => !flag.IsSecret).Select(flag => KeyValuePair.Create(flag.Name, RawOf(flag, bound))).Where(raw => FlagReferences.HasReference(raw.Value)).ToList();
        var many = values.Where(flag => IsMany(flag.Value) && templates.TrueForAll(raw => raw.Key != flag.Key)).Select(flag => flag.Key).ToHashSet(StringComparer.Ordinal);

        // What refers to a flag that refers to one with many values has many, too.
        for (var isChanged = many.Count > 0; isChanged;)
        {
            isChanged = false;
            foreach (var (name, raw) in templates)
            {
                if (!many.Contains(name) && FlagReferences.Names(raw!).Any(many.Contains))
                {
                    isChanged = many.Add(name);
                    result[name] = raw;
                }
            }
        }

        return result;
    }

    private static string? RawOf(FlagDefinition flag, BoundRequest bound) => bound.Given.Flags.LastOrDefault(given => given.Key == flag.Name || given.Key == flag.Alias) switch
    {
        { Key: null } => flag.Default as string,
        { Value: FlagText text } => text.Text,
        { Value: FlagValue { Value: string text } } => text,
        _ => null,
    };

    private static bool IsMany(object? value) => value is IReadOnlyList<object?> || (value is string text && FlagFunctions.IsSearchSpace(text));

    private static IReadOnlyList<string> OrderOf(BoundRequest bound) =>
    [
        .. bound.Given.Flags
            .Select(given => bound.Operation.Flags.FirstOrDefault(flag => flag.Name == given.Key || flag.Alias == given.Key)?.Name ?? given.Key)
            .Distinct(StringComparer.Ordinal),
    ];

    private static ObjectiveDefinition ObjectiveOf(SearchRequest search, OperationDefinition operation)
    {
        var objective = search.Objective ?? operation.Objective ?? DefaultObjective;
        ObjectiveColumn.Parse(objective);
        return objective;
    }
}
