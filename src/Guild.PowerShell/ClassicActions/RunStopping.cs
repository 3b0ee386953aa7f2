using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild stop</c>.</summary>
internal static class RunStopping
{
    public static int Do(StopRunsCommand command, ClassicSession session)
    {
        var change = new RunChange
        {
            Preview = "You are about to stop the following runs:",
            Question = "Stop {0} run(s)?",
            Default = DefaultAnswer.No,
            Nothing = "Nothing to stop.",
        };
        return change.Do(RunningIfUnnamed(command), session, runs =>
        {
            foreach (var run in runs)
            {
                Stop(run, command, session);
            }
        });
    }

    private static StopRunsCommand RunningIfUnnamed(StopRunsCommand command) => command.Selection.Runs.Count > 0
        ? command
        : command with { Selection = command.Selection with { Filter = command.Selection.Filter with { Statuses = [StatusText.Of(RunStatus.Running)] } } };

    private static void Stop(Run run, StopRunsCommand command, ClassicSession session)
    {
        if (run.Status is not (RunStatus.Running or RunStatus.Pending))
        {
            session.Note($"Run {run.Id} is not running");
            return;
        }

        session.Note($"Stopping {run.Id} (pid {RunRows.ProcessOf(run.Directory)})");
        if (command.ReturnsAtOnce && !command.IsForced)
        {
            RunStop.Ask(run.Directory);
            return;
        }

        // Ctrl-C ends the wait and not the program: it has been asked to end already.
        using var kill = new CancellationTokenSource();
        if (command.IsForced)
        {
            kill.Cancel();
        }

        var stopping = Task.Run(() => RunStop.Stop(run.Directory, command.Timeout, kill.Token));
        stopping.Wait(session.Stop);
        if (stopping.Result == StopResult.Failed)
        {
            throw new RunStateException(run.Id, $"run {run.ShortId} did not stop as expected", "Perhaps it was started by another user.");
        }
    }
}
