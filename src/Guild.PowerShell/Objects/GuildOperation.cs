using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.PowerShell;

/// <summary>An operation that a project declares: something that can be run.</summary>
public sealed class GuildOperation
{
    internal GuildOperation(Project project, OperationDefinition operation)
    {
        Name = operation.Name;
        Model = operation.ModelName;
        Package = project.Package?.Name ?? project.File.Package?.Name;
        FullName = project.NameOf(operation);
        Description = operation.Description;
        Main = operation.Main;
        Exec = operation.Exec;
        Flags = [.. operation.Flags.Select(f => new GuildFlag(f))];
        Requires = [.. operation.Requires.Select(r => r.Spec ?? r.Inline?.Name ?? "")];
        Steps = [.. (operation.Steps ?? []).Select(s => new GuildStep(s))];
        Optimizers = [.. operation.Optimizers.Select(o => new GuildOptimizer(o))];
        Objective = operation.Objective?.ToString();
        IsDefault = operation.IsDefault;
        ProjectPath = project.Directory;
    }

    /// <summary>The name without its model.</summary>
    public string Name { get; }

    /// <summary>The model; empty for the model without a name.</summary>
    public string Model { get; }

    /// <summary>The installed package that it is of, or the package that the project makes; null for none.</summary>
    public string? Package { get; }

    /// <summary>The name with its model, as in <c>mlp:train</c>, and for that of an installed package with the package.</summary>
    public string FullName { get; }

    /// <summary>What the operation does.</summary>
    public string Description { get; }

    /// <summary>The Python module, or the .py or .ps1 file, that it runs; null if it runs a command.</summary>
    public string? Main { get; }

    /// <summary>The command that it runs, or null.</summary>
    public string? Exec { get; }

    /// <summary>Its flags.</summary>
    public GuildFlag[] Flags { get; }

    /// <summary>The names of the resources that it requires.</summary>
    public string[] Requires { get; }

    /// <summary>The steps of a pipeline; empty if it is none.</summary>
    public GuildStep[] Steps { get; }

    /// <summary>Its optimizers.</summary>
    public GuildOptimizer[] Optimizers { get; }

    /// <summary>The scalar that searches minimize, or with <c>-</c> before it maximize; null if the Guild file does not say it.</summary>
    public string? Objective { get; }

    /// <summary>True if it is meant when no operation is named.</summary>
    public bool IsDefault { get; }

    /// <summary>The folder of the project, or of the package's Guild file.</summary>
    public string ProjectPath { get; }

    /// <summary>The name with its model.</summary>
    public override string ToString() => FullName;
}
