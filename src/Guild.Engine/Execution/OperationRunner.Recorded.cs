using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Execution;

/// <content>Runs that are there already and are started from their record.</content>
public sealed partial class OperationRunner
{
    /// <summary>Starts a staged run.</summary>
    /// <exception cref="RunStateException">The run is not staged, or a variable that it needs is not in the environment; it stays as it is.</exception>
    /// <exception cref="FlagException">A secret that it needs is not given; it stays as it is.</exception>
    public RunResult Start(Run run, RunOptions options, IEventSink events, CancellationToken stop)
    {
        RequireStaged(run);
        return StartRecorded(run, RunStatus.Staged, options, events, stop);
    }

    /// <summary>
    /// Starts a run again in its own directory, or for the first time if it is staged or came to nothing. Its files stay; what it prints is recorded behind what it printed
    /// before; sources that are resolved are not resolved again. Nothing but the record is needed.
    /// </summary>
    /// <exception cref="RunStateException">The run is running, or a variable that it needs is not in the environment; it stays as it is.</exception>
    /// <exception cref="FlagException">A secret that it needs is not given; it stays as it is.</exception>
    public RunResult Restart(Run run, RunOptions options, IEventSink events, CancellationToken stop) => StartRecorded(run, expected: null, options, events, stop);

    /// <summary>Starts a run again in its own directory with other flags, which are written to its record first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">The plan of the change, as <see cref="RestartPlanner"/> makes it.</param>
    /// <param name="options">How the run is carried out.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Cancelled to stop politely.</param>
    /// <exception cref="RunStateException">The run is running; it stays as it is.</exception>
    public RunResult Restart(Run run, RunPlan plan, RunOptions options, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        RequireStartable(run);
        RequireNoBatch(run);
        using var sources = ReplacementOf(run, plan, options, events, stop);
        RunClaim.Take(run.Directory, context.Time);
        var (changed, variables) = Change(run, WithDevices(plan, options), options, sources);
        return new OperationRunner(context.With(variables)).CarryOut(changed, RecordedSecrets.Variables(changed, [], context.With(variables).Environment), options, events, stop);
    }

    private RunResult StartRecorded(Run run, RunStatus? expected, RunOptions options, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        RequireStartable(run);
        if (BatchRunner.CanCarryOut(run))
        {
            RequireOwnSourceCode(run, options);
            return new RunResult(run.Directory, new BatchRunner(context).Restart(run, options, events, stop).Fault);
        }

        if (NeedsPlan(run, options))
        {
            return Restart(run, RestartPlanner.Plan(run, options.Secrets, FlagForce.None, context, stop), options, events, stop);
        }

        var secrets = RecordedSecrets.Variables(run, options.Secrets, context.Environment);
        RunClaim.Take(run.Directory, context.Time, expected: expected);
        RecordedDevices.Write(run.Directory, options.Gpus);
        WritePipelineOptions(run, options);
        return CarryOut(run, secrets, options, events, stop);
    }

    /// <summary>Goes on with a run that another process has claimed and prepared.</summary>
    internal RunResult TakeOver(Run run, RunOptions options, IEventSink events, CancellationToken stop)
    {
        if (BatchRunner.CanCarryOut(run))
        {
            var runner = new BatchRunner(context);
            return new RunResult(run.Directory, runner.CarryOut(run.Directory, runner.SecretsOf(run, options), options, events, stop).Fault);
        }

        return CarryOut(run, RecordedSecrets.Variables(run, [], context.Environment), options, events, stop);
    }

    /// <summary>Sees that a run has the secrets that it needs, as its start does.</summary>
    /// <exception cref="RunStateException">A variable that it needs is not in the environment.</exception>
    /// <exception cref="FlagException">A secret is not given, or what is given is none of the run's.</exception>
    public static void RequireSecrets(Run run, IReadOnlyList<KeyValuePair<string, FlagInput>> secrets, EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(context);
        RecordedSecrets.Variables(run, secrets, context.Environment);
    }

    /// <summary>Sees that a run is staged.</summary>
    /// <exception cref="RunStateException">It is not.</exception>
    public static void RequireStaged(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Status != RunStatus.Staged)
        {
            throw new RunStateException(
                run.Id,
                $"Run {run.ShortId} is not staged, so it cannot be started: its status is {run.Status.ToString().ToLowerInvariant()}.",
                "Start a run that has ended again with Restart-GuildRun (guild run --restart), or run its operation again with Invoke-GuildOperation (guild run).");
        }
    }

    private static void RequireStartable(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);

        // A batch of an operation that searches is started as recorded, by that operation's program, and so is a staged one of an optimizer of Guild AI.
        if (run.IsBatch && run.Status != RunStatus.Staged && run.OpRef.PackageType == OpRef.BuiltinType && !BatchRunner.CanCarryOut(run))
        {
            throw new RunStateException(
                run.Id,
                $"Run {run.ShortId} is a batch of '{run.OpRef.FullName}', which is not built in here, so it cannot be started again.",
                "Start the trials again that are wanted, each by its own id, or run the operation again.");
        }
    }

    private static void RequireNoBatch(Run run)
    {
        if (run.IsBatch)
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} is a batch, whose trials cannot be given other flags.", "Run the operation again with the flags, or start the batch again without any.");
        }
    }

    /// <summary>Sees that no other source code is asked for a batch: the trials that are there have that of their prototype.</summary>
    /// <exception cref="RunStateException">It is.</exception>
    public static void RequireOwnSourceCode(Run batch, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(options);
        if (options.ForcesSourceCode)
        {
            throw new RunStateException(
                batch.Id,
                $"Run {batch.ShortId} is a batch, whose trials have all the same source code, so it cannot be given another.",
                "Run the operation again, with the batch as prototype, or start it again as it is.");
        }
    }

    internal static bool NeedsPlan(Run run, RunOptions options) => options.ForcesSourceCode && !PipelineRecord.IsPipeline(run.Directory);

    // A pipeline has no source code of its own.
    private SourceReplacement? ReplacementOf(Run run, RunPlan plan, RunOptions options, IEventSink events, CancellationToken stop) =>
        NeedsPlan(run, options) ? SourceReplacement.Prepare(run, plan, context, events, stop) : null;

    // How it is started this time goes for its steps this time, also where another process carries them out.
    private static void WritePipelineOptions(Run run, RunOptions options)
    {
        if (PipelineRecord.IsPipeline(run.Directory))
        {
            PipelineRecord.WriteOptions(run.Directory, PipelineRecord.ReadOptions(run.Directory) with { ForcesSourceCode = options.ForcesSourceCode });
        }
    }

    // Writes the change while the run is claimed; what cannot be written to the record is given as variables.
    private (Run Run, IReadOnlyDictionary<string, string> Variables) Change(Run run, RunPlan plan, RunOptions options, SourceReplacement? sources)
    {
        try
        {
            WritePipelineOptions(run, options);
            sources?.Apply();
            var names = plan.Request.Flags.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
            names.ExceptWith(run.Flags.Where(f => FlagValues.AreEqual(f.Value, plan.RecordedFlags.GetValueOrDefault(f.Key))).Select(f => f.Key));
            RestartRecord.Write(run, plan, names, context);
            var environment = EnvironmentBuilder.ForRun(plan, run.Directory.Path, run.Id, context);
            WriteStagedEnvironment(plan, run.Directory, environment);
            return (_store.TryRead(run.Directory) ?? run, Withheld(plan, run.Directory, environment));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var fault = new HomeException(run.Directory.Path, $"Run {run.ShortId} cannot be changed, because its folder cannot be written: {error.Message}", "See that the disk has room and that you may write to the folder.", error);
            RunFault.Record(run.Directory, fault, context.Time);
            throw fault;
        }
    }

    private static RunPlan WithDevices(RunPlan plan, RunOptions options) => options.Gpus is null ? plan : plan with
    {
        Request = plan.Request with { Gpus = options.Gpus },
        Environment = new Dictionary<string, string>(plan.Environment, StringComparer.Ordinal) { [RecordedDevices.Variable] = options.Gpus },
    };

    /// <summary>What the program of a planned run needs and the record does not have: secrets, and variables that look like some.</summary>
    internal static Dictionary<string, string> Withheld(RunPlan plan, RunDirectory directory, IReadOnlyDictionary<string, string> environment)
    {
        var result = new Dictionary<string, string>(plan.SecretEnvironment, StringComparer.Ordinal);
        foreach (var name in (directory.ReadAttribute(RecordedSecrets.EnvironmentAttribute) as IReadOnlyList<object?> ?? []).OfType<string>())
        {
            result[name] = environment.GetValueOrDefault(name) ?? "";
        }

        return result;
    }

    private RunResult CarryOut(Run run, IReadOnlyDictionary<string, string> secrets, RunOptions options, IEventSink events, CancellationToken stop)
    {
        using var limit = new RunTimeLimit(options, context.Time);
        options = limit.Options;
        using var anyStop = AnyOf(options, stop);
        var outputLength = File.Exists(run.Directory.OutputPath) ? new FileInfo(run.Directory.OutputPath).Length : 0;
        events.Report(new RunStagedEvent(run.Id, run.Directory.Path) { OutputStart = outputLength });
        return Finish(run.Directory, Work, options, stop);

        GuildException? Work()
        {
            if (PipelineRecord.IsPipeline(run.Directory))
            {
                if (options.StagesOnly)
                {
                    MarkAsStaged(run.Directory);
                    return null;
                }

                return CarryOutRecordedSteps(run, secrets, options, events, anyStop.Token, stop);
            }

            var plan = SupervisedPlan.Of(run, secrets);
            var environment = RecordedEnvironment.Read(run, context);
            var own = environment.Keys.Except(context.Environment.Keys, StringComparer.Ordinal).ToList();
            foreach (var (name, value) in secrets)
            {
                environment[name] = value;
            }

            var command = RecordedCommand.Of(plan.Command, environment, context);
            using (var preparation = new RunPreparation(run.Directory, context.Time, anyStop.Token))
            {
                ResolveRecorded(new RecordedRun(run.Directory, run, run.Flags, RecordedResources.Of(run)), command, events, preparation.Stop);
                preparation.ThrowIfStopped();
            }

            if (!command.Arguments.SequenceEqual(plan.Command))
            {
                run.Directory.WriteAttribute("cmd", command.Arguments.Cast<object?>().ToList());
            }

            if (options.StagesOnly)
            {
                MarkAsStaged(run.Directory);
                return null;
            }

            return Supervise(run.Directory, plan with { Command = command.Arguments }, command.Environment, own, options, events, stop).Error;
        }
    }

    // Guild AI leaves it to the start of a staged run to take files of other runs.
    private void ResolveRecorded(RecordedRun recorded, RecordedCommand command, IEventSink events, CancellationToken stop)
    {
        var (directory, run, flags, resources) = recorded;
        if (resources.Count == 0)
        {
            return;
        }

        var resolver = new ResourceResolver(new ResourceContext
        {
            Runs = _store,
            ProjectDirectory = run.ProjectPath ?? directory.Path,
            PackageName = run.PackageName,
            WorkingDirectory = context.WorkingDirectory,
            ModelName = run.ModelName,
            Flags = flags,
            FlagDefinitions = RecordedFlags.Of(run),
            UnpackLimits = UnpackLimits.From(context.Environment),
            Downloads = DownloadSettings.From(context.Environment),
            Environment = context.Environment,
            SecretVariables = RecordedSecrets.FlagsOf(run),
            Events = events,
            FindModule = (module, cancellation) => PythonModules.Check(
                command.IsPython ? command.Arguments[0] : Interpreters.FindPython(context),
                command.Environment,
                module,
                cancellation),
        });
        var record = directory.ReadAttribute("deps") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        ResolveAll(resolver, resources, directory, new Dictionary<string, object?>(record, StringComparer.Ordinal), events, stop);
    }

    /// <summary>A run whose resources are resolved from a record.</summary>
    /// <param name="Directory">The run.</param>
    /// <param name="Source">The run whose record says where its operation comes from: itself, or the prototype of a trial.</param>
    /// <param name="Flags">The flags of the run.</param>
    /// <param name="Resources">What it requires.</param>
    private sealed record RecordedRun(RunDirectory Directory, Run Source, IReadOnlyDictionary<string, object?> Flags, IReadOnlyList<RequiredResource> Resources);
}
