using System.Management.Automation;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Commands;

/// <summary>Gets what the program of a run printed, line by line.</summary>
[Cmdlet(VerbsCommon.Get, "GuildRunOutput", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(GuildOutputLine))]
public sealed class GetGuildRunOutputCommand : RunCommand
{
    /// <summary>Only the last lines, this many.</summary>
    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = int.MaxValue;

    /// <summary>Only lines of this stream.</summary>
    [Parameter]
    public GuildStreamKind? Stream { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var directory = run.Record.Directory;
        var lines = Tail == int.MaxValue ? OutputReader.Read(directory) : OutputReader.Tail(directory, Tail);
        foreach (var line in lines)
        {
            StopToken.ThrowIfCancellationRequested();
            var item = new GuildOutputLine(run.Id, line);
            if (Stream is null || item.Stream == Stream)
            {
                WriteObject(item);
            }
        }
    }
}
