using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Yaml;

namespace Guild.Engine.Pipelines;

/// <summary>What the record of a pipeline's run says of its steps: the attribute <c>steps</c>, which is Guild AI's, and how they are carried out.</summary>
internal static class PipelineRecord
{
    /// <summary>The attribute with the steps as the Guild file had them.</summary>
    public const string StepsAttribute = "steps";

    /// <summary>The attribute that says how they are carried out, where that is not by default. Guild AI passes over it.</summary>
    public const string OptionsAttribute = "pipeline_options";

    private const string NeededKey = "needed";
    private const string ThrottleLimitKey = "throttle_limit";
    private const string KeepsGoingKey = "keep_going";
    private const string ForcesSourceCodeKey = "force_sourcecode";

    /// <summary>True if a run is that of a pipeline.</summary>
    public static bool IsPipeline(RunDirectory directory) => directory.HasAttribute(StepsAttribute);

    /// <summary>The options as they are recorded; null for the default ones.</summary>
    public static Dictionary<string, object?>? OfOptions(PipelineOptions options) => options == PipelineOptions.Default ? null : ValueOf(options);

    private static Dictionary<string, object?> ValueOf(PipelineOptions options) => new(StringComparer.Ordinal)
    {
        [NeededKey] = options.IsNeededOnly,
        [ThrottleLimitKey] = (long)options.ThrottleLimit,
        [KeepsGoingKey] = options.KeepsGoing,
        [ForcesSourceCodeKey] = options.ForcesSourceCode,
    };

    /// <summary>The options that a run was made with.</summary>
    public static PipelineOptions ReadOptions(RunDirectory directory)
    {
        var recorded = directory.ReadAttribute(OptionsAttribute) as IReadOnlyDictionary<string, object?>;
        var asked = directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?>;
        return new PipelineOptions
        {
            IsNeededOnly = (recorded?.GetValueOrDefault(NeededKey) ?? asked?.GetValueOrDefault(NeededKey)) is true,
            ThrottleLimit = recorded?.GetValueOrDefault(ThrottleLimitKey) is long limit and > 0 ? (int)Math.Min(limit, int.MaxValue) : 1,
            KeepsGoing = recorded?.GetValueOrDefault(KeepsGoingKey) is true,
            ForcesSourceCode = (recorded?.GetValueOrDefault(ForcesSourceCodeKey) ?? asked?.GetValueOrDefault(ForcesSourceCodeKey)) is true,
        };
    }

    /// <summary>Writes how the steps are carried out from now on.</summary>
    public static void WriteOptions(RunDirectory directory, PipelineOptions options)
    {
        if (options == ReadOptions(directory))
        {
            return;
        }

        // What Guild AI recorded of the request says the same, so the default is written out where it is to hold.
        directory.WriteAttribute(OptionsAttribute, ValueOf(options));
    }

    /// <summary>The steps that a run was made with.</summary>
    /// <exception cref="RunStateException">They cannot be understood.</exception>
    public static IReadOnlyList<StepDefinition> ReadSteps(RunDirectory directory)
    {
        // The record has the words of a Guild file, so it is bound as one.
        var value = new Dictionary<string, object?>(StringComparer.Ordinal) { [StepsAttribute] = directory.ReadAttribute(StepsAttribute) };
        var findings = new Findings(directory.AttributesPath);
        var mapping = YamlComposer.Compose(YamlText.Write(value), YamlLimits.Default).Root as YamlMapping;
        var steps = mapping is null
            ? null
            : StepBinder.BindAll(
                new Attributes(mapping, "the recorded pipeline", ItemAttributes.Operation, findings),
                new SectionIncludes([], new ExpansionBudget(findings), findings));
        if (steps is not null && !findings.HasErrors)
        {
            return steps;
        }

        var reason = findings.InFileOrder().FirstOrDefault(f => f.Severity == DiagnosticSeverity.Error)?.Message;
        throw new RunStateException(
            directory.Id,
            $"The record of run {RunId.Short(directory.Id)} has steps that cannot be read. {reason}".TrimEnd(),
            "Run the pipeline again.");
    }
}
