using System.Globalization;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>What is said of a run whose program or record did not come to a good end.</summary>
internal static class RunNotes
{
    /// <summary>How the program ended, to stand behind its name.</summary>
    internal static string HowItEnded(RunOutcome outcome) => outcome.ExitStatus < 0
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {-outcome.ExitStatus}")
        : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {outcome.ExitStatus}");

    /// <summary>The program has ended, and the record cannot say how.</summary>
    internal static HomeException NotRecorded(RunDirectory run, RunOutcome outcome, Exception problem) => new(
        run.Path,
        $"The program of run '{run.Id}' {HowItEnded(outcome)}, but its record cannot say so: {problem.Message}",
        "See that the folder is still there, that the disk has room and that you may write to it.",
        problem);

    /// <summary>It was ended by a limit of time.</summary>
    internal static string TookTooLong(string what, TimeSpan limit) => $"The {what} was ended because it took longer than {Describe(limit)}.";

    /// <summary>The record lacks something.</summary>
    internal static string Incomplete(RunDirectory run, string what, Exception problem) => $"The record of run '{run.Id}' does not say {what}: {problem.Message}";

    internal static string Describe(TimeSpan time) => time == TimeSpan.FromSeconds(1) ? "1 second"
        : time < TimeSpan.FromMinutes(2) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} seconds")
        : time.ToString();

    /// <summary>The recorded output lacks something.</summary>
    internal static string OutputInPart(RunDirectory run, Exception fault) => $"The output of run '{run.Id}' is recorded only in part, because it could not be written: {fault.Message}";
}
