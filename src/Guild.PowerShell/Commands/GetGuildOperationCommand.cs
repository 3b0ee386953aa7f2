using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Lists the operations of a project.</summary>
[Cmdlet(VerbsCommon.Get, "GuildOperation", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildOperation))]
public sealed class GetGuildOperationCommand : ProjectCommand
{
    /// <summary>Names to list, with or without the model; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(PSCustomObject))]
    [ArgumentCompleter(typeof(OperationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Also lists operations whose names start with an underscore.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessProject(Project project)
    {
        foreach (var operation in Imported(project, IsListed).Operations.Where(IsListed))
        {
            WriteObject(new GuildOperation(project, operation));
        }

        ReportUnmatched(Name, [.. project.Operations.SelectMany(o => new[] { o.FullName, o.Name }).Distinct(StringComparer.Ordinal)], NameKind.Operation, project);
    }

    private bool IsListed(OperationDefinition operation)
    {
        var isPrivate = operation.Name.StartsWith('_') && !Force && Name is null;
        return !isPrivate && IsMeant(Name, operation.Name, operation.FullName);
    }
}
