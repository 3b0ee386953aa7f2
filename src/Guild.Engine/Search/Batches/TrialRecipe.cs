using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>All that is needed to make and run trials, read once from the record of a batch.</summary>
internal sealed class TrialRecipe
{
    private readonly TrialCommand _command;
    private readonly TrialEnvironment _environment;
    private readonly SupervisedPlan _plan;
    private readonly IReadOnlyList<RequiredResource> _resources;
    private readonly string _workingDirectory;

    /// <param name="prototype">The prototype.</param>
    /// <param name="settings">The settings of the batch.</param>
    /// <param name="secrets">The environment variables that hold the secrets of the trials.</param>
    /// <param name="context">The surroundings.</param>
    public TrialRecipe(Run prototype, BatchSettings settings, IReadOnlyDictionary<string, string> secrets, EngineContext context)
    {
        var request = prototype.Directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?>;
        var given = prototype.Directory.ReadAttribute("user_flags") as IReadOnlyDictionary<string, object?>;
        var bound = new BoundFlags
        {
            Values = prototype.Flags,
            UserValues = given ?? new Dictionary<string, object?>(),
            SecretVariables = RecordedSecrets.FlagsOf(prototype),
            IsForced = request?.GetValueOrDefault("force_flags") is true,
        };
        Prototype = prototype;
        Settings = settings;
        HasRows = prototype.Directory.HasAttribute("trials");
        Completion = new TrialFlags(BatchSettings.ChoicesIn(HasRows ? [] : settings.Flags), [.. bound.UserValues.Keys]);
        _command = new TrialCommand(prototype, settings, bound, context);
        _plan = SupervisedPlan.Of(prototype, secrets) with { IsDurable = false };
        _environment = new TrialEnvironment(prototype, settings, secrets, _plan.Environment, context);
        _resources = RecordedResources.Of(prototype);
        _workingDirectory = context.WorkingDirectory;
    }

    public Run Prototype { get; }

    public BatchSettings Settings { get; }

    /// <summary>True if trials were given row by row.</summary>
    public bool HasRows { get; }

    /// <summary>True if trials that end well go to the trash.</summary>
    public bool DeletesTrials => _plan.DeletesOnSuccess;

    /// <summary>Completes what an optimizer suggests.</summary>
    public TrialFlags Completion { get; }

    public string? LabelOf(IReadOnlyDictionary<string, object?> flags) => LabelTemplate.Render(Settings.Label, new LabelContext(flags, _workingDirectory));

    public IReadOnlyList<string> CommandOf(IReadOnlyDictionary<string, object?> flags) => _command.For(flags, Completion.Arguments(flags));

    /// <summary>The trial as it is carried out.</summary>
    public TrialProgram ProgramOf(RunDirectory directory, IReadOnlyDictionary<string, object?> flags, string? devices)
    {
        var environment = _environment.For(directory, flags, devices);
        var plan = _plan with { Command = CommandOf(flags), Flags = flags, RecordedEnvironment = _environment.Recorded(environment), HasInputs = _resources.Count > 0 };
        return new TrialProgram(Prototype, plan, environment, _environment.Own, _resources);
    }
}

/// <summary>A trial that is ready to be carried out.</summary>
/// <param name="Prototype">The run that says where its operation comes from.</param>
/// <param name="Plan">What is supervised.</param>
/// <param name="Environment">The whole environment of its program.</param>
/// <param name="Own">The names of what the operation adds to it.</param>
/// <param name="Resources">What is resolved before it starts.</param>
internal sealed record TrialProgram(
    Run Prototype, SupervisedPlan Plan, IReadOnlyDictionary<string, string> Environment, IReadOnlySet<string> Own, IReadOnlyList<RequiredResource> Resources);
