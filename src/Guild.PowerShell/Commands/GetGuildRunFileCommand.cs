using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Gets the files of runs, with where each comes from; or the room that runs take.</summary>
[Cmdlet(VerbsCommon.Get, "GuildRunFile", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(GuildRunFile), typeof(GuildRunSize))]
public sealed class GetGuildRunFileCommand : RunPartCommand
{
    /// <summary>File names, or paths in the run; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [Alias("Path")]
    [ArgumentCompleter(typeof(RunFileCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>Only files of these kinds.</summary>
    [Parameter]
    public GuildRunFileKind[]? Kind { get; set; }

    /// <summary>The files of the record too.</summary>
    [Parameter]
    public SwitchParameter IncludeRecord { get; set; }

    /// <summary>What is in linked folders too, and the sizes of linked files.</summary>
    [Parameter]
    public SwitchParameter FollowLink { get; set; }

    /// <summary>One object a run with the room that all its files take, record included.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (Total)
        {
            WriteObject(new GuildRunSize(run.Record, RunSize.Of(run.Record.Directory, StopToken)));
            return;
        }

        var query = new RunFileQuery
        {
            IncludesRecord = IncludeRecord || Kind?.Contains(GuildRunFileKind.Record) == true || Kind?.Contains(GuildRunFileKind.SourceCode) == true,
            FollowsLinks = FollowLink,
        };
        var patterns = Name?.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        foreach (var file in RunFiles.List(run.Record.Directory, query, StopToken).Where(IsFile).Where(IsOfKind))
        {
            if (patterns is null || Array.Exists(patterns, pattern => pattern.IsMatch(file.Path) || pattern.IsMatch(Path.GetFileName(file.Path))))
            {
                WriteObject(new GuildRunFile(run.Record, file));
            }
        }
    }

    // A link to a folder is something that lies in the run; a folder itself is only the way to files.
    private bool IsFile(RunFile file) => !file.IsDirectory || (file.LinkTarget is not null && !FollowLink);

    // Source code of old runs lies in the record.
    private bool IsOfKind(RunFile file) => Kind is null
        ? file.Kind != RunFileKind.Record || IncludeRecord
        : Kind.Any(kind => string.Equals(kind.ToString(), file.Kind.ToString(), StringComparison.Ordinal));
}
