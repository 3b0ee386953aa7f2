using System.Globalization;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Bench;

/// <summary>What a trial of a batch costs beyond its program and its files.</summary>
internal static class Trials
{
    private const int Count = 1000;
    private const int Threads = 2;

    private static readonly Lazy<string> Project = new(MakeProject);

    private static readonly Lazy<string> Links = new(() => Scratch.NewFolder("batch"));

    private static readonly Lazy<(string Path, byte[] Bytes)[]> TrialFiles = new(FilesOfTrial);

    internal static IEnumerable<Comparison> Comparisons()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return new Comparison(
            "engine: 1,000 trials of true, two at a time : spawns and plain writes",
            () => Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ => Bare()),
            () => Run(Projects.Context(Scratch.NewFolder("home")), Count),
            Rounds: 5)
        {
            Millions = Count / 1e6,
        };
    }

    private static BatchResult Run(EngineContext context, int count)
    {
        var request = new RunRequest
        {
            Project = Engine.Operations.Project.Open(Project.Value),
            Operation = "noop",
            Flags = [KeyValuePair.Create("n", (FlagInput)new FlagText(string.Create(CultureInfo.InvariantCulture, $"range[1:{count}]")))],
            Search = new SearchRequest { ThrottleLimit = Threads, KeepsBatch = true },
        };
        BatchResult result = new BatchRunner(context).Run((BatchPlan)Planner.PlanAny(request, context), new RunOptions(), NullEventSink.Instance, CancellationToken.None);
        return result.Completed == count ? result : throw new InvalidOperationException($"{result.Completed} trials completed. {result.Fault?.Message}");
    }

    private static void Bare()
    {
        BareSpawn.Run(Projects.TrueProgram);
        var copy = new RunDirectory(Scratch.NewPath("trial"));
        Directory.CreateDirectory(copy.AttributesPath);
        foreach ((string path, byte[] bytes) in TrialFiles.Value)
        {
            using var handle = File.OpenHandle(Path.Join(copy.Path, path), FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, bytes, 0);
        }

        // What its batch knows it by.
        Directory.CreateSymbolicLink(Path.Join(Links.Value, copy.Id), copy.Path);
    }

    private static (string Path, byte[] Bytes)[] FilesOfTrial()
    {
        EngineContext context = Projects.Context(Scratch.NewFolder("home"));
        string id = BatchTrials.Ids(Run(context, 1).Directory).Single();
        string trial = Path.Join(context.Home.RunsDirectory, id);
        return [.. Directory.EnumerateFiles(trial, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(trial, file), File.ReadAllBytes(file)))];
    }

    private static string MakeProject()
    {
        string project = Scratch.NewFolder("project");
        File.WriteAllText(Path.Join(project, "guild.yml"), "noop:\n  exec: 'true'\n  sourcecode: no\n  flags: {n: 1}\n");
        return project;
    }
}
