using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Commands;

/// <summary>Waits until runs have ended, whoever started them, and gives each when it has.</summary>
[Cmdlet(VerbsLifecycle.Wait, "GuildRun", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(GuildRun))]
public sealed class WaitGuildRunCommand : RunCommand
{
    private readonly List<GuildRun> _waiting = [];
    private RunStore? _store;

    /// <summary>Waits for the first of the runs only.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>How long to wait at most; for ever if left out.</summary>
    [Parameter]
    [NumbersAreSeconds]
    [TimeLimit]
    public TimeSpan Timeout { get; set; } = TimeSpan.MaxValue;

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (run.Record.Status == RunStatus.Staged)
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} is staged and not started, so waiting for its end would have no end.", "Start it with Start-GuildRun (guild run --start).");
        }

        _store = store;
        _waiting.Add(run);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var wait = new RunWait();
        var began = TimeProvider.System.GetTimestamp();
        var left = _waiting.DistinctBy(run => run.Path, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var hasEnded = left.Find(run => !wait.GoesOn(run.Record.Directory));
            if (hasEnded is not null)
            {
                left.Remove(hasEnded);
                ForItem(hasEnded, () => WriteObject(Reread(_store!, hasEnded)));
                wait.Hurry();
                if (Any)
                {
                    return;
                }

                continue;
            }

            var time = Timeout - TimeProvider.System.GetElapsedTime(began);
            if (time <= TimeSpan.Zero)
            {
                break;
            }

            wait.Pause(time, StopToken);
        }

        if (left.Count > 0)
        {
            WriteVerbose($"The time is up, and {string.Join(", ", left.Select(run => run.ShortId))} goes on.");
        }
    }
}
