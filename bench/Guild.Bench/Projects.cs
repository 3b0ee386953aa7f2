using System.Collections;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Bench;

/// <summary>What the benches run, and where.</summary>
internal static class Projects
{
    internal const string TrueProgram = "/usr/bin/true";

    private const int ManyRuns = 10_000;

    private static readonly Lazy<string> EmptyProject = new(MakeEmptyProject);

    private static readonly Lazy<EngineContext> FullHomeContext = new(() => WithManyRuns(Context(Scratch.NewFolder("home"))));

    private static readonly Lazy<(string Path, byte[] Bytes)[]> NoopFiles = new(() => FilesOf(RunNoop(FullHome)));

    /// <summary>A project with a Guild file and nothing else, whose operation <c>noop</c> runs <c>true</c>.</summary>
    internal static string Empty => EmptyProject.Value;

    /// <summary>A home that holds ten thousand runs.</summary>
    internal static EngineContext FullHome => FullHomeContext.Value;

    internal static EngineContext Context(string home) => new()
    {
        Home = new GuildHome(home),
        WorkingDirectory = Empty,
        UserHome = home,
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        RunnersDirectory = BuiltFiles.Module,
        UserName = "bench",
        HostName = Environment.MachineName,
    };

    /// <summary>Runs <c>noop</c> as a session does that has run it before.</summary>
    internal static RunDirectory RunNoop(EngineContext context) => Run(context, Empty, "noop", new RunOptions());

    /// <summary>Runs an operation of a project.</summary>
    internal static RunDirectory Run(EngineContext context, string project, string operation, RunOptions options)
    {
        var request = new RunRequest { Project = Project.Open(project), Operation = operation };
        RunResult result = new OperationRunner(context).Run(Planner.Plan(request, context), options, new Silence(), CancellationToken.None);
        return result.Fault is null ? result.Directory : throw result.Fault;
    }

    /// <summary>Writes the files that a run of <c>noop</c> leaves behind, in the plainest way.</summary>
    internal static void WriteFilesOfNoop()
    {
        var copy = new RunDirectory(Scratch.NewPath("run"));
        Directory.CreateDirectory(copy.AttributesPath);
        foreach ((string path, byte[] bytes) in NoopFiles.Value)
        {
            Write(Path.Join(copy.Path, path), bytes);
        }
    }

    private static (string Path, byte[] Bytes)[] FilesOf(RunDirectory run) =>
        [.. Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(run.Path, file), File.ReadAllBytes(file)))];

    private static string MakeEmptyProject()
    {
        string project = Scratch.NewFolder("project");
        string file = Path.Join(project, "guild.yml");
        File.WriteAllText(file, "noop:\n  exec: 'true'\n");

        // As old as the files of a project mostly are: one that was written this moment is read again each time.
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        return project;
    }

    // One real run, and then its copies with an id and a time of their own, which is what makes a home big.
    private static EngineContext WithManyRuns(EngineContext context)
    {
        RunDirectory first = RunNoop(context);
        (string Path, byte[] Bytes)[] files = FilesOf(first);
        long now = new RunClock(TimeProvider.System).Next();
        Parallel.For(1, ManyRuns, number =>
        {
            var copy = new RunDirectory(Path.Join(context.Home.RunsDirectory, RunId.New()));
            Directory.CreateDirectory(copy.AttributesPath);
            foreach ((string path, byte[] bytes) in files)
            {
                Write(Path.Join(copy.Path, path), path.EndsWith("/id", StringComparison.Ordinal) ? Text(copy.Id)
                    : path.EndsWith("/started", StringComparison.Ordinal) || path.EndsWith("/initialized", StringComparison.Ordinal) ? Text($"{now - (number * 1_000_000L)}")
                    : bytes);
            }
        });
        return context;
    }

    private static byte[] Text(string line) => System.Text.Encoding.UTF8.GetBytes(line + '\n');

    private static void Write(string path, byte[] bytes)
    {
        using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(handle, bytes, 0);
    }

    private sealed class Silence : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
        }
    }
}
