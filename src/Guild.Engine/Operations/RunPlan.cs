using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Pipelines;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>All that a run will be, before anything of it is done. Nothing is written and nothing is started to make a plan.</summary>
public sealed record RunPlan : OperationPlan
{
    /// <summary>The request that was planned.</summary>
    public required RunRequest Request { get; init; }

    /// <summary>The operation.</summary>
    public required OperationDefinition Operation { get; init; }

    /// <summary>The operation's name: <c>mlp:train</c>, and <c>PACKAGE/mlp:train</c> for that of an installed package.</summary>
    public string FullName => Request.Project.NameOf(Operation);

    /// <summary>The operation's model.</summary>
    public required ModelDefinition Model { get; init; }

    /// <summary>The reference that is written to the run.</summary>
    public required OpRef OpRef { get; init; }

    /// <summary>The flags with their values.</summary>
    public required BoundFlags Flags { get; init; }

    /// <summary>The program and its arguments, and the same in the form that Guild AI restarts.</summary>
    public required OperationCommand Command { get; init; }

    /// <summary>
    /// The environment that the operation adds to what the program inherits, without secrets, and without <c>RUN_DIR</c> and <c>RUN_ID</c>, which a run has
    /// only when it exists.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The names of the environment variables that hold secrets, in ordinal order. Their values are in no plan that anybody sees.</summary>
    public IReadOnlyList<string> SecretVariables => [.. SecretEnvironment.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The environment variables that hold secrets, which the program gets and no record has.</summary>
    internal IReadOnlyDictionary<string, string> SecretEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>The required resources, in the order in which they are resolved.</summary>
    public required IReadOnlyList<RequiredResource> Resources { get; init; }

    /// <summary>The runs that sources take files of: the source, such as <c>operation:train</c>, to the run's full id.</summary>
    public required IReadOnlyDictionary<string, string> OperationRuns { get; init; }

    /// <summary>
    /// The values that are recorded as the run's flags: those of the operation and, as Guild AI has it, the runs that its resources take files of.
    /// </summary>
    public required IReadOnlyDictionary<string, object?> RecordedFlags { get; init; }

    /// <summary>The label, or null for none.</summary>
    public required string? Label { get; init; }

    /// <summary>The tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>True if the run goes to the trash when it ends well.</summary>
    internal bool DeletesOnSuccess => Operation.DeletesOnSuccess && !Request.KeepsRun;

    /// <summary>The steps of a pipeline, in the order in which they are carried out; null for an operation that runs a program.</summary>
    internal PipelinePlan? Pipeline { get; init; }

    /// <summary>What the user should know before it starts.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
