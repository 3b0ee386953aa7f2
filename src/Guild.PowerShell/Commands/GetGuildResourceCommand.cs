using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Lists the resources that a project defines.</summary>
[Cmdlet(VerbsCommon.Get, "GuildResource", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildResource))]
public sealed class GetGuildResourceCommand : ProjectCommand
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

    private protected override void ProcessProject(Project project)
    {
        var all = project.Models.SelectMany(m => m.Resources.Select(r => (Resource: new GuildResource(project, m, r), r.IsPrivate))).ToList();
        foreach (var (resource, isPrivate) in all)
        {
            if ((!isPrivate || Force || Name is not null) && IsMeant(Name, resource.Name, resource.FullName))
            {
                WriteObject(resource);
            }
        }

        ReportUnmatched(Name, [.. all.SelectMany(r => new[] { r.Resource.FullName, r.Resource.Name }).Distinct(StringComparer.Ordinal)], NameKind.Resource, project);
    }
}
