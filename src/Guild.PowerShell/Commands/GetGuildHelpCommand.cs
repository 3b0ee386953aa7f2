using System.Management.Automation;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Gets help on a project, a model, an operation or an installed package, from what the Guild file says.</summary>
[Cmdlet(VerbsCommon.Get, "GuildHelp", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GuildHelp))]
public sealed class GetGuildHelpCommand : ProjectCommand
{
    /// <summary>An operation, a script, a model or an installed package; the whole project if left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(PSCustomObject))]
    [Alias("Operation")]
    [ArgumentCompleter(typeof(HelpNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private protected override Project Opened(string folder) => Project.OpenAbout(folder, Name ?? "", Session.Packages);

    private protected override void ProcessProject(Project project) =>
        WriteObject(HelpText.Of(Imported(project, operation => HelpText.IsAbout(project, Name, operation)), Name));
}
