using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>How a batch ended.</summary>
/// <param name="Directory">The run of the batch; gone from there if <see cref="IsDeleted"/>.</param>
/// <param name="Fault">Why it could not be carried out; null if it was, whatever came of its trials.</param>
public sealed record BatchResult(RunDirectory Directory, GuildException? Fault)
{
    /// <summary>The exit code: 0, that of the trial that ended the batch, or a signal as a negative number; null if it goes on elsewhere or was only staged.</summary>
    public int? ExitStatus { get; init; }

    /// <summary>How many trials ended well, also in earlier starts of the batch; those that were ended before their time are among them.</summary>
    public long Completed { get; init; }

    /// <summary>How many failed.</summary>
    public long Failed { get; init; }

    /// <summary>How many are staged.</summary>
    public long Staged { get; init; }

    /// <summary>The best value of the objective; null if no trial has any.</summary>
    public double? Best { get; init; }

    /// <summary>The trial that has it.</summary>
    public string? BestTrialId { get; init; }

    /// <summary>Why the batch ended before all trials were made, as a sentence; null if it did not.</summary>
    public string? EndedBecause { get; init; }

    /// <summary>True if the run of the batch went to the trash, because it ended well and is not kept.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The process that supervises a batch which was given away; null for one that this process saw through.</summary>
    public int? SupervisorId { get; init; }
}
