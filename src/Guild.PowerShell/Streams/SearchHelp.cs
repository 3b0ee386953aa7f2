using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.PowerShell.Streams;

/// <summary>Lines of help on what an operation declares for pipelines and searches.</summary>
internal static class SearchHelp
{
    /// <summary>The steps, each with its command line where that says more than the name.</summary>
    public static IEnumerable<(string Name, string Description)> Steps(OperationDefinition operation) =>
        (operation.Steps ?? []).Select(s => (s.Name, Sentence(s)));

    /// <summary>The optimizers, each with its algorithm and flags.</summary>
    public static IEnumerable<(string Name, string Description)> Optimizers(OperationDefinition operation) => operation.Optimizers.Select(o => (o.Name, string.Join(
        ' ',
        new[] { o.Algorithm == o.Name ? "" : o.Algorithm }
            .Concat(o.Flags.Select(f => $"{f.Key}={FlagGrammar.Encode(f.Value)}"))
            .Append(o.IsDefault && operation.Optimizers.Count > 1 ? "(default)" : "")
            .Where(t => t.Length > 0))));

    /// <summary>What searches aim for, or null if the operation does not say it.</summary>
    public static string? Objective(OperationDefinition operation) => operation.Objective switch
    {
        null => null,
        { IsMaximized: true } objective => $"maximize {objective.Column}",
        var objective => $"minimize {objective.Column}",
    };

    private static string Sentence(StepDefinition step)
    {
        var facts = new List<string>();
        if (step.Run.Trim() != step.Name)
        {
            facts.Add(step.Run.Trim());
        }

        // What the command line says already is not said again.
        foreach (var (name, value) in step.Flags)
        {
            if (value is FlagValue given)
            {
                facts.Add($"{name}={FlagGrammar.Encode(given.Value)}");
            }
        }

        return string.Join(' ', facts);
    }
}
