using System.Diagnostics;
using System.Globalization;
using Guild.Engine.Runs;

namespace Guild.Faults;

/// <summary>Sixteen processes that stage, run, label, tag, delete, restore and list in one home for a minute.</summary>
internal static class Crowds
{
    private const int Processes = 16;
    private const int Seconds = 60;

    /// <summary>Lets them, and looks at what they leave.</summary>
    /// <returns>How many things are not as they should be.</returns>
    internal static async Task<int> Run(int seed)
    {
        using var workshop = new Workshop("{op: {exec: 'true', label: ''}}");
        List<Process> crowd = [.. Enumerable.Range(0, Processes).Select(number => workshop.Start(
            "crowd-for", (seed + number).ToString(CultureInfo.InvariantCulture), Seconds.ToString(CultureInfo.InvariantCulture)))];
        string[] outputs = await Task.WhenAll(crowd.Select(process => process.StandardOutput.ReadToEndAsync()));
        int problems = 0;
        int made = 0;
        foreach (string output in outputs)
        {
            if (output.StartsWith("made ", StringComparison.Ordinal))
            {
                made += int.Parse(output.AsSpan("made ".Length).Trim(), CultureInfo.InvariantCulture);
                continue;
            }

            problems++;
            Console.WriteLine(output.Trim());
        }

        RunStore store = workshop.Context.Runs;
        List<Run> runs = [.. store.List()];
        List<Run> deleted = [.. store.List(RunPlace.Trash)];
        List<string> ids = [.. runs.Concat(deleted).Select(run => run.Id)];
        problems += Check(ids.Count == made, $"{made} runs were made, and {ids.Count} are there");
        problems += Check(ids.Distinct(StringComparer.Ordinal).Count() == ids.Count, "a run is there twice");
        problems += Check(runs.Concat(deleted).All(run => run.Problems.Count == 0), "an attribute cannot be read");
        problems += Check(runs.All(run => run.Status is RunStatus.Completed or RunStatus.Staged), "a run is neither staged nor completed");
        problems += Check(
            new RunStore(workshop.Home).List().Select(Shown).SequenceEqual(runs.Select(Shown)),
            "the index says something else than the folders");
        problems += Check(!Directory.EnumerateFileSystemEntries(workshop.Home.StagingDirectory).Any(), "something is left in staging");
        Console.WriteLine($"crowd: {made} runs by {Processes} processes in {Seconds} s, {runs.Count} there and {deleted.Count} deleted");
        crowd.ForEach(process => process.Dispose());
        return problems;
    }

    private static (string Id, string? Label, RunStatus Status, int Tags) Shown(Run run) => (run.Id, run.Label, run.Status, run.Tags.Count);

    private static int Check(bool holds, string problem)
    {
        if (!holds)
        {
            Console.WriteLine($"problem: {problem}");
        }

        return holds ? 0 : 1;
    }
}
