using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;

namespace Guild.Engine.Pipelines;

/// <summary>A step that is to be carried out: its operation, its flags, and which steps come before it.</summary>
internal sealed record PipelineStep
{
    /// <summary>Its place in the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The step as the file has it.</summary>
    public required StepDefinition Definition { get; init; }

    /// <summary>The name of the link to its run; <c>train_2</c> for the second step of that name.</summary>
    public required string Name { get; init; }

    /// <summary>The operation as it is named in messages and in the record of its run.</summary>
    public required string Spec { get; init; }

    /// <summary>The project that the operation is of.</summary>
    public required Project Project { get; init; }

    /// <summary>The operation, with the flags of its code.</summary>
    public required ImportedOperation Imported { get; init; }

    /// <summary>The operation with the values of its flags. Secrets that come with the environment of the pipeline can be missing.</summary>
    public required BoundRequest Bound { get; init; }

    /// <summary>The flags that it is given.</summary>
    public required IReadOnlyList<KeyValuePair<string, FlagInput>> Flags { get; init; }

    /// <summary>The label, or null.</summary>
    public string? Label { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The GPUs that it sees, <c>""</c> for none, or null to leave it.</summary>
    public string? Gpus { get; init; }

    /// <summary>The indexes of the steps whose files it takes, each once.</summary>
    public IReadOnlyList<int> DependsOn { get; init; } = [];
}

/// <summary>The steps of a pipeline, checked, and in the order in which they are carried out.</summary>
internal sealed record PipelinePlan
{
    /// <summary>What it was made from.</summary>
    public required PipelineSource Source { get; init; }

    /// <summary>The steps, in file order.</summary>
    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    /// <summary>The indexes of the steps in an order in which each comes behind those that it depends on, and else in file order.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>Makes the plan. Nothing is written and nothing is started.</summary>
    /// <exception cref="NameNotFoundException">A step names an operation that is not there.</exception>
    /// <exception cref="FlagException">Flags of a step cannot be used as given.</exception>
    /// <exception cref="RequestException">Steps depend on each other in a circle, or ask for what this version does not have.</exception>
    public static PipelinePlan Of(PipelineSource source, EngineContext context, CancellationToken cancellation)
    {
        var builder = new StepPlanner(source, context, cancellation);
        var steps = source.Steps.Select(builder.Plan).ToList();
        var graph = new PipelineGraph(source, context);
        var linked = graph.Link(steps);
        return new PipelinePlan { Source = source, Steps = linked, Order = graph.Order(linked) };
    }
}
