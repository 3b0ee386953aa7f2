using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Lists the models of a project.</summary>
[Cmdlet(VerbsCommon.Get, "GuildModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildModel))]
public sealed class GetGuildModelCommand : ProjectCommand
{
    /// <summary>Names to list; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(PSCustomObject))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Also lists models whose names start with an underscore.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessProject(Project project)
    {
        foreach (var model in project.Models)
        {
            var isPrivate = model.Name.StartsWith('_') && !Force && Name is null;
            if (!isPrivate && IsMeant(Name, model.Name))
            {
                WriteObject(new GuildModel(project, model));
            }
        }

        ReportUnmatched(Name, [.. project.Models.Select(m => m.Name)], NameKind.Model, project);
    }
}
