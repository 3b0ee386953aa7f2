using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Pipelines;

/// <summary>Makes the flags of a step from what it says itself and from the flags of its pipeline.</summary>
internal static class StepFlags
{
    /// <summary>
    /// The flags that the step's operation is given: those of the step, their references resolved to the pipeline's flags; over them the pipeline's flags that are
    /// named <c>OPERATION:flag</c> or <c>STEP:flag</c>. What comes to nothing is left out, so that the operation's default counts.
    /// </summary>
    /// <exception cref="FlagReferenceException">A reference is to nothing, or to a secret in the midst of other text.</exception>
    public static IReadOnlyList<KeyValuePair<string, FlagInput>> Of(StepDefinition step, string operation, PipelineSource pipeline)
    {
        var flags = new List<KeyValuePair<string, FlagInput>>(step.Flags.Count);
        foreach (var (name, input) in step.Flags)
        {
            flags.Add(new(name, Resolve(input, pipeline)));
        }

        foreach (var (name, input) in Prefixed(step, operation, pipeline))
        {
            flags.RemoveAll(flag => flag.Key == name);
            flags.Add(new(name, input));
        }

        flags.RemoveAll(flag => flag.Value is FlagValue { Value: null });
        return flags;
    }

    /// <summary>A text of a step with its references resolved; null for null, and for what comes to nothing.</summary>
    public static string? Text(string? template, PipelineSource pipeline)
    {
        if (template is null)
        {
            return null;
        }

        FlagReferences.RefuseSecrets(template, pipeline.SecretVariables);
        return FlagReferences.Resolve(template, pipeline.Flags) is { } value ? value as string ?? FlagGrammar.Encode(value) : null;
    }

    /// <summary>The label that a step without one has from its pipeline. What refers to no flag of the pipeline is left for the step's own flags.</summary>
    public static string? Inherited(PipelineSource pipeline) =>
        pipeline.Label is { } label && FlagReferences.Names(label).All(pipeline.Flags.ContainsKey) ? Text(label, pipeline) : pipeline.Label;

    /// <summary>The prefixes of the pipeline's flags that are meant for a step, the one that counts first before the other.</summary>
    public static string[] Prefixes(StepDefinition step, string operation) => [operation + ":", step.Name + ":"];

    private static Dictionary<string, FlagInput> Prefixed(StepDefinition step, string operation, PipelineSource pipeline)
    {
        var found = new Dictionary<string, FlagInput>(StringComparer.Ordinal);
        foreach (var prefix in Prefixes(step, operation))
        {
            foreach (var (name, value) in pipeline.Flags)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    found.TryAdd(name[prefix.Length..], pipeline.Secrets.GetValueOrDefault(name) is { } secret ? Input(secret) : new FlagValue(value));
                }
            }
        }

        return found;
    }

    private static FlagInput Resolve(FlagInput input, PipelineSource pipeline) => input switch
    {
        FlagText { Text: "null" } => new FlagValue(null),
        FlagText text when FlagReferences.HasReference(text.Text) => Resolve(text.Text, pipeline) switch
        {
            FlagValue { Value: string resolved } when !IsAlone(text.Text) => new FlagText(resolved),
            var value => value,
        },
        FlagValue { Value: string text } => Resolve(text, pipeline),
        FlagValue { Value: IReadOnlyList<object?> items } => new FlagValue(items.Select(item => item is string text && Resolve(text, pipeline) is FlagValue { Value: var value } ? value : item).ToList()),
        _ => input,
    };

    // A reference that stands alone hands the value on with its type, and a secret as a secret.
    private static FlagInput Resolve(string text, PipelineSource pipeline)
    {
        if (IsAlone(text) && pipeline.Secrets.GetValueOrDefault(FlagReferences.Names(text)[0]) is { } secret)
        {
            return Input(secret);
        }

        if (!IsAlone(text))
        {
            FlagReferences.RefuseSecrets(text, pipeline.SecretVariables);
        }

        return new FlagValue(FlagReferences.Resolve(text, pipeline.Flags));
    }

    private static bool IsAlone(string text) => FlagReferences.Names(text) is [var only] && text == $"${{{only}}}";

    private static FlagInput Input(SecretValue secret) => secret.IsCredential
        ? new FlagCredential(secret.Variables("")[0].Value, secret.Text)
        : new FlagSecret(secret.Text);
}
