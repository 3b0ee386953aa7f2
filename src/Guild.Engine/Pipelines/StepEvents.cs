namespace Guild.Engine.Pipelines;

/// <summary>What is told of a step's run: it goes on to whoever follows the pipeline, and what Guild AI has in its output goes there too.</summary>
/// <param name="events">Who follows the pipeline.</param>
/// <param name="output">The pipeline's output.</param>
/// <param name="step">The name of the step.</param>
/// <param name="begun">Called when the run of the step is there.</param>
/// <param name="runs">The runs that resources take files of: by the name of the resource, in words.</param>
internal sealed class StepEvents(IEventSink events, PipelineOutput output, string step, Action begun, IReadOnlyDictionary<string, string> runs) : IEventSink
{
    private const string Resolving = "Resolving ";

    public void Report(EngineEvent engineEvent)
    {
        switch (engineEvent)
        {
            // The run that is shown is the pipeline's.
            case RunStagedEvent staged:
                begun();
                events.Report(new DetailEvent($"The run of step '{step}' is {staged.RunId}."));
                return;
            case ProgressEvent { IsCompleted: true } progress when progress.Activity.StartsWith(Resolving, StringComparison.Ordinal):
                output.Write(runs.GetValueOrDefault(progress.Activity[Resolving.Length..]) is { } used ? $"{progress.Activity}\n{used}" : progress.Activity);
                break;
        }

        events.Report(engineEvent);
    }
}
