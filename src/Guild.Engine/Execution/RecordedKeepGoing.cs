using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Whether a pipeline goes on with other steps when one fails, as its record has it.</summary>
public static class RecordedKeepGoing
{
    /// <summary>Writes that it does, so that whoever goes on with the run, in this process or another, keeps to it.</summary>
    /// <param name="run">The pipeline.</param>
    /// <exception cref="RequestException">The run has no steps.</exception>
    /// <exception cref="RunStateException">It is running; it stays as it is.</exception>
    public static void Set(Run run) => Write(run, keepsGoing: true);

    /// <summary>Writes that it does not.</summary>
    /// <param name="run">The pipeline.</param>
    /// <exception cref="RequestException">The run has no steps.</exception>
    /// <exception cref="RunStateException">It is running; it stays as it is.</exception>
    public static void Clear(Run run) => Write(run, keepsGoing: false);

    /// <summary>Sees that a run has steps that could go on.</summary>
    /// <exception cref="RequestException">It has none.</exception>
    public static void Require(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!PipelineRecord.IsPipeline(run.Directory))
        {
            throw new RequestException($"Run {run.ShortId} ({run.FullName}) is no pipeline, so there are no steps to go on with when one fails.", run.Id, "Leave -KeepGoing (--keep-going) out.");
        }
    }

    private static void Write(Run run, bool keepsGoing)
    {
        Require(run);
        RecordedChange.RequireIdle(run, "how it goes on");
        PipelineRecord.WriteOptions(run.Directory, PipelineRecord.ReadOptions(run.Directory) with { KeepsGoing = keepsGoing });
    }
}
