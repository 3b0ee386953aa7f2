using System.Diagnostics;
using System.Globalization;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Faults;

/// <summary>Kills the process of a search, and of what goes on with it, at twenty random moments for each optimizer.</summary>
internal static class Searches
{
    private const int Moments = 20;
    private const int AtOnce = 2;

    // About as long as a search takes from its first trial to its end.
    private const int LatestMilliseconds = 900;

    // Says when a program of a trial runs beside another one of the same trial, and counts the programs that came to their end.
    private const string GuildFile = """
        op:
          exec: >-
            sh -c 'exec 9> ../../lock-$RUN_ID; flock -n 9 || echo $RUN_ID >> ../../twice; sleep 0.05; echo loss: $FLAG_X; echo ran >> ../../ran-$RUN_ID'
          sourcecode: no
          flags: {x: 1, y: 1}
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly (string Optimizer, int Trials, string[] Flags)[] Kinds =
    [
        ("grid", 12, ["x=[1,2,3,4]", "y=[1,2,3]"]),
        ("random", 12, ["x=uniform[0.0:1.0]", "y=[1:100]"]),
        ("tpe", 12, ["x=uniform[0.0:1.0]", "y=[1,2,3]"]),
        ("gp", 8, ["x=uniform[0.0:1.0]", "y=[1:100]"]),
    ];

    /// <summary>Kills, continues, and looks at what is there in the end.</summary>
    /// <returns>How many things are not as they should be.</returns>
    internal static async Task<int> Run(int seed)
    {
        int problems = 0;
        foreach ((string optimizer, int trials, string[] flags) in Kinds)
        {
            var whole = await Whole(optimizer, trials, flags);
            var random = new Random(seed);
            int[][] moments = [.. Enumerable.Range(0, Moments).Select(_ => Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(LatestMilliseconds)).ToArray())];
            int kept = 0;
            await Parallel.ForEachAsync(moments, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (times, _) =>
            {
                try
                {
                    Interlocked.Add(ref kept, await KillAt(optimizer, trials, flags, times, whole));
                }
                catch (Exception error) when (error is InvalidDataException or GuildException)
                {
                    Interlocked.Increment(ref problems);
                    Console.WriteLine($"problem: {optimizer}, killed {string.Join(", then ", times)} ms after its first trial: {error.Message}");
                }
            });
            Console.WriteLine($"search: {optimizer}: {Moments} searches, {moments.Sum(times => times.Length)} kills, {kept} trials had ended before one and were kept");
        }

        return problems;
    }

    // What the search tries when nobody kills it; null where that depends on how its trials come out beside each other.
    private static async Task<string[]?> Whole(string optimizer, int trials, string[] flags)
    {
        if (optimizer is not ("grid" or "random"))
        {
            return null;
        }

        using var workshop = new Workshop(GuildFile);
        using Process search = Start(workshop, optimizer, trials, flags);
        await search.WaitForExitAsync();
        Require(search.ExitCode == 0, $"it ends with {search.ExitCode} when nobody kills it: {await search.StandardOutput.ReadToEndAsync()}");
        return Combinations(workshop, workshop.Context.Runs.List().Single(run => run.IsBatch));
    }

    private static async Task<int> KillAt(string optimizer, int trials, string[] flags, int[] times, string[]? whole)
    {
        using var workshop = new Workshop(GuildFile);
        Process search = Start(workshop, optimizer, trials, flags);
        var ended = new Dictionary<string, (DateTimeOffset? Started, int Ran)>(StringComparer.Ordinal);
        foreach (int time in times)
        {
            await Begun(workshop, search);
            await Task.Delay(time);
            search.Kill();
            await search.WaitForExitAsync();
            search.Dispose();
            Run batch = workshop.Context.Runs.List().Single(run => run.IsBatch);
            Require(batch.Problems.Count == 0, $"the record is not whole: {string.Join(' ', batch.Problems)}");
            Require(batch.Status is RunStatus.Completed or RunStatus.Error, $"the batch that was killed is {batch.Status}");
            foreach (Run trial in TrialsOf(workshop, batch).Where(trial => trial.Status == RunStatus.Completed))
            {
                RequireKept(workshop, trial, ended);
                ended[trial.Id] = (trial.Started, Ran(workshop, trial));
            }

            search = workshop.Start("continue", batch.Id);
        }

        string said = await search.StandardOutput.ReadToEndAsync();
        await search.WaitForExitAsync();
        Require(search.ExitCode == 0, $"the last that goes on ends with {search.ExitCode}: {said}");
        search.Dispose();
        Check(workshop, trials, ended, whole);
        return ended.Count;
    }

    private static void Check(Workshop workshop, int trials, Dictionary<string, (DateTimeOffset? Started, int Ran)> ended, string[]? whole)
    {
        Run batch = workshop.Context.Runs.List().Single(run => run.IsBatch);
        List<Run> all = TrialsOf(workshop, batch);
        Require(batch.Status == RunStatus.Completed, $"the batch is {batch.Status} in the end");
        Require(all.Count == trials, $"there are {all.Count} trials of {trials}");
        Require(all.All(trial => trial.Status == RunStatus.Completed), $"a trial is {all.FirstOrDefault(trial => trial.Status != RunStatus.Completed)?.Status}");
        Require(all.Select(trial => BatchTrials.PlaceOf(trial.Directory)!.Number).Order().SequenceEqual(Enumerable.Range(1, trials)), "the trials are not numbered from 1 on, each once");
        Require(workshop.Context.Runs.List().Count() == trials + 1, "there are runs that the batch does not know");
        Require(whole is null || Combinations(workshop, batch).SequenceEqual(whole), "the trials have other flags than those of a search that nobody killed");
        Require(!File.Exists(Beside(workshop, "twice")), "two programs of one trial ran at the same time");

        // A folder that says not yet who makes it, without a file or with an empty one, is what a kill in that moment leaves; it is swept after an hour.
        FileInfo[] left = [.. new DirectoryInfo(workshop.Home.StagingDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length > 0)];
        Require(left.Length == 0, $"something is left in staging: {string.Join(' ', left.Select(file => $"{Path.GetRelativePath(workshop.Home.StagingDirectory, file.FullName)} ({file.Length} bytes)"))}");
        all.ForEach(trial => RequireKept(workshop, trial, ended));
        Require(all.All(trial => Ran(workshop, trial) > 0), "a trial is completed, and its program never came to its end");
    }

    private static void RequireKept(Workshop workshop, Run trial, Dictionary<string, (DateTimeOffset? Started, int Ran)> ended) =>
        Require(!ended.TryGetValue(trial.Id, out var before) || before == (trial.Started, Ran(workshop, trial)), $"trial {trial.Id} was completed, and was started again");

    private static int Ran(Workshop workshop, Run trial) => File.Exists(Beside(workshop, $"ran-{trial.Id}")) ? File.ReadLines(Beside(workshop, $"ran-{trial.Id}")).Count() : 0;

    private static Process Start(Workshop workshop, string optimizer, int trials, string[] flags) =>
        workshop.Start("search", ["op", optimizer, trials.ToString(CultureInfo.InvariantCulture), "2", .. flags]);

    private static async Task Begun(Workshop workshop, Process search)
    {
        long began = Stopwatch.GetTimestamp();
        while (!search.HasExited && workshop.Context.Runs.List().FirstOrDefault(run => run.IsBatch) is not { Status: RunStatus.Running })
        {
            Require(Stopwatch.GetElapsedTime(began) < Limit, "it does not begin");
            await Task.Delay(2);
        }

        // One that had all of its trials already has ended at once, and is killed for nothing.
        Require(!search.HasExited || search.ExitCode == 0, $"it ends with {(search.HasExited ? search.ExitCode : 0)} by itself");
    }

    private static List<Run> TrialsOf(Workshop workshop, Run batch) => [.. BatchTrials.Ids(batch.Directory).Select(id => workshop.Context.Runs.TryRead(id)).OfType<Run>()];

    private static string[] Combinations(Workshop workshop, Run batch) =>
    [
        .. TrialsOf(workshop, batch)
            .OrderBy(trial => BatchTrials.PlaceOf(trial.Directory)?.Number)
            .Select(trial => string.Join(' ', trial.Flags.Select(flag => $"{flag.Key}={FlagGrammar.Encode(flag.Value)}"))),
    ];

    private static string Beside(Workshop workshop, string name) => Path.Join(workshop.Home.Path, name);

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidDataException(problem);
        }
    }
}
