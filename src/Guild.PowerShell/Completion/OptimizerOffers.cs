using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Search;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for an optimizer and for its flags.</summary>
internal static class OptimizerOffers
{
    /// <summary>The operation's own optimizers first, then those that are built in, then operations of the project that make trials.</summary>
    public static IEnumerable<Offer> Of(Project? project, OperationDefinition? operation)
    {
        var own = (operation?.Optimizers ?? []).Select(o => new Offer(o.Name, o.Algorithm == o.Name ? $"Optimizer of {operation!.FullName}." : $"Optimizer of {operation!.FullName}: {o.Algorithm}."));
        var built = OptimizerAlgorithms.All.Select(a => new Offer(a.Name, a.Description));
        var operations = (project?.Operations ?? []).Where(o => o.CanStageTrials || o.DefaultMaxTrials is not null).Select(o => new Offer(o.FullName, ViewText.FirstLine(o.Description)));
        return own.Concat(built).Concat(operations).DistinctBy(o => o.Word);
    }

    /// <summary>The flags of the optimizer that a name means; of the default one for null.</summary>
    public static IReadOnlyList<OptimizerOption> Options(string? name, OperationDefinition? operation)
    {
        var definition = name is null ? operation?.DefaultOptimizer : operation?.Optimizers.FirstOrDefault(o => o.Name == name);
        return OptimizerAlgorithms.TryFind(definition?.Algorithm ?? name ?? OptimizerAlgorithms.Default)?.Options ?? [];
    }

    /// <summary>The same as keys of a hashtable; null where there are none.</summary>
    public static IReadOnlyList<TableKey>? Keys(string? name, OperationDefinition? operation) =>
        TableParameter.Options(Options(name, operation).Select(o => (o.Name, o.Default?.GetType() ?? typeof(object)))) is { Count: > 0 } keys ? keys : null;

    /// <summary>The same as words: names, and behind a name with its equals sign the values.</summary>
    public static IEnumerable<Offer> Assignments(string? name, OperationDefinition? operation, string typed)
    {
        var options = Options(name, operation);
        var equals = typed.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return options.Select(o => new Offer(o.Name + "=", o.Description));
        }

        var lead = typed[..(equals + 1)];
        var option = options.FirstOrDefault(o => o.Name == typed[..equals]);
        var values = option?.Choices.Count > 0 ? option.Choices : option?.Default is { } value ? [Engine.Flags.FlagGrammar.Encode(value)] : [];
        return values.Select(v => new Offer(lead + v, option!.Description, v));
    }
}
