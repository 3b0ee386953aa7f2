using System.Collections;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell;

/// <summary>A trial of a batch that is not run yet. Piped to Invoke-GuildOperation, it is a row of a batch.</summary>
public sealed class GuildPlannedTrial
{
    private readonly string _text;

    internal GuildPlannedTrial(PlannedTrial trial)
    {
        Number = trial.Number;
        Flags = Table.Of(trial.Flags);
        Label = trial.Label;
        _text = BatchText.Flags(trial.Flags);
    }

    /// <summary>Its place in the batch, from 1.</summary>
    public long Number { get; }

    /// <summary>The flags with their values.</summary>
    public IDictionary Flags { get; }

    /// <summary>The label that its run would have, or null.</summary>
    public string? Label { get; }

    /// <summary>The flags on one line.</summary>
    public override string ToString() => _text;
}
