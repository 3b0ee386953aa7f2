using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.PowerShell.Streams;

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

    /// <summary>Goes on with what is printed from now on, until the run has ended.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        foreach (var line in (Wait ? Live(run.Record.Directory) : Lines(run.Record.Directory)).Select(l => new GuildOutputLine(run.Id, l)))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(line);
        }
    }

    private IEnumerable<OutputLine> Lines(RunDirectory directory)
    {
        if (Stream is null)
        {
            return Tail == int.MaxValue ? OutputReader.Read(directory) : OutputReader.Tail(directory, Tail);
        }

        // The last lines of one stream can lie anywhere in the record.
        var lines = OutputReader.Read(directory).Where(IsWanted);
        return Tail == int.MaxValue ? lines : lines.TakeLast(Tail);
    }

    private IEnumerable<OutputLine> Live(RunDirectory directory) => new LiveOutput(directory, StopToken) { Tail = Tail, IsWanted = IsWanted }.Lines();

    private bool IsWanted(OutputLine line) => Stream is not { } stream || line.Stream == (stream == GuildStreamKind.Error ? OutputStreamKind.Error : OutputStreamKind.Output);
}
