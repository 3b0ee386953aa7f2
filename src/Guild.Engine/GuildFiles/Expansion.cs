using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>All ways in which one part of a file stands for another: <c>extends</c>, <c>params</c>, <c>operation-defaults</c> and <c>$include</c>.</summary>
internal sealed class Expansion
{
    private readonly Findings _findings;
    private readonly LoadedFile _file;
    private readonly Inheritance _inheritance;
    private readonly ExpansionBudget _budget;
    private readonly SectionIncludes _includes;

    /// <param name="file">The file with its items as they are written.</param>
    /// <param name="loader">What reads the Guild files of packages.</param>
    /// <param name="findings">Where what is wrong is reported.</param>
    public Expansion(LoadedFile file, GuildFileLoader loader, Findings findings)
    {
        _file = file;
        _findings = findings;
        _budget = new(findings);
        _inheritance = new(file, loader, _budget, findings);
        _includes = new([file.Index], _budget, findings);
    }

    /// <summary>The model with what it extends and with its parameters replaced.</summary>
    public ExpandedModel Complete(YamlMapping model)
    {
        var inherited = _inheritance.Complete(model);
        var completed = Parameters.Apply(inherited.Item, _findings);
        var item = ReferenceEquals(completed, model) || _budget.TrySpend(completed) ? completed : model;
        var includes = inherited.Packages.Count == 0
            ? _includes
            : new([_file.Index, .. inherited.Packages.Select(p => p.Index)], _budget, _findings);
        return new(item, inherited.Packages, includes);
    }

    /// <summary>The operation as a mapping with its model's defaults, or null if it is neither text nor a mapping.</summary>
    public YamlMapping? Complete(YamlNode operation, YamlNode? defaults)
    {
        var completed = OperationDefaults.Apply(operation, defaults);
        return completed is null || defaults is null || _budget.TrySpend(completed) ? completed : OperationDefaults.Apply(operation, null);
    }
}

/// <summary>A model with what its references stand for.</summary>
/// <param name="Item">The model.</param>
/// <param name="Packages">The Guild files of the packages that it inherits from, nearest first.</param>
/// <param name="Includes">What <c>$include</c> in the model refers to.</param>
internal sealed record ExpandedModel(YamlMapping Item, IReadOnlyList<LoadedFile> Packages, SectionIncludes Includes);
