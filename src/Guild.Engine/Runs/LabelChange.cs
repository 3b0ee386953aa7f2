using Guild.Engine.Text;

namespace Guild.Engine.Runs;

/// <summary>What becomes of a label.</summary>
internal static class LabelChange
{
    /// <summary>The label after a change of it.</summary>
    public static string Apply(string label, RunAnnotationChange change)
    {
        if (change.Label is not null)
        {
            return change.Label;
        }

        var kept = change.RemovedLabelParts.Aggregate(label, Without);
        return change.LabelPrefix is null && change.LabelSuffix is null
            ? kept
            : string.Join(' ', new[] { change.LabelPrefix, kept, change.LabelSuffix }.Where(part => !string.IsNullOrWhiteSpace(part))).Trim();
    }

    /// <summary>The label without some tags and with others before it, as far as it has them not.</summary>
    public static string WithTags(string label, IReadOnlyList<string> added, IReadOnlyList<string> removed)
    {
        var words = WordsOf(label);
        var kept = removed.Except(added, StringComparer.Ordinal).Aggregate(label, Without);
        return string.Join(' ', added.Except(words, StringComparer.Ordinal).Append(kept).Where(part => part.Length > 0));
    }

    // Whole words only, so that 'lr=1' does not take the beginning off 'lr=10'.
    private static string Without(string label, string part)
    {
        if (part.Length == 0)
        {
            return label;
        }

        var (padded, wanted) = ($" {label} ", $" {part} ");
        for (var at = padded.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = padded.IndexOf(wanted, StringComparison.Ordinal))
        {
            padded = padded.Remove(at, wanted.Length - 1);
        }

        return padded.Trim();
    }

    private static IReadOnlyList<string> WordsOf(string label)
    {
        try
        {
            return ShellWords.Split(label);
        }
        catch (FormatException)
        {
            return label.Split(' ');
        }
    }
}
