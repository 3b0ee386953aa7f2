using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>How the trials of a batch stand, as their records said when it was asked for.</summary>
public sealed class TrialSummary
{
    private TrialSummary(ObjectiveDefinition? objective, IReadOnlyDictionary<RunStatus, int> statuses)
    {
        Objective = objective;
        Statuses = statuses;
    }

    /// <summary>What the batch minimizes or maximizes; null if its record does not say it.</summary>
    public ObjectiveDefinition? Objective { get; }

    /// <summary>How many trials have each status; a status that none has is left out. Trials that were deleted are not counted.</summary>
    public IReadOnlyDictionary<RunStatus, int> Statuses { get; }

    /// <summary>The best value of the objective among the trials that ended well or were ended before their time; null if none has any.</summary>
    public double? Best { get; private set; }

    /// <summary>The trial that has it.</summary>
    public string? BestTrialId { get; private set; }

    /// <summary>Reads the states of all trials and the values of those that have ended. Never raises for what a record lacks.</summary>
    public static TrialSummary Of(RunDirectory batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var objective = ObjectiveOf(batch);
        var column = objective is null ? null : TryParse(objective);
        var reader = new RunReader(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System));
        var statuses = new Dictionary<RunStatus, int>();
        var summary = new TrialSummary(objective, statuses);
        foreach (var trial in BatchTrials.Directories(batch).Where(trial => trial.HasOpRef))
        {
            cancellation.ThrowIfCancellationRequested();
            var status = reader.ReadState(trial).Status;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (column is not null && Counts(trial, status))
            {
                summary.Take(trial.Id, ObjectiveColumn.Read(trial.Path, column));
            }
        }

        return summary;
    }

    /// <summary>What a batch minimizes or maximizes, as its record has it; null if it does not say it.</summary>
    public static ObjectiveDefinition? ObjectiveOf(RunDirectory batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.ReadAttribute("objective") switch
        {
            string { Length: > 1 } text when text[0] == '-' => new ObjectiveDefinition(text[1..], IsMaximized: true),
            string { Length: > 0 } text => new ObjectiveDefinition(text, IsMaximized: false),
            _ => null,
        };
    }

    private static bool Counts(RunDirectory trial, RunStatus status) => status == RunStatus.Completed
        || (status is RunStatus.Terminated or RunStatus.Error && TrialRecord.Read(trial)?.End is TrialEnd.StoppedEarly or TrialEnd.TimedOut);

    private static Runs.Comparing.ColumnSpec? TryParse(ObjectiveDefinition objective)
    {
        try
        {
            return ObjectiveColumn.Parse(objective);
        }
        catch (RequestException)
        {
            return null;
        }
    }

    private void Take(string id, double? value)
    {
        if (value is { } number && double.IsFinite(number) && (Best is not { } best || (Objective!.IsMaximized ? number > best : number < best)))
        {
            (Best, BestTrialId) = (number, id);
        }
    }
}
