using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Streams;

/// <summary>Batches in words.</summary>
internal static class BatchText
{
    /// <summary>What kind of batch it is, as the end of a sentence: <c>as a batch (4 trials)</c>, <c>with tpe optimizer (20 trials, minimize loss)</c>.</summary>
    public static string Kind(BatchPlan plan)
    {
        var kind = plan.Optimizer switch
        {
            { Kind: OptimizerKind.Grid } => "as a batch",
            { Kind: OptimizerKind.Random } => "with random search",
            var other => $"with {other.Name} optimizer",
        };
        string?[] facts =
        [
            plan.TrialCount > 0 || plan.Optimizer.Kind != OptimizerKind.Operation ? Trials(plan.TrialCount) : null,
            plan.Optimizer.Kind is OptimizerKind.Sequential or OptimizerKind.Operation ? Objective(plan.Objective) : null,
        ];
        var shown = string.Join(", ", facts.OfType<string>());
        return shown.Length == 0 ? kind : $"{kind} ({shown})";
    }

    /// <summary>What a search aims for: <c>minimize loss</c>.</summary>
    public static string Objective(ObjectiveDefinition objective) => $"{(objective.IsMaximized ? "maximize" : "minimize")} {objective.Column}";

    /// <summary>Flags on one line: <c>epochs=5, lr=0.01</c>.</summary>
    public static string Flags(IReadOnlyDictionary<string, object?> flags) =>
        string.Join(", ", flags.Where(f => f.Value is not null).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={FlagGrammar.Encode(f.Value)}"));

    /// <summary>How far a batch has come: <c>3 of 20 done, 2 running, 1 failed</c>.</summary>
    public static string Done(BatchProgressEvent progress)
    {
        string?[] facts =
        [
            Invariant($"{progress.Done} of {progress.Total} done"),
            progress.Running > 0 ? Invariant($"{progress.Running} running") : null,
            progress.Failed > 0 ? Invariant($"{progress.Failed} failed") : null,
        ];
        return string.Join(", ", facts.OfType<string>());
    }

    /// <summary>The best trial so far: <c>best accuracy 0.97 (epochs=5, lr=0.01)</c>; a space if there is none.</summary>
    public static string Best(BatchProgressEvent progress, IReadOnlyDictionary<string, object?>? flags) => progress.Best is { } best
        ? Invariant($"best {progress.Objective} {best:G6}{(flags is null ? "" : $" ({Flags(flags)})")}")
        : " ";

    /// <summary>How a trial ended.</summary>
    public static string Ended(TrialEndedEvent trial)
    {
        var how = trial.End switch
        {
            TrialEnd.Completed => "completed",
            TrialEnd.TimedOut => "was ended, since it took longer than a trial may",
            TrialEnd.StoppedEarly => "was ended early, since it did worse than others",
            TrialEnd.Interrupted => "was interrupted",
            TrialEnd.Terminated => "was terminated",
            _ when trial.Fault is { } fault => $"was not started: {fault.Message}",
            _ => Invariant($"failed with exit code {trial.ExitCode}"),
        };
        return Invariant($"Trial {trial.Number} ({RunId.Short(trial.TrialId)}) {how}{(trial.Value is { } value ? Invariant($", with {value:G6}") : "")}.");
    }

    /// <summary>A number of trials.</summary>
    public static string Trials(long count) => count == 1 ? "1 trial" : Invariant($"{count} trials");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
