using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Lists the models of a project and of installed packages.</summary>
[Cmdlet(VerbsCommon.Get, "GuildModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildModel))]
public sealed class GetGuildModelCommand : DefinitionCommand
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

    private protected override string[]? Names => Name;

    private protected override NameKind Kind => NameKind.Model;

    private protected override IEnumerable<string> List(Project project)
    {
        foreach (var model in project.Models)
        {
            var isPrivate = model.Name.StartsWith('_') && !Force && Name is null;
            if (!isPrivate && IsMeant(Name, NamesOf(project, model)))
            {
                WriteObject(new GuildModel(project, model));
            }
        }

        return project.Models.SelectMany(model => NamesOf(project, model));
    }

    private static string[] NamesOf(Project project, ModelDefinition model) =>
        project.Package is null ? [model.Name] : [$"{project.Package.Name}/{model.Name}", model.Name];
}
