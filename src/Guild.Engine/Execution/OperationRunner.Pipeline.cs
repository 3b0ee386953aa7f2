using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <content>Pipelines: runs whose steps are runs of their own, carried out by this process.</content>
public sealed partial class OperationRunner
{
    private GuildException? CarryOutRecordedSteps(
        Run run, IReadOnlyDictionary<string, string> secrets, RunOptions options, IEventSink events, CancellationToken anyStop, CancellationToken stop)
    {
        var source = PipelineSource.Of(run, secrets, context);
        var pipeline = PipelinePlan.Of(source, context with { WorkingDirectory = source.Project.Directory }, anyStop);
        var environment = RecordedEnvironment.Read(run, context);
        foreach (var (name, value) in secrets)
        {
            environment[name] = value;
        }

        using (new RunMarks(run.Directory, context.Time).KeepRenewed())
        {
            ResolveRecorded(new RecordedRun(run.Directory, run, run.Flags, RecordedResources.Of(run)), RecordedCommand.Of(run.Command, environment, context), events, anyStop);
        }

        var record = new EnvironmentRecord { Declared = [], FlagVariables = RecordedSecrets.FlagVariables(run), Secrets = secrets };
        RecordEnvironment(run.Directory, record, environment, environment.Keys.Except(context.Environment.Keys, StringComparer.Ordinal));
        CarryOutSteps(run.Directory, pipeline, HandedOn(run, environment), options, events, stop);
        return null;
    }

    private void CarryOutSteps(
        RunDirectory directory, PipelinePlan pipeline, IReadOnlyDictionary<string, string> handedOn, RunOptions options, IEventSink events, CancellationToken stop)
    {
        RunSteps(directory, pipeline, handedOn, options, events, stop);
        if (RecordedDeletion.IsOrdered(directory) && _store.TryRead(directory) is { ExitCode: 0 })
        {
            Delete(directory, events);
        }
    }

    private void RunSteps(
        RunDirectory directory, PipelinePlan pipeline, IReadOnlyDictionary<string, string> handedOn, RunOptions options, IEventSink events, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        options.Terminate.ThrowIfCancellationRequested();
        options.Kill.ThrowIfCancellationRequested();
        using var watch = new StopListener(directory, options, context.Time);
        using var scalars = new OutputScalarRecorder(directory, RecordedOperation.Of(directory)?.GetValueOrDefault("output-scalars"), [.. pipeline.Source.Flags.Keys], events, context);
        var around = context.With(handedOn) with { WorkingDirectory = pipeline.Source.Project.Directory };
        new PipelineRunner(around, directory, pipeline) { Scalars = scalars }.Run(options with { Terminate = watch.Terminate, Kill = watch.Kill, Patience = watch.Patience }, events, stop);
    }

    // What the pipeline's own 'env' says, and which GPUs it sees, goes for its steps too.
    private static Dictionary<string, string> HandedOn(RunPlan plan, IReadOnlyDictionary<string, string> environment) =>
        Only(environment, plan.Operation.Environment.Keys, plan.Request.Gpus is not null);

    private static Dictionary<string, string> HandedOn(Run run, IReadOnlyDictionary<string, string> environment)
    {
        var command = RecordedOperation.CommandOf(run.Directory);
        var own = command?.GetValueOrDefault("cmd-env") as IReadOnlyDictionary<string, object?>;
        var hasGpus = (run.Directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("gpus") is not null;
        return Only(environment, own?.Keys.Except(OperationRecord.AddedVariables, StringComparer.Ordinal) ?? [], hasGpus);
    }

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> environment, IEnumerable<string> names, bool hasGpus)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in hasGpus ? names.Append(RecordedDevices.Variable) : names)
        {
            if (environment.TryGetValue(name, out var value))
            {
                result[name] = value;
            }
        }

        return result;
    }
}
