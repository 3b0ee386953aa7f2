using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>Stops a pipeline from outside. Its process does other things as well, so it is asked and not signalled; the programs of its steps are its own to end.</summary>
internal static class PipelineStop
{
    public static StopResult Stop(RunDirectory pipeline, ProcessRecord? record, TimeSpan wait, CancellationToken kill)
    {
        if (record is not null && !RunStop.IsOfThisHost(pipeline, record))
        {
            return StopResult.NotRunning;
        }

        return RunStop.IsSupervised(record) ? StopSupervised(pipeline, wait, kill) : StopAbandoned(pipeline, record, wait, kill);
    }

    public static bool Ask(RunDirectory pipeline, ProcessRecord? record)
    {
        if (record is null || !RunStop.IsOfThisHost(pipeline, record))
        {
            return false;
        }

        if (RunStop.IsSupervised(record))
        {
            StopMark.Make(pipeline);
            return true;
        }

        return Steps(pipeline).Select(RunStop.Ask).ToList().Contains(true);
    }

    private static StopResult StopSupervised(RunDirectory pipeline, TimeSpan wait, CancellationToken kill)
    {
        if (pipeline.HasAttribute(RunMarks.ExitStatusAttribute))
        {
            return StopResult.NotRunning;
        }

        return StopMark.MakeAndWait(pipeline, () => File.Exists(pipeline.ProcessPath) && !pipeline.HasAttribute(RunMarks.StoppedAttribute), wait, kill);
    }

    // Nobody carries it out any more, but programs of its steps can go on without anybody.
    private static StopResult StopAbandoned(RunDirectory pipeline, ProcessRecord? record, TimeSpan wait, CancellationToken kill)
    {
        var results = Steps(pipeline).Select(step => RunStop.Stop(step, wait, kill)).ToList();
        if (results.TrueForAll(result => result == StopResult.NotRunning))
        {
            return StopResult.NotRunning;
        }

        RunStop.RecordEnd(pipeline, record, results.Contains(StopResult.Killed) ? StopStep.Kill : StopStep.Terminate);
        return results.Max();
    }

    private static IEnumerable<RunDirectory> Steps(RunDirectory pipeline)
    {
        return PipelineLinks.All(pipeline)
            .Select(link => new RunDirectory(Path.GetFullPath(new DirectoryInfo(Path.Join(pipeline.Path, link.Key)).LinkTarget ?? "", pipeline.Path)))
            .Where(step => Directory.Exists(step.Path));
    }
}
