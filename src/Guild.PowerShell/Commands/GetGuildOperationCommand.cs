using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Lists the operations of a project and of installed packages.</summary>
[Cmdlet(VerbsCommon.Get, "GuildOperation", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildOperation))]
public sealed class GetGuildOperationCommand : DefinitionCommand
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

    private protected override string[]? Names => Name;

    private protected override NameKind Kind => NameKind.Operation;

    private protected override IEnumerable<string> List(Project project)
    {
        bool IsListed(OperationDefinition operation) => IsOpen(operation) && IsMeant(Name, NamesOf(project, operation));

        // To list what is installed must not read, or even run, the scripts of every package.
        var isAskedFor = project.Package is null || Name is not null || Package is not null;
        foreach (var operation in (isAskedFor ? Imported(project, IsListed) : project).Operations.Where(IsListed))
        {
            WriteObject(new GuildOperation(project, operation));
        }

        return project.Operations.SelectMany(operation => NamesOf(project, operation));
    }

    private bool IsOpen(OperationDefinition operation) => Force || Name is not null || !operation.Name.StartsWith('_');

    private static string[] NamesOf(Project project, OperationDefinition operation) => [project.NameOf(operation), operation.FullName, operation.Name];
}
