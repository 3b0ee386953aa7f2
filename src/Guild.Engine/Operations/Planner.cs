using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Pipelines;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Operations;

/// <summary>Turns what a user asks for into a plan of the run. Reads the home and the project, and the flags of scripts; nothing of the run is done.</summary>
public static class Planner
{
    /// <summary>Plans a run.</summary>
    /// <exception cref="NameNotFoundException">There is no such operation, or no such resource.</exception>
    /// <exception cref="AmbiguousNameException">The operation's name could mean more than one.</exception>
    /// <exception cref="FlagException">Flags cannot be used as given; all problems at once.</exception>
    /// <exception cref="RequestException">The operation is of a kind that this version cannot run, or the user's configuration cannot be used.</exception>
    /// <exception cref="ProgramException">The interpreter or the script of the operation is missing.</exception>
    /// <exception cref="ResourceException">The value given for a resource cannot be understood.</exception>
    /// <exception cref="OperationCanceledException">The planning was cancelled.</exception>
    public static RunPlan Plan(RunRequest request, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var bound = Bind(WithTrial(request), context, cancellation);
        RejectBatch(bound.Operation, bound.Flags);
        return Complete(bound, context, cancellation);
    }

    /// <summary>Plans a run or, where flags have lists or search spaces, trials or an optimizer were given, a batch.</summary>
    /// <exception cref="GuildException">As <see cref="Plan"/>; or there is no such optimizer, or nothing to search.</exception>
    /// <exception cref="OperationCanceledException">The planning was cancelled.</exception>
    public static OperationPlan PlanAny(RunRequest request, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        if (request.Search is not null || request.TrialFiles.Count > 0)
        {
            return BatchPlanner.PlanAny(request, context, cancellation);
        }

        var bound = Bind(request, context, cancellation);
        return SearchFlags.AreSearched(bound.Operation, bound.Flags) ? BatchPlanner.Plan(bound, [], context, cancellation) : Complete(bound, context, cancellation);
    }

    /// <summary>Finds the operation and gives its flags their values.</summary>
    internal static BoundRequest Bind(RunRequest request, EngineContext context, CancellationToken cancellation)
    {
        if (request.Bound is { } bound)
        {
            return bound with { Request = request };
        }

        var project = request.Project;
        var imported = request.Imported ?? FlagImport.Of(project, OperationResolver.Resolve(project, request.Operation), context, cancellation);
        imported = imported with { Operation = StepFlagPassing.WithStepFlags(imported.Operation, request.Flags, project, context, cancellation) };
        var given = GivenValues.Sort(request, imported.Operation, project);
        return new BoundRequest(request, imported, given, FlagBinder.Bind(imported.Operation, given.Flags, BindingOptions(request, context)));
    }

    internal static FlagBindingOptions BindingOptions(RunRequest request, EngineContext context) =>
        new(context.WorkingDirectory, context.UserHome, request.ForcesFlags) { Environment = context.Environment };

    /// <summary>Makes the plan of one run from the values of its flags.</summary>
    internal static RunPlan Complete(BoundRequest bound, EngineContext context, CancellationToken cancellation)
    {
        var (request, imported, given, flags) = bound;
        var project = request.Project;
        var operation = imported.Operation;
        var model = project.ModelOf(operation);
        var resources = RequiredResources.Of(project.File, operation, new RequirementOptions
        {
            Flags = flags.Values,
            SecretVariables = flags.SecretVariables,
            Overrides = [.. given.Resources.Select(r => new ResourceOverride(r.Key, r.Value))],
            DefaultTargetType = operation.Requires.Count == 0 ? null : (request.Configuration ?? UserConfiguration.Read(context)).DefaultTargetType,
            Packages = project.Packages,
        });
        var resourceContext = ResourceContextOf(project, model, operation, flags, context) with { AmongRuns = request.AmongRuns, KnownRuns = request.KnownRuns };
        var operationRuns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in resources.Where(r => r.Definition.Sources.Any(s => s.Kind == SourceKind.Operation)))
        {
            foreach (var (name, id) in ResourcePlan.RunsOf(resource, resourceContext, cancellation))
            {
                operationRuns.TryAdd(name, id);
            }
        }

        var layout = SourceLayout.Of(project, model, operation);
        var command = CommandBuilder.Build(project, operation, flags, layout, context);
        var recorded = Recorded(flags.Values, operationRuns);
        var environment = EnvironmentBuilder.Build(request, operation, flags, command, operationRuns, context);
        return new RunPlan
        {
            Request = request,
            Operation = operation,
            Model = model,
            OpRef = OpRefOf(project, operation),
            Flags = flags,
            Command = command,
            Environment = environment.Plain,
            SecretEnvironment = environment.Secret,
            Resources = resources,
            OperationRuns = operationRuns,
            RecordedFlags = recorded,
            Label = LabelTemplate.Render(LabelTemplateOf(request, operation), new LabelContext(recorded, context.WorkingDirectory)),
            Pipeline = operation.IsPipeline ? PipelinePlan.Of(PipelineSource.Of(request, operation, flags), context, cancellation) : null,
            Tags = [.. operation.Tags.Concat(request.Tags).Distinct(StringComparer.Ordinal)],
            Warnings = [.. imported.Warnings, .. flags.Warnings, .. Shadowed(operation, flags), .. Exposed(flags)],
        };
    }

    /// <summary>The reference that is written to runs of an operation.</summary>
    internal static OpRef OpRefOf(Project project, OperationDefinition operation) => project switch
    {
        { IsScript: true } => new OpRef(OpRef.ScriptType, project.Directory, "", "", operation.Name),
        { Package: { } package } => new OpRef(OpRef.InstalledType, package.Name, package.Version, operation.ModelName, operation.Name),
        _ => new OpRef(OpRef.GuildFileType, project.File.Path, project.File.Digest, operation.ModelName, operation.Name),
    };

    /// <summary>
    /// Looks what the required resources of a plan would bring, and how large it is. Large folders take a while, so a run that is only started does not ask.
    /// </summary>
    public static IReadOnlyList<ResourcePlan> Preview(RunPlan plan, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var resourceContext = ResourceContextOf(plan.Request.Project, plan.Model, plan.Operation, plan.Flags, context) with { AmongRuns = plan.Request.AmongRuns };
        return [.. plan.Resources.Select(r => ResourcePlan.Of(r.WithRuns(plan.OperationRuns), resourceContext, cancellation))];
    }

    private static IEnumerable<string> Shadowed(OperationDefinition operation, BoundFlags flags) => FlagArguments.Shadowed(operation, flags)
        .Select(o => $"Option '--{o}' is not passed for a flag of operation '{operation.FullName}', because the operation's command gives that option itself.");

    private static IEnumerable<string> Exposed(BoundFlags flags) => flags.Values
        .Where(f => f.Value is string text && SecretNames.IsSecretValue(text))
        .Select(f => $"The value of flag '{f.Key}' holds a password or key, and it is recorded with the run. Declare the flag with 'secret: yes' in the Guild file to keep it out.");

    /// <summary>What the resources of an operation are resolved with.</summary>
    internal static ResourceContext ResourceContextOf(
        Project project,
        ModelDefinition model,
        OperationDefinition operation,
        BoundFlags flags,
        EngineContext context) => new()
        {
            Runs = new RunStore(context.Home),
            ProjectDirectory = project.Directory,
            PackageName = project.Package?.Name,
            WorkingDirectory = context.WorkingDirectory,
            ModelName = model.Name,
            Flags = flags.Values,
            SecretVariables = flags.SecretVariables,
            FlagDefinitions = operation.Flags,
            ProjectResources = RequiredResources.InProject(project.File, model.Name),
            UnpackLimits = UnpackLimits.From(context.Environment),
            Downloads = DownloadSettings.From(context.Environment),
            Environment = context.Environment,
        };

    /// <summary>The values that are recorded as flags: those of the operation, and the runs that its resources take files of.</summary>
    internal static SortedList<string, object?> Recorded(IReadOnlyDictionary<string, object?> flags, IReadOnlyDictionary<string, string> operationRuns)
    {
        var result = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in flags)
        {
            result[name] = value;
        }

        foreach (var (source, runId) in operationRuns)
        {
            result.TryAdd(source, runId);
        }

        return result;
    }

    /// <summary>What the label of a run is made from; null for the default label.</summary>
    internal static string? LabelTemplateOf(RunRequest request, OperationDefinition operation) => (request.Label ?? operation.Label) is { } template
        ? template
        : request.Tags.Count > 0 ? string.Join(' ', request.Tags) + " ${default_label}" : null;

    // One trial is a plain run with its values.
    private static RunRequest WithTrial(RunRequest request)
    {
        if (request.TrialFiles.Count == 0)
        {
            return request;
        }

        var trials = request.TrialFiles.SelectMany(TrialFile.Read).ToList();
        return trials.Count == 1
            ? request with { Flags = [.. trials[0].Flags, .. request.Flags] }
            : throw new RequestException(
                $"{string.Join(" and ", request.TrialFiles.Select(f => $"'{f}'"))} asks for {trials.Count} trials, where one run is needed.",
                request.TrialFiles[0],
                "Give a file with one row.");
    }

    private static void RejectBatch(OperationDefinition operation, BoundFlags flags)
    {
        if (SearchFlags.FirstSearched(operation, flags) is { } name)
        {
            throw new RequestException(
                $"Flag '{name}' has {(flags.Values[name] is string space ? $"the search space '{space}'" : "a list")}, which asks for a batch of trials, where one run is needed.",
                name,
                $"Give one value: {name}=VALUE. Text that only looks like a search space needs 'type: string' in the Guild file, and a list that the program takes whole needs 'arg-split'.");
        }
    }
}

/// <summary>A request whose operation is found and whose flags have their values.</summary>
internal sealed record BoundRequest(RunRequest Request, ImportedOperation Imported, GivenValues Given, BoundFlags Flags)
{
    public OperationDefinition Operation => Imported.Operation;
}
