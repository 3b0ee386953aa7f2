using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Lists the resources that a project and installed packages define, or what there is of each of their sources.</summary>
[Cmdlet(VerbsCommon.Get, "GuildResource", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildResource), typeof(GuildResourceStatus))]
public sealed class GetGuildResourceCommand : DefinitionCommand
{
    /// <summary>Names to list, with or without the model; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(PSCustomObject))]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Also lists private resources.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives what there is of each source instead: whether it is in the cache, how large it is, and where.</summary>
    [Parameter]
    public SwitchParameter Status { get; set; }

    private protected override string[]? Names => Name;

    private protected override NameKind Kind => NameKind.Resource;

    private protected override IEnumerable<string> List(Project project)
    {
        var all = project.Models.SelectMany(m => m.Resources.Select(r => (Resource: new GuildResource(project, m, r), Model: m, Definition: r))).ToList();
        foreach (var (resource, model, definition) in all.Where(r => (!r.Definition.IsPrivate || Force || Name is not null) && IsMeant(Name, NamesOf(r.Resource))))
        {
            if (Status)
            {
                WriteStatus(project, model, definition, resource);
            }
            else
            {
                WriteObject(resource);
            }
        }

        return all.SelectMany(r => NamesOf(r.Resource));
    }

    private static string[] NamesOf(GuildResource resource) => resource.Package is { } package
        ? [resource.FullName, resource.FullName[(package.Length + 1)..], resource.Name]
        : [resource.FullName, resource.Name];

    private void WriteStatus(Project project, ModelDefinition model, ResourceDefinition definition, GuildResource resource)
    {
        var context = EngineContext;
        foreach (var status in SourceStatus.Of(project, model, definition, context, StopToken))
        {
            WriteObject(new GuildResourceStatus(project, resource, status, context.Time.GetUtcNow()));
        }
    }
}
