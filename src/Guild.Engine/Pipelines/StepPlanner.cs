using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;

namespace Guild.Engine.Pipelines;

/// <summary>Makes the steps of one pipeline ready: names, operations and flags.</summary>
internal sealed class StepPlanner(PipelineSource pipeline, EngineContext context, CancellationToken cancellation)
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Project Project, ImportedOperation Operation)> _operations = new(StringComparer.Ordinal);
    private readonly EngineContext _around = context with { WorkingDirectory = pipeline.Project.Directory };
    private int _count;

    public PipelineStep Plan(StepDefinition step)
    {
        cancellation.ThrowIfCancellationRequested();
        if (step.Remote is not null)
        {
            throw new RequestException(
                $"Step '{step.Name}' of pipeline '{pipeline.FullName}' is to run on '{step.Remote}', but this version runs steps on this machine only.",
                step.Remote,
                "Take 'remote' out of the step.");
        }

        var spec = StepOperations.Spec(step, pipeline.ModelName, pipeline.Project);
        var (project, imported) = Operation(step, spec);
        var flags = StepFlags.Of(step, spec, pipeline);
        return new PipelineStep
        {
            Index = _count++,
            Definition = step,
            Name = NameOf(step),
            Spec = spec,
            Project = project,
            Imported = imported,
            Bound = Bind(step, new RunRequest { Project = project, Operation = spec, Imported = imported, Flags = flags, ForcesFlags = step.ForcesFlags }),
            Flags = flags,
            Label = StepFlags.Text(step.Label, pipeline) ?? StepFlags.Inherited(pipeline),
            Tags = step.Tags.Count == 0 ? pipeline.Tags : [.. step.Tags.Select(tag => StepFlags.Text(tag, pipeline)).OfType<string>()],
            Gpus = StepFlags.Text(step.Gpus, pipeline),
        };
    }

    // What is wrong with the flags of a step is said before the first one runs.
    private BoundRequest Bind(StepDefinition step, RunRequest request)
    {
        // What a row of a file of trials has is checked when the trials are planned.
        if (step.TrialFiles.Count > 0)
        {
            return Planner.Bind(request with { ForcesFlags = true }, _around, cancellation);
        }

        try
        {
            return Planner.Bind(request, _around, cancellation);
        }
        catch (FlagException error) when (error.Problems.All(problem => problem.Kind == FlagProblemKind.Missing && IsSecret(request, problem.Flag)))
        {
            return Planner.Bind(request with { ForcesFlags = true }, _around, cancellation);
        }
    }

    private static bool IsSecret(RunRequest request, string name) => request.Imported!.Operation.Flags.Any(flag => flag.Name == name && flag.IsSecret);

    // The name of a link in the run's folder, where the record lies too.
    private string NameOf(StepDefinition step)
    {
        var name = step.Name.Replace('/', '_').Replace('\\', '_');
        if (OperatingSystem.IsWindows())
        {
            name = name.Replace(':', '_');
        }

        if (name is "." or ".." or ".guild" || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new RequestException($"A step of pipeline '{pipeline.FullName}' has the name '{step.Name}', under which no run can be linked.", step.Name, "Give the step another 'name'.");
        }

        _names[name] = _names.GetValueOrDefault(name) + 1;
        return _names[name] == 1 ? name : FormattableString.Invariant($"{name}_{_names[name]}");
    }

    private (Project Project, ImportedOperation Operation) Operation(StepDefinition step, string spec)
    {
        if (!_operations.TryGetValue(spec, out var found))
        {
            var (project, operation) = StepOperations.Resolve(step, pipeline.ModelName, pipeline.Project, context);
            _operations[spec] = found = (project, FlagImport.Of(project, operation, context, cancellation));
        }

        return found;
    }
}
