using System.Globalization;
using Guild.Engine.Flags;

namespace Guild.Engine.Pipelines;

/// <summary>A step as a command line of <c>guild run</c>, as Guild AI shows it when the step begins.</summary>
internal static class StepCommand
{
    public static string Of(PipelineStep step)
    {
        var (definition, search) = (step.Definition, step.Definition.Search);
        var words = new List<string> { step.Spec };
        Add(words, "--batch-label", search.BatchLabel);
        Add(words, "--batch-tag", search.BatchTags);
        Add(words, "--fail-on-trial-error", search.FailsOnTrialError);
        Add(words, "--force-flags", definition.ForcesFlags);
        Add(words, "--gpus", step.Gpus is { Length: > 0 } ? step.Gpus : null);
        Add(words, "--label", step.Label);
        Add(words, "--max-trials", search.MaxTrials?.ToString(CultureInfo.InvariantCulture));
        Add(words, search.Objective is { IsMaximized: true } ? "--maximize" : "--minimize", search.Objective?.Column);
        Add(words, "--needed", definition.IsNeededOnly);
        Add(words, "--no-gpus", step.Gpus is "");
        Add(words, "--opt-flag", [.. search.OptimizerFlags.Select(Assignment)]);
        Add(words, "--optimize", search.UsesDefaultOptimizer);
        Add(words, "--optimizer", search.Optimizer);
        Add(words, "--random-seed", search.RandomSeed?.ToString(CultureInfo.InvariantCulture));
        Add(words, "--stop-after", definition.StopAfterMinutes?.ToString(CultureInfo.InvariantCulture));
        Add(words, "--tag", step.Tags);
        words.AddRange(definition.TrialFiles.Select(file => '@' + file));
        words.AddRange(step.Flags.OrderBy(flag => flag.Key, StringComparer.Ordinal).Select(Assignment));
        return string.Join(' ', words);
    }

    private static string Assignment(KeyValuePair<string, FlagInput> flag) => $"{flag.Key}={flag.Value switch
    {
        FlagText text => text.Text,
        FlagValue value => FlagGrammar.Encode(value.Value),
        _ => SecretValue.Mask,
    }}";

    private static void Add(List<string> words, string option, bool isGiven)
    {
        if (isGiven)
        {
            words.Add(option);
        }
    }

    private static void Add(List<string> words, string option, string? value)
    {
        if (value is not null)
        {
            words.Add(option);
            words.Add(value);
        }
    }

    private static void Add(List<string> words, string option, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            Add(words, option, value);
        }
    }
}
