using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Execution;

/// <content>Trials of batches, which are carried out as runs are, with what all of them have in common read once.</content>
public sealed partial class OperationRunner
{
    /// <summary>Carries out a trial whose directory is there and is this process's own.</summary>
    internal TrialRun RunTrial(RunDirectory directory, TrialProgram trial, RunOptions options, IEventSink events, CancellationToken stop)
    {
        using var anyStop = AnyOf(options, stop);
        RunOutcome? outcome = null;
        var result = Finish(directory, Work, options, stop);
        return new TrialRun(outcome, result.Fault);

        GuildException? Work()
        {
            anyStop.Token.ThrowIfCancellationRequested();
            var command = RecordedCommand.Of(trial.Plan.Command, trial.Environment, context);
            if (trial.Resources.Count > 0)
            {
                using (var preparation = new RunPreparation(directory, context.Time, anyStop.Token))
                {
                    ResolveRecorded(new RecordedRun(directory, trial.Prototype, trial.Plan.Flags, trial.Resources), command, events, preparation.Stop);
                    preparation.ThrowIfStopped();
                }
            }

            if (options.StagesOnly)
            {
                LeaveStaged(directory, trial);
                return null;
            }

            outcome = Supervise(directory, trial.Plan with { Command = command.Arguments }, command.Environment, trial.Own, options, events, stop);
            return outcome.Error;
        }
    }

    private void LeaveStaged(RunDirectory directory, TrialProgram trial)
    {
        StagedEnvironment.Write(directory, trial.Environment, context.Environment, trial.Own, trial.Plan.Environment);
        MarkAsStaged(directory);
    }
}

/// <summary>What came of a trial.</summary>
/// <param name="Outcome">How its program ended; null if it was not started.</param>
/// <param name="Fault">Why it was not started, or why the record does not say how it ended; null if neither is so.</param>
internal sealed record TrialRun(RunOutcome? Outcome, GuildException? Fault);
