using System.Collections;
using Guild.Engine.Pipelines;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell;

/// <summary>A trial of a batch that is not run yet. Piped to Invoke-GuildOperation, it is a row of a batch.</summary>
public sealed class GuildPlannedTrial
{
    private readonly string _text;

    internal GuildPlannedTrial(PlannedTrial trial, NeededResult? needed)
    {
        Number = trial.Number;
        Flags = Table.Of(trial.Flags);
        Label = trial.Label;
        Needed = needed?.IsNeeded;
        Reason = needed is null ? null : NeededText.Of(needed.Reason);
        RunId = needed?.Run?.Id;
        _text = BatchText.Flags(trial.Flags);
    }

    /// <summary>Its place in the batch, from 1.</summary>
    public long Number { get; }

    /// <summary>The flags with their values.</summary>
    public IDictionary Flags { get; }

    /// <summary>The label that its run would have, or null.</summary>
    public string? Label { get; }

    /// <summary>In a plan made with -Needed, true if no completed run is as this trial would be. The others are not run with -Needed. Else null.</summary>
    public bool? Needed { get; }

    /// <summary>In a plan made with -Needed, why it is needed, in the words that steps have, or that it is up to date. Else null.</summary>
    public string? Reason { get; }

    /// <summary>In a plan made with -Needed, the run that makes it unnecessary, or else the one that it was compared with. Else null.</summary>
    public string? RunId { get; }

    /// <summary>The flags on one line.</summary>
    public override string ToString() => _text;
}
