using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>What the record of a batch has beyond that of Guild AI, in one attribute that Guild AI passes over: how trials are run, and what making them needs of the Guild file.</summary>
internal sealed record BatchSettings
{
    /// <summary>The attribute.</summary>
    public const string Attribute = "batch_settings";

    public required string Optimizer { get; init; }

    public int ThrottleLimit { get; init; } = 1;

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The devices that each trial gets while it runs; empty if trials get what the batch has.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    public int? MaxFailures { get; init; }

    public EarlyStopRule EarlyStop { get; init; }

    /// <summary>True if somebody said what is to be minimized or maximized.</summary>
    public bool HasObjective { get; init; }

    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>What kind of program a trial runs; null if the record does not say.</summary>
    public ProgramKind? Program { get; init; }

    /// <summary>The <c>main</c> of the operation, or null.</summary>
    public string? Main { get; init; }

    /// <summary>The template of the trials' labels; null for the default label.</summary>
    public string? Label { get; init; }

    /// <summary>The flags with their types, and choices that bring something with them.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    public static BatchSettings Of(BatchPlan plan) => new()
    {
        Optimizer = plan.Optimizer.Name,
        ThrottleLimit = plan.ThrottleLimit,
        Timeout = plan.Search.Timeout,
        TrialTimeout = plan.Search.TrialTimeout,
        Devices = DevicePool.Split(plan.Prototype.Request.Gpus, plan.Search.GpusPerTrial),
        MaxFailures = plan.Search.MaxFailures,
        EarlyStop = plan.Search.EarlyStop,
        HasObjective = plan.Search.Objective is not null || plan.Prototype.Operation.Objective is not null,
        Order = plan.Order,
        Program = plan.Prototype.Command.Kind,
        Main = plan.Prototype.Operation.Main,
        Label = Planner.LabelTemplateOf(plan.Prototype.Request, plan.Prototype.Operation),
        Flags = plan.Prototype.Operation.Flags,
    };

    /// <summary>What completes the flags of the trials of a plan.</summary>
    public static TrialFlags FlagsOf(BatchPlan plan) => new(ChoicesIn(plan.Rows.Count > 0 ? [] : plan.Prototype.Operation.Flags), [.. plan.Prototype.Flags.UserValues.Keys]);

    /// <summary>The flags with choices that bring flags or arguments with them.</summary>
    public static IReadOnlyList<FlagDefinition> ChoicesIn(IReadOnlyList<FlagDefinition> flags) =>
        [.. flags.Where(flag => flag.Choices.Any(choice => choice.Flags.Count > 0 || choice.Args.Count > 0))];

    public Dictionary<string, object?> ToValue()
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal) { ["optimizer"] = Optimizer, ["throttle_limit"] = (long)ThrottleLimit };
        Add("timeout", Timeout?.TotalSeconds);
        Add("trial_timeout", TrialTimeout?.TotalSeconds);
        Add("devices", Devices.Count > 0 ? Devices.Cast<object?>().ToList() : null);
        Add("max_failures", (long?)MaxFailures);
        Add("early_stop", EarlyStop == EarlyStopRule.None ? null : EarlyStop.ToString().ToLowerInvariant());
        Add("has_objective", HasObjective ? true : null);
        Add("order", Order.Count > 0 ? Order.Cast<object?>().ToList() : null);
        Add("program", Program?.ToString().ToLowerInvariant());
        Add("main", Main);
        Add("label", Label);
        var types = Flags.Where(flag => flag.Type != FlagType.Auto).ToDictionary(flag => flag.Name, flag => (object?)flag.Type.ToString().ToLowerInvariant(), StringComparer.Ordinal);
        Add("types", types.Count > 0 ? types : null);
        var choices = ChoicesIn(Flags).ToDictionary(flag => flag.Name, flag => (object?)flag.Choices.Select(ToValue).ToList(), StringComparer.Ordinal);
        Add("choices", choices.Count > 0 ? choices : null);
        return result;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                result[name] = value;
            }
        }
    }

    /// <summary>The settings as they are recorded, with another limit; those of a batch of Guild AI are what its reference says.</summary>
    public static Dictionary<string, object?> WithThrottleLimit(RunDirectory batch, OpRef opRef, int limit)
    {
        var recorded = batch.ReadAttribute(Attribute) as IReadOnlyDictionary<string, object?> ?? Read(batch, opRef, []).ToValue();
        return new Dictionary<string, object?>(recorded, StringComparer.Ordinal) { ["throttle_limit"] = (long)limit };
    }

    /// <summary>Reads the settings; those of a batch of Guild AI are what its reference says.</summary>
    public static BatchSettings Read(RunDirectory batch, OpRef opRef, IReadOnlyList<FlagDefinition> recorded)
    {
        if (batch.ReadAttribute(Attribute) is not IReadOnlyDictionary<string, object?> map)
        {
            return new BatchSettings { Optimizer = opRef.OperationName == "+" ? "grid" : opRef.OperationName, Flags = recorded };
        }

        return new BatchSettings
        {
            Optimizer = map.GetValueOrDefault("optimizer") as string ?? "grid",
            ThrottleLimit = (int)(map.GetValueOrDefault("throttle_limit") as long? ?? 1),
            Timeout = Time(map.GetValueOrDefault("timeout")),
            TrialTimeout = Time(map.GetValueOrDefault("trial_timeout")),
            Devices = Words(map.GetValueOrDefault("devices")),
            MaxFailures = (int?)(map.GetValueOrDefault("max_failures") as long?),
            EarlyStop = Word<EarlyStopRule>(map.GetValueOrDefault("early_stop")) ?? EarlyStopRule.None,
            HasObjective = map.GetValueOrDefault("has_objective") is true,
            Order = Words(map.GetValueOrDefault("order")),
            Program = Word<ProgramKind>(map.GetValueOrDefault("program")),
            Main = map.GetValueOrDefault("main") as string,
            Label = map.GetValueOrDefault("label") as string,
            Flags = [.. recorded.Select(flag => Definition(flag, map))],
        };
    }

    private static FlagDefinition Definition(FlagDefinition flag, IReadOnlyDictionary<string, object?> map)
    {
        var types = map.GetValueOrDefault("types") as IReadOnlyDictionary<string, object?>;
        var choices = map.GetValueOrDefault("choices") as IReadOnlyDictionary<string, object?>;
        return flag with
        {
            Type = Word<FlagType>(types?.GetValueOrDefault(flag.Name)) ?? FlagType.Auto,
            Choices = [.. (choices?.GetValueOrDefault(flag.Name) as IReadOnlyList<object?> ?? []).OfType<IReadOnlyDictionary<string, object?>>().Select(Choice)],
        };
    }

    private static object? ToValue(FlagChoice choice) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["value"] = FlagValues.Normalize(choice.Value),
        ["flags"] = choice.Flags,
        ["args"] = choice.Args,
    };

    private static FlagChoice Choice(IReadOnlyDictionary<string, object?> map) => new()
    {
        Value = map.GetValueOrDefault("value"),
        Flags = map.GetValueOrDefault("flags") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
        Args = map.GetValueOrDefault("args") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
    };

    private static TimeSpan? Time(object? value) => value switch
    {
        double seconds => TimeSpan.FromSeconds(seconds),
        long seconds => TimeSpan.FromSeconds(seconds),
        _ => null,
    };

    private static IReadOnlyList<string> Words(object? value) => [.. (value as IReadOnlyList<object?> ?? []).Select(item => item as string ?? FlagGrammar.Encode(item))];

    private static T? Word<T>(object? value)
        where T : struct, Enum => value is string text && Enum.TryParse<T>(text, ignoreCase: true, out var word) ? word : null;
}
