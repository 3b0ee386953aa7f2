using System.Collections.Concurrent;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Streams;

/// <summary>
/// Runs work of the engine on a thread of its own while the pipeline thread writes what the engine reports: only that thread may write to PowerShell.
/// </summary>
internal sealed class EngineCall : IEventSink
{
    // Often enough for a progress bar to move smoothly, seldom enough to cost nothing.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);

    private readonly PSCmdlet _cmdlet;
    private readonly RunDisplay? _display;
    private readonly BlockingCollection<EngineEvent> _events = [];
    private readonly Dictionary<string, int> _activities = new(StringComparer.Ordinal);

    // Only the best trial's are shown, and any trial can become the best one.
    private readonly Dictionary<string, IReadOnlyDictionary<string, object?>> _trialFlags = new(StringComparer.Ordinal);

    private EngineCall(PSCmdlet cmdlet, RunDisplay? display)
    {
        _cmdlet = cmdlet;
        _display = display;
    }

    /// <summary>Does the work and writes what it reports. Returns when the work has ended, also when the pipeline is being stopped.</summary>
    /// <param name="cmdlet">The cmdlet whose streams are written to.</param>
    /// <param name="display">What shows the output of a run, or null.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Cancelled when the pipeline is stopped: nothing may be written from then on.</param>
    public static T Run<T>(PSCmdlet cmdlet, RunDisplay? display, Func<IEventSink, T> work, CancellationToken stop)
    {
        var call = new EngineCall(cmdlet, display);
        var task = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work(call);
                }
                finally
                {
                    call._events.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        call.Pump(stop);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        if (!_events.IsAddingCompleted)
        {
            _events.Add(engineEvent);
        }
    }

    private void Pump(CancellationToken stop)
    {
        while (!_events.IsCompleted)
        {
            var has = _events.TryTake(out var engineEvent, Tick);
            if (stop.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                if (has)
                {
                    Write(engineEvent!);
                }

                _display?.Update();
            }
            catch (PipelineStoppedException)
            {
                // The pipeline was stopped while something was being written. The work is being stopped too, and is waited for.
            }
        }

        if (!stop.IsCancellationRequested)
        {
            _display?.Finish();
        }
    }

    private void Write(EngineEvent engineEvent)
    {
        switch (engineEvent)
        {
            case DetailEvent detail:
                _cmdlet.WriteVerbose(detail.Text);
                break;
            case WarningEvent warning:
                _cmdlet.WriteWarning(warning.Text);
                break;
            case ProgressEvent progress:
                WriteProgress(progress);
                break;
            case RunStagedEvent staged:
                _cmdlet.WriteVerbose($"The run is {staged.RunId}.");
                _display?.Open(new RunDirectory(staged.Path), staged.OutputStart);
                break;
            case BatchProgressEvent progress:
                WriteProgress(progress);
                break;
            case TrialStartedEvent started:
                _trialFlags[started.TrialId] = started.Flags;
                _cmdlet.WriteVerbose($"Trial {started.Number} is {started.TrialId}: {BatchText.Flags(started.Flags)}");
                _display?.OpenTrial(new RunDirectory(started.Path), started.OutputStart, started.BatchOutputEnd);
                break;
            case TrialEndedEvent ended:
                _display?.CloseTrial(ended.BatchOutputEnd);
                _cmdlet.WriteVerbose(BatchText.Ended(ended));
                break;
        }
    }

    private void WriteProgress(BatchProgressEvent progress)
    {
        var flags = progress.BestTrialId is { } best ? _trialFlags.GetValueOrDefault(best) : null;
        _cmdlet.WriteProgress(new ProgressRecord(ActivityOf(progress.BatchId), $"{progress.Operation}: {BatchText.Done(progress)}", BatchText.Best(progress, flags))
        {
            PercentComplete = progress.Total > 0 ? (int)Math.Clamp(progress.Done * 100 / progress.Total, 0, 100) : -1,
            SecondsRemaining = progress.TimeLeft is { TotalSeconds: < int.MaxValue } left ? (int)left.TotalSeconds : -1,
            RecordType = progress.IsCompleted ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
    }

    private int ActivityOf(string name)
    {
        if (!_activities.TryGetValue(name, out var id))
        {
            _activities[name] = id = _activities.Count + 1;
        }

        return id;
    }

    private void WriteProgress(ProgressEvent progress)
    {
        _cmdlet.WriteProgress(new ProgressRecord(ActivityOf(progress.Activity), progress.Activity, progress.Status.Length == 0 ? " " : progress.Status)
        {
            PercentComplete = progress is { Done: { } done, Total: > 0 and var total } ? (int)Math.Clamp(done * 100 / total, 0, 100) : -1,
            RecordType = progress.IsCompleted ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
    }
}
