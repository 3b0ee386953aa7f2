using System.Collections;
using Guild.Engine.Flags;

namespace Guild.Engine.Search.Batches;

/// <summary>The trials of a batch that are known before any has run; each is made when it is asked for.</summary>
internal sealed class PlannedTrialList(TrialSource source, TrialFlags completion, int count, string? label, string workingDirectory) : IReadOnlyList<PlannedTrial>
{
    public int Count => count;

    public PlannedTrial this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            if (!source.IsGrid)
            {
                return this.Skip(index).First();
            }

            // A grid counts on from whatever number it was told last.
            var optimizer = source.Open().Optimizer;
            if (index > 0)
            {
                optimizer.Tell(new Suggestion(index - 1, new Dictionary<string, object?>()), TrialOutcome.Pending);
            }

            return Planned(optimizer.Ask()!);
        }
    }

    public IEnumerator<PlannedTrial> GetEnumerator()
    {
        var optimizer = source.Open().Optimizer;
        for (var i = 0; i < count && optimizer.Ask() is { } suggestion; i++)
        {
            yield return Planned(suggestion);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private PlannedTrial Planned(Suggestion suggestion)
    {
        var flags = completion.Of(suggestion.Flags);
        return new PlannedTrial(suggestion.Number + 1, flags, LabelTemplate.Render(label, new LabelContext(flags, workingDirectory)));
    }
}
