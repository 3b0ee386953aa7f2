using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Counts what has become of trials, and tells it.</summary>
internal sealed class BatchProgress(string batchId, string operation, ObjectiveDefinition objective, IEventSink events, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private long _endedHere;
    private int _running;

    public long Completed { get; private set; }

    public long Failed { get; private set; }

    public long Staged { get; private set; }

    public long Done => Completed + Failed + Staged;

    public double? Best { get; private set; }

    public string? BestTrialId { get; private set; }

    /// <summary>Counts a trial that ended before this start of the batch.</summary>
    public void Found(FoundTrial trial, double? value)
    {
        if (trial.IsStaged)
        {
            Staged++;
        }
        else
        {
            Count(trial.End ?? TrialEnd.Completed, trial.Directory.Id, value);
        }
    }

    public void Began(long total)
    {
        lock (_gate)
        {
            _running++;
        }

        Report(total);
    }

    /// <summary>Counts a trial that has ended; one that was interrupted is still to come.</summary>
    public void Ended(TrialEnd end, RunDirectory trial, double? value, long total)
    {
        lock (_gate)
        {
            _running--;
            if (end != TrialEnd.Interrupted)
            {
                _endedHere++;
                Count(end, trial.Id, value);
            }
        }

        Report(total);
    }

    public void StagedOne(long total)
    {
        lock (_gate)
        {
            _running--;
            _endedHere++;
            Staged++;
        }

        Report(total);
    }

    public void Report(long total, bool isCompleted = false)
    {
        BatchProgressEvent progress;
        lock (_gate)
        {
            var left = Math.Max(0, total - Done);
            progress = new BatchProgressEvent(batchId, operation)
            {
                Done = Done,
                Running = _running,
                Failed = Failed,
                Total = total,
                Objective = objective.Column,
                Best = Best,
                BestTrialId = BestTrialId,
                TimeLeft = _endedHere == 0 ? null : time.GetElapsedTime(_began) / _endedHere * left,
                IsCompleted = isCompleted,
            };
        }

        events.Report(progress);
    }

    private void Count(TrialEnd end, string id, double? value)
    {
        if (end is TrialEnd.Failed or TrialEnd.Terminated)
        {
            Failed++;
            return;
        }

        Completed++;
        if (value is { } number && double.IsFinite(number) && (Best is not { } best || (objective.IsMaximized ? number > best : number < best)))
        {
            (Best, BestTrialId) = (number, id);
        }
    }
}
