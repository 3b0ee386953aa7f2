using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>All ways in which one part of a file stands for another: <c>extends</c>, <c>params</c>, <c>operation-defaults</c> and <c>$include</c>.</summary>
internal sealed class Expansion
{
    private readonly Findings _findings;
    private readonly Inheritance _inheritance;
    private readonly ExpansionBudget _budget;

    /// <param name="items">The items of the file, as they are written.</param>
    /// <param name="findings">Where what is wrong is reported.</param>
    public Expansion(IEnumerable<YamlMapping> items, Findings findings)
    {
        var index = new FileItems(items);
        _findings = findings;
        _budget = new(findings);
        _inheritance = new(index, _budget, findings);
        Includes = new(index, _budget, findings);
    }

    /// <summary>What <c>$include</c> refers to.</summary>
    public SectionIncludes Includes { get; }

    /// <summary>The model with what it extends and with its parameters replaced.</summary>
    public YamlMapping Complete(YamlMapping model)
    {
        var completed = Parameters.Apply(_inheritance.Complete(model), _findings);
        return ReferenceEquals(completed, model) || _budget.TrySpend(completed) ? completed : model;
    }

    /// <summary>The operation as a mapping with its model's defaults, or null if it is neither text nor a mapping.</summary>
    public YamlMapping? Complete(YamlNode operation, YamlNode? defaults)
    {
        var completed = OperationDefaults.Apply(operation, defaults);
        return completed is null || defaults is null || _budget.TrySpend(completed) ? completed : OperationDefaults.Apply(operation, null);
    }
}
