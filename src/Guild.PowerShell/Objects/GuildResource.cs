using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.PowerShell;

/// <summary>A resource that a project defines: files that operations need.</summary>
public sealed class GuildResource
{
    internal GuildResource(Project project, ModelDefinition model, ResourceDefinition resource)
    {
        Name = resource.Name;
        Model = model.Name;
        Package = project.Package?.Name;
        FullName = (Package is null ? "" : $"{Package}/") + (model.Name.Length == 0 ? resource.Name : $"{model.Name}:{resource.Name}");
        Description = resource.Description;
        Sources = [.. resource.Sources.Select(s => new GuildSource(s))];
        TargetPath = resource.TargetPath;
        RequiredBy = [.. model.Operations.Where(o => o.Requires.Any(r => r.Spec == resource.Name)).Select(project.NameOf)];
        References = [.. resource.References];
        ProjectPath = project.Directory;
    }

    /// <summary>The name without its model.</summary>
    public string Name { get; }

    /// <summary>The model that defines it; empty for the model without a name.</summary>
    public string Model { get; }

    /// <summary>The installed package that defines it, or null.</summary>
    public string? Package { get; }

    /// <summary>The name with its model, and for that of an installed package with the package.</summary>
    public string FullName { get; }

    /// <summary>What it is.</summary>
    public string Description { get; }

    /// <summary>Where its files come from.</summary>
    public GuildSource[] Sources { get; }

    /// <summary>The folder of the run directory that its files go to; null for the run directory itself.</summary>
    public string? TargetPath { get; }

    /// <summary>The operations of the model that require it.</summary>
    public string[] RequiredBy { get; }

    /// <summary>Web addresses to read on.</summary>
    public string[] References { get; }

    /// <summary>The folder of the project, or of the package's Guild file.</summary>
    public string ProjectPath { get; }

    /// <summary>The name with its model.</summary>
    public override string ToString() => FullName;
}

/// <summary>A source of a resource.</summary>
public sealed class GuildSource
{
    internal GuildSource(SourceDefinition source)
    {
        Uri = source.Uri;
        Kind = source.Kind.ToString().ToLowerInvariant();
        Name = source.Name;
        Sha256 = source.Sha256;
        Select = [.. source.Select.Select(s => s.Pattern)];
    }

    /// <summary>The source as records name it, such as <c>file:data.csv</c> or <c>operation:train</c>.</summary>
    public string Uri { get; }

    /// <summary>What kind it is: file, url, module, operation or config.</summary>
    public string Kind { get; }

    /// <summary>Its own name, or null.</summary>
    public string? Name { get; }

    /// <summary>The SHA-256 that it must have, or null.</summary>
    public string? Sha256 { get; }

    /// <summary>The patterns of the files that are taken; empty for all.</summary>
    public string[] Select { get; }

    /// <summary>The source as records name it.</summary>
    public override string ToString() => Uri;
}
