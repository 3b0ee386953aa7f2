using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Execution;

/// <summary>How many trials of a batch, or steps of a pipeline, run at the same time when it is started again.</summary>
public static class RecordedThrottleLimit
{
    /// <summary>Changes it in the record, so that whoever goes on with the run, in this process or another, keeps to it.</summary>
    /// <param name="run">The batch or the pipeline.</param>
    /// <param name="limit">How many at the same time, from 1.</param>
    /// <exception cref="RequestException">The run has neither trials nor steps.</exception>
    /// <exception cref="RunStateException">It is running; it stays as it is.</exception>
    public static void Change(Run run, int limit)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var isPipeline = PipelineRecord.IsPipeline(run.Directory);
        if (!isPipeline && !BatchRunner.CanCarryOut(run))
        {
            throw new RequestException($"Run {run.ShortId} ({run.FullName}) has neither trials nor steps that could run at the same time.", limit, "Leave -ThrottleLimit (--throttle-limit) out.");
        }

        RecordedChange.RequireIdle(run, "its limit of what runs at the same time");
        if (isPipeline)
        {
            PipelineRecord.WriteOptions(run.Directory, PipelineRecord.ReadOptions(run.Directory) with { ThrottleLimit = limit });
        }
        else
        {
            run.Directory.WriteAttribute(BatchSettings.Attribute, BatchSettings.WithThrottleLimit(run.Directory, run.OpRef, limit));
        }
    }
}
