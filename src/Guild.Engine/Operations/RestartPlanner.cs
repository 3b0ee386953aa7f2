using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>Plans the change of flags of a run that is started again in its own directory. Nothing is written.</summary>
public static class RestartPlanner
{
    /// <summary>True if what is given are secrets of the run, which its record lacks, and nothing that changes the run.</summary>
    public static bool GivesSecretsOnly(Run run, IReadOnlyList<KeyValuePair<string, FlagInput>> given)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(given);
        return given.All(flag => run.SecretFlags.Contains(flag.Key, StringComparer.Ordinal));
    }

    /// <summary>True if a run can be started again from its record alone: nothing is given that changes it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="given">What is given for flags.</param>
    /// <param name="options">How it is started.</param>
    public static bool NeedsNone(Run run, IReadOnlyList<KeyValuePair<string, FlagInput>> given, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return GivesSecretsOnly(run, given) && !OperationRunner.NeedsPlan(run, options);
    }

    /// <summary>Plans the run with the flags that it had and, over them, new ones. The operation is that of its project today.</summary>
    /// <param name="run">The run.</param>
    /// <param name="changes">The new flags.</param>
    /// <param name="forcesFlags">Whether flags are taken that are unknown or do not fit.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellation">Ends the planning.</param>
    /// <exception cref="RunStateException">The operation of the run is no longer there, so what its flags would be is not known.</exception>
    /// <exception cref="FlagException">Flags cannot be used as given.</exception>
    public static RunPlan Plan(
        Run run, IReadOnlyList<KeyValuePair<string, FlagInput>> changes, FlagForce forcesFlags, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(context);
        var (project, imported) = Definition(run, context, cancellation);
        var known = imported.Operation.Flags;
        var kept = run.Flags.Where(flag => changes.All(c => c.Key != flag.Key)
            && known.Any(f => f.Name == flag.Key && changes.All(c => c.Key != f.Alias))
            && !run.SecretFlags.Contains(flag.Key, StringComparer.Ordinal));
        var plan = Planner.Plan(
            new RunRequest
            {
                Project = project,
                Operation = run.FullName,
                Imported = imported,
                Flags = [.. kept.Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagValue(f.Value))), .. changes],
                ForcesFlags = forcesFlags == FlagForce.Force,
                Label = RestartLabel.TemplateOf(run),
                Tags = RestartLabel.TagsOf(run),
                KeepsRun = RequestRecord.KeepsRun(run.Directory),
            },
            context,
            cancellation);
        plan = WithSameRuns(plan, run);
        return plan with { Label = RestartLabel.After(run, plan, context) };
    }

    /// <summary>What an operation adds to the environment of its program when a run is started again without other flags. Secrets are not among it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="context">The surroundings.</param>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(Run run, EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(context);
        return RecordedEnvironment.Read(run, context with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) });
    }

    /// <summary>The operation of a run as its project defines it today.</summary>
    /// <param name="run">The run.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="RunStateException">The operation of the run is no longer there.</exception>
    public static OperationDefinition DefinitionOf(Run run, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(context);
        return Definition(run, context, cancellation).Operation.Operation;
    }

    private static (Project Project, ImportedOperation Operation) Definition(Run run, EngineContext context, CancellationToken cancellation)
    {
        try
        {
            var project = Project.OpenFor(run.ProjectPath ?? context.WorkingDirectory, run.FullName, PythonFolders.Search(context));
            return (project, FlagImport.Of(project, OperationResolver.Resolve(project, run.FullName), context, cancellation));
        }
        catch (Exception error) when (error is NameNotFoundException or AmbiguousNameException or GuildFileNotFoundException or IOException)
        {
            throw new RunStateException(
                run.Id,
                $"Run {run.ShortId} cannot be given other flags or other source code, because the definition of operation '{run.FullName}' cannot be found: {error.Message}",
                "Start it again as it is, which needs no more than its record.");
        }
    }

    // What the run took of other runs is there already, and is not taken anew.
    private static RunPlan WithSameRuns(RunPlan plan, Run run)
    {
        if (plan.OperationRuns.Count == 0)
        {
            return plan;
        }

        var runs = new Dictionary<string, string>(plan.OperationRuns, StringComparer.Ordinal);
        var flags = new SortedList<string, object?>(StringComparer.Ordinal);
        var environment = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in plan.RecordedFlags)
        {
            flags[name] = value;
        }

        foreach (var (name, value) in plan.Environment)
        {
            environment[name] = value;
        }

        foreach (var source in plan.OperationRuns.Keys)
        {
            if (run.Flags.GetValueOrDefault(source) is string id)
            {
                runs[source] = id;
                flags[source] = id;
                environment[FlagArguments.VariableName(source, null)] = id;
            }
        }

        return plan with { OperationRuns = runs, RecordedFlags = flags, Environment = environment };
    }
}

/// <summary>What becomes of flags that an operation does not declare, and of values that it does not allow.</summary>
public enum FlagForce
{
    /// <summary>They are refused.</summary>
    None,

    /// <summary>They are passed on.</summary>
    Force,
}
