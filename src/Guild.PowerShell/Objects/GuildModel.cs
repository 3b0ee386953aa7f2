using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.PowerShell;

/// <summary>A model that a project declares.</summary>
public sealed class GuildModel
{
    internal GuildModel(Project project, ModelDefinition model)
    {
        Name = model.Name;
        Package = project.Package?.Name ?? project.File.Package?.Name;
        FullName = Package is null ? Name : $"{Package}/{Name}";
        Description = model.Description;
        IsDefault = model.IsDefault;
        Operations = [.. model.Operations.Select(o => o.Name)];
        Resources = [.. model.Resources.Select(r => r.Name)];
        References = [.. model.References];
        ProjectPath = project.Directory;
    }

    /// <summary>The name; empty for the model without a name.</summary>
    public string Name { get; }

    /// <summary>The installed package that it is of, or the package that the project makes; null for none.</summary>
    public string? Package { get; }

    /// <summary>The name with the package, if there is one.</summary>
    public string FullName { get; }

    /// <summary>What the model is.</summary>
    public string Description { get; }

    /// <summary>True if it is meant when no model is named.</summary>
    public bool IsDefault { get; }

    /// <summary>The names of its operations.</summary>
    public string[] Operations { get; }

    /// <summary>The names of its resources.</summary>
    public string[] Resources { get; }

    /// <summary>Web addresses to read on.</summary>
    public string[] References { get; }

    /// <summary>The folder of the project, or of the package's Guild file.</summary>
    public string ProjectPath { get; }

    /// <summary>The name.</summary>
    public override string ToString() => FullName;
}
