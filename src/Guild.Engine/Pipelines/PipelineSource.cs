using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>All that the steps of a pipeline are made from. It comes from a request, or from the record of a run.</summary>
internal sealed record PipelineSource
{
    /// <summary>The project, whose operations the steps run.</summary>
    public required Project Project { get; init; }

    /// <summary>The pipeline's model, which is that of steps without one.</summary>
    public required string ModelName { get; init; }

    /// <summary>The pipeline's name with its model.</summary>
    public required string FullName { get; init; }

    /// <summary>The steps in file order.</summary>
    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    /// <summary>The values of the pipeline's flags, without secrets.</summary>
    public required IReadOnlyDictionary<string, object?> Flags { get; init; }

    /// <summary>The secrets that were given, by the names of their flags.</summary>
    public IReadOnlyDictionary<string, SecretValue> Secrets { get; init; } = new Dictionary<string, SecretValue>();

    /// <summary>All secret flags: name to environment variable.</summary>
    public IReadOnlyDictionary<string, string> SecretVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The label that steps without one have, or null.</summary>
    public string? Label { get; init; }

    /// <summary>The tags that steps without any have.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How the steps are carried out.</summary>
    public PipelineOptions Options { get; init; } = PipelineOptions.Default;

    public static PipelineSource Of(RunRequest request, OperationDefinition operation, BoundFlags flags) => new()
    {
        Project = request.Project,
        ModelName = operation.ModelName,
        FullName = operation.FullName,
        Steps = operation.Steps!,
        Flags = flags.Values,
        Secrets = flags.Secrets,
        SecretVariables = flags.SecretVariables,
        Label = request.Label,
        Tags = request.Tags,
        Options = request.Pipeline,
    };

    /// <param name="run">The run of a pipeline.</param>
    /// <param name="secrets">The environment variables that hold its secrets.</param>
    /// <param name="context">The surroundings.</param>
    public static PipelineSource Of(Run run, IReadOnlyDictionary<string, string> secrets, EngineContext context)
    {
        var asked = run.Directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?>;
        var variables = RecordedSecrets.FlagsOf(run);
        return new PipelineSource
        {
            Project = Open(run, context),
            ModelName = run.ModelName,
            FullName = run.ModelName.Length == 0 ? run.OperationName : $"{run.ModelName}:{run.OperationName}",
            Steps = PipelineRecord.ReadSteps(run.Directory),
            Flags = run.Flags,
            Secrets = variables
                .Select(flag => (Name: flag.Key, Value: Secret(flag.Value, secrets)))
                .Where(flag => flag.Value is not null)
                .ToDictionary(flag => flag.Name, flag => flag.Value!, StringComparer.Ordinal),
            SecretVariables = variables,
            Label = asked?.GetValueOrDefault("label") as string,
            Tags = [.. (asked?.GetValueOrDefault("tags") as IReadOnlyList<object?> ?? []).OfType<string>()],
            Options = PipelineRecord.ReadOptions(run.Directory),
        };
    }

    private static SecretValue? Secret(string variable, IReadOnlyDictionary<string, string> secrets)
    {
        if (secrets.TryGetValue(variable, out var text))
        {
            return new SecretValue(text);
        }

        return secrets.TryGetValue(SecretValue.PasswordOf(variable), out var password)
            ? new SecretValue(password, secrets.GetValueOrDefault(SecretValue.UserNameOf(variable)))
            : null;
    }

    // Steps are made from the definitions of today: the record has the steps, and not what the operations are that they run.
    private static Project Open(Run run, EngineContext context)
    {
        try
        {
            return Project.OpenFor(run.ProjectPath ?? context.WorkingDirectory, run.FullName, PythonFolders.Search(context));
        }
        catch (Exception error) when (error is GuildException or IOException)
        {
            throw new RunStateException(
                run.Id,
                $"Pipeline {run.ShortId} cannot be carried out, because the definition of operation '{run.FullName}' cannot be found: {error.Message}",
                "See that its project is where it was when the pipeline was made.");
        }
    }
}
