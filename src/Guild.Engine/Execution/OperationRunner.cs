using Guild.Engine.Metrics;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Carries out plans: makes the run, resolves its resources, and sees its program through to the end.</summary>
public sealed partial class OperationRunner(EngineContext context)
{
    private readonly RunStore _store = new(context.Home);

    /// <summary>
    /// Carries out a plan. Once the run exists, what goes wrong is in its record and in the result; it is not raised.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is carried out.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Cancelled to stop politely; the record says that the run was terminated.</param>
    /// <exception cref="GuildException">The run could not be made; nothing is left of it.</exception>
    /// <exception cref="OperationCanceledException">Stopped before there was a run.</exception>
    public RunResult Run(RunPlan plan, RunOptions options, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        using var limit = new RunTimeLimit(options, context.Time);
        options = limit.Options;
        using var anyStop = AnyOf(options, stop);
        var directory = Stage();
        events.Report(new RunStagedEvent(directory.Id, directory.Path));
        return Finish(directory, Work, options, stop);

        RunDirectory Stage()
        {
            try
            {
                return new RunStager(context).Stage(plan, events, anyStop.Token);
            }
            catch (OperationCanceledException) when (limit.Note is not null && !stop.IsCancellationRequested)
            {
                throw limit.PassedBeforeRun();
            }
        }

        GuildException? Work()
        {
            using (var preparation = new RunPreparation(directory, context.Time, anyStop.Token))
            {
                Resolve(plan, directory, events, preparation.Stop);
                preparation.ThrowIfStopped();
            }

            var environment = EnvironmentBuilder.ForRun(plan, directory.Path, directory.Id, context);
            if (options.StagesOnly)
            {
                WriteStagedEnvironment(plan, directory, environment);
                if (!options.KeepsClaim)
                {
                    MarkAsStaged(directory);
                }

                return null;
            }

            if (plan.Pipeline is { } pipeline)
            {
                RecordEnvironment(directory, EnvironmentRecord.Of(plan), environment, plan.Environment.Keys);
                CarryOutSteps(directory, pipeline, HandedOn(plan, environment), options, events, stop);
                return null;
            }

            return Supervise(directory, SupervisedPlan.Of(plan), environment, plan.Environment.Keys, options, events, stop).Error;
        }
    }

    private void MarkAsStaged(RunDirectory directory)
    {
        directory.WriteAttribute("started", new RunClock(context.Time).Next());
        RunDirectory.WriteNew(directory.StagedPath, []);
        File.Delete(directory.PendingPath);
        File.Delete(directory.ProcessPath);
    }

    private void WriteStagedEnvironment(RunPlan plan, RunDirectory directory, IReadOnlyDictionary<string, string> environment)
    {
        var own = plan.Environment.Keys.ToHashSet(StringComparer.Ordinal);
        StagedEnvironment.Write(directory, environment, context.Environment, own, EnvironmentRecord.Of(plan));
    }

    private static CancellationTokenSource AnyOf(RunOptions options, CancellationToken stop) =>
        CancellationTokenSource.CreateLinkedTokenSource(stop, options.Terminate, options.Kill);

    private RunResult Finish(RunDirectory directory, Func<GuildException?> work, RunOptions options, CancellationToken stop)
    {
        try
        {
            return new RunResult(directory, work());
        }
        catch (GuildException fault)
        {
            return Fail(directory, fault);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(directory, new HomeException(
                directory.Path,
                $"The run '{directory.Id}' cannot be carried out, because its folder cannot be written: {error.Message}",
                "See that the disk has room and that you may write to the folder.",
                error));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || options.Terminate.IsCancellationRequested || options.Kill.IsCancellationRequested || StopMark.IsThere(directory))
        {
            RunFault.RecordStop(directory, new StopTokens(stop, options.Terminate, options.Kill).Signal ?? Posix.SigTerm, options.Limit?.Note, context.Time);
            StopMark.Clear(directory);
            return new RunResult(directory, null);
        }
        catch (Exception unforeseen)
        {
            // A fault of this program must not leave a run that looks as if it were still to begin.
            RunFault.Record(directory, new RunStateException(directory.Id, $"The run was not carried out, because of an error of Guild itself: {unforeseen.Message}"), context.Time);
            throw;
        }
    }

    private RunResult Fail(RunDirectory directory, GuildException fault)
    {
        RunFault.Record(directory, fault, context.Time);
        return new RunResult(directory, fault);
    }

    private void Resolve(RunPlan plan, RunDirectory directory, IEventSink events, CancellationToken stop)
    {
        var resolver = new ResourceResolver(Planner.ResourceContextOf(plan.Request.Project, plan.Model, plan.Operation, plan.Flags, context) with
        {
            AmongRuns = plan.Request.AmongRuns,
            Events = events,
            FindModule = (module, cancellation) => PythonModules.Check(
                plan.Command.Python ?? Interpreters.FindPython(context),
                EnvironmentBuilder.ForRun(plan, directory.Path, directory.Id, context),
                module,
                cancellation),
        });
        ResolveAll(resolver, plan.Resources.Select(r => r.WithRuns(plan.OperationRuns)), directory, [], events, stop);
    }

    private static void ResolveAll(
        ResourceResolver resolver,
        IEnumerable<RequiredResource> resources,
        RunDirectory directory,
        Dictionary<string, object?> record,
        IEventSink events,
        CancellationToken stop)
    {
        var before = record.ToDictionary(e => e.Key, e => e.Value as IReadOnlyDictionary<string, object?>, StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            var resolved = resolver.Resolve(resource, directory, before.GetValueOrDefault(resource.Name), stop);
            record[resolved.Name] = resolved.ToValue(record.GetValueOrDefault(resolved.Name) as IReadOnlyDictionary<string, object?>);
            File.AppendAllText(directory.ManifestPath, Manifest.FormatLines(resolved.ManifestEntries));
            events.Report(new ProgressEvent($"Resolving {resource.Name}", "", IsCompleted: true));
        }

        directory.WriteAttribute("deps", record);
    }

    private RunOutcome Supervise(
        RunDirectory directory,
        SupervisedPlan plan,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> own,
        RunOptions options,
        IEventSink events,
        CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (plan.RecordedEnvironment is { } recorded)
        {
            directory.WriteAttributeText(EnvironmentRecord.Attribute, recorded);
        }
        else
        {
            RecordEnvironment(directory, plan.Environment, environment, own);
        }

        var program = new ProgramStart
        {
            FileName = plan.Command[0],
            Arguments = [.. plan.Command.Skip(1)],
            WorkingDirectory = directory.Path,
            Environment = environment,
            InheritsInput = options.InheritsInput,
            MergesStreams = options.MergesStreams,
        };
        using var scalars = new OutputScalarRecorder(directory, plan.OutputScalars, [.. plan.Flags.Keys], events, context);
        using var metrics = !MetricPlugins.AreNamedIn(environment) ? null : MetricsRecorder.For(program, scalars.Add, events, context.Time);
        var outcome = RunSupervisor.Run(
            new SupervisedRun
            {
                Directory = directory,
                Program = program,
                PreProcess = PreProcessProgram.Of(plan.PreProcess, directory, plan.Flags, program),
                IsStoppable = plan.IsStoppable,
                IsNew = plan.IsNew,
                IsDurable = plan.IsDurable,
                StopTimes = options.StopTimes,
                Patience = options.Patience,
                Limit = options.Limit,
                Copy = options.Copy,
                LineSink = scalars.Sink,
                LineMark = scalars.Mark,
                OutputEnded = scalars.Complete,
                Metrics = metrics,
                Clock = context.Time,
            },
            events,
            new StopTokens(stop, options.Terminate, options.Kill));
        AfterEnd(directory, plan, outcome, events);
        return outcome;
    }

    private static void RecordEnvironment(RunDirectory directory, EnvironmentRecord record, IReadOnlyDictionary<string, string> environment, IEnumerable<string> own) =>
        directory.WriteAttribute(EnvironmentRecord.Attribute, record.Recorded(environment, own.ToHashSet(StringComparer.Ordinal)));

    private void AfterEnd(RunDirectory directory, SupervisedPlan plan, RunOutcome outcome, IEventSink events)
    {
        foreach (var changed in plan.HasInputs ? InputCheck.FindChanged(directory, InputScope.Linked) : [])
        {
            var how = changed.Change == InputChange.Missing ? "is gone" : "was changed";
            events.Report(new WarningEvent($"Input '{changed.Path}' ({changed.Source}) {how} since the run took it."));
        }

        if (plan.DeletesOnSuccess && outcome.ExitStatus == 0)
        {
            Delete(directory, events);
        }
    }

    // A run in a folder of its own is the user's, and is left alone.
    private void Delete(RunDirectory directory, IEventSink events)
    {
        if (_store.TryRead(directory.Id) is { } run && run.Directory.Path == directory.Path)
        {
            _store.Delete(run);
            events.Report(new DetailEvent($"Run {run.ShortId} ended well and was moved to the trash, because the operation has delete-on-success. KeepRun (--keep-run) keeps it."));
        }
    }
}
