using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Search.Batches;

/// <summary>Makes the directory of a batch: its record in Guild AI's form, and in it the prototype that trials are made from.</summary>
internal sealed class BatchStager(EngineContext context)
{
    private readonly RunStager _stager = new(context);

    /// <summary>Makes the batch, as a pending run.</summary>
    /// <exception cref="HomeException">The home, or the folder that was asked for, cannot be written.</exception>
    /// <exception cref="RunStateException">The folder that was asked for holds a run already.</exception>
    public RunDirectory Stage(BatchPlan plan, IEventSink events, CancellationToken stop)
    {
        var sources = RunStager.PreviewSources(plan.Prototype, context, stop);
        foreach (var warning in plan.Warnings.Concat(sources.Warnings))
        {
            events.Report(new WarningEvent(warning));
        }

        return _stager.Prepare(plan.Prototype.Request.RunDirectory, directory => Fill(directory, plan, sources, events, stop));
    }

    private void Fill(RunDirectory directory, BatchPlan plan, SourceSelection sources, IEventSink events, CancellationToken stop)
    {
        FillPrototype(directory, plan, sources, events, stop);
        if (plan.Optimizer.Operation is { } operation)
        {
            // An operation that searches has source code of its own.
            _stager.Fill(directory, operation, RunStager.PreviewSources(operation, context, stop), events, () => WriteOwn(directory, plan), stop);
            return;
        }

        RunDirectory.WriteNew(directory.PendingPath, []);
        RunDirectory.WriteNew(directory.ManifestPath, []);
        foreach (var (name, value) in Attributes(directory, plan))
        {
            directory.CreateAttribute(name, value);
        }

        WriteOwn(directory, plan);
        directory.WriteOpRef(plan.Optimizer.OpRef);
    }

    private void FillPrototype(RunDirectory batch, BatchPlan plan, SourceSelection sources, IEventSink events, CancellationToken stop)
    {
        var prototype = new RunDirectory(batch.PrototypePath);
        Directory.CreateDirectory(prototype.AttributesPath);
        _stager.Fill(prototype, plan.Prototype, sources, events, WriteRows, stop);
        var own = plan.Prototype.Environment.Keys.ToHashSet(StringComparer.Ordinal);
        var environment = EnvironmentBuilder.ForRun(plan.Prototype, prototype.Path, prototype.Id, context);
        if (environment.TryGetValue("PYTHONPATH", out _))
        {
            own.Add("PYTHONPATH");
        }

        own.Add("RUN_DIR");
        StagedEnvironment.Write(prototype, environment, context.Environment, own, EnvironmentRecord.Of(plan.Prototype));

        void WriteRows()
        {
            if (plan.Rows.Count > 0)
            {
                prototype.CreateAttribute("trials", plan.Rows);
            }
        }
    }

    // What every batch has, whatever carries it out.
    private static void WriteOwn(RunDirectory directory, BatchPlan plan)
    {
        directory.WriteAttribute("random_seed", plan.RandomSeed);
        directory.CreateAttribute("objective", plan.Objective.ToString());
        directory.WriteAttribute("run_params", RequestRecord.OfBatch(plan));
        directory.CreateAttribute(BatchSettings.Attribute, BatchSettings.Of(plan).ToValue());
        if (plan.MaxTrials is { } most)
        {
            directory.CreateAttribute("max_trials", most);
        }

        if (plan.StagesTrials)
        {
            directory.CreateAttribute(BatchRecord.StagesTrialsAttribute, true);
        }
    }

    private IEnumerable<(string Name, object? Value)> Attributes(RunDirectory directory, BatchPlan plan)
    {
        yield return ("id", directory.Id);
        yield return ("initialized", new RunClock(context.Time).Next());
        yield return ("cmd", new List<object?> { "python3", "-um", OptimizerChoice.ModuleOf(plan.Optimizer) });
        yield return ("deps", new Dictionary<string, object?>());
        yield return (EnvironmentRecord.Attribute, Environment(directory, plan));
        yield return ("flags", plan.Optimizer.Flags);
        yield return ("user_flags", plan.Optimizer.UserFlags);
        yield return ("op", Operation(plan));
        yield return ("host", context.HostName);
        yield return ("user", context.UserName);
        yield return ("platform", RunStager.Platform());
        yield return ("plugins", new List<object?>());
        yield return ("sourcecode_digest", null);
        if (plan.Search.BatchLabel is { } label)
        {
            yield return ("label", label);
        }

        if (plan.Search.BatchTags.Count > 0)
        {
            yield return ("tags", plan.Search.BatchTags.Cast<object?>().ToList());
        }

        if (plan.Search.BatchComment is { } comment)
        {
            yield return ("comments", new List<object?> { RunAnnotations.NewComment(comment, context.UserName, context.HostName, context.Time) });
        }
    }

    private Dictionary<string, object?> Environment(RunDirectory directory, BatchPlan plan) => new(StringComparer.Ordinal)
    {
        ["CMD_DIR"] = context.WorkingDirectory,
        ["GUILD_HOME"] = context.Home.Path,
        ["GUILD_OP"] = plan.Optimizer.OpRef.FullName,
        ["RUN_ID"] = directory.Id,
    };

    private static Dictionary<string, object?> Operation(BatchPlan plan)
    {
        var command = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["cmd-args"] = new List<object?> { "${guild_python_exe}", "-um", OptimizerChoice.ModuleOf(plan.Optimizer) },
            ["cmd-env"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["NO_OP_INTERRUPTED_MSG"] = "1", ["PROJECT_DIR"] = "" },
            ["flags-dest"] = "args",
        };
        if (plan.Optimizer.Flags.Count > 0)
        {
            command["cmd-flags"] = plan.Optimizer.Flags.Keys.ToDictionary(name => name, _ => (object?)new Dictionary<string, object?>(), StringComparer.Ordinal);
        }

        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            // Guild AI, too, throws plain and random batches away when they have ended well: their trials say it all.
            ["delete-on-success"] = !plan.Search.KeepsBatch && plan.Optimizer.Kind is (OptimizerKind.Grid or OptimizerKind.Random),
            ["deps"] = new List<object?>(),
            ["flag-null-labels"] = new Dictionary<string, object?>(),
            ["flags-extra"] = new Dictionary<string, object?>(),
            ["label-template"] = null,
            ["op-cmd"] = command,
            ["output-attrs"] = null,
            ["output-scalars"] = null,
            ["python-requires"] = null,
            ["sourcecode"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["dest"] = "." },
        };
    }
}
