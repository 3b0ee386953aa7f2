using Guild.Engine.Runs;
using Guild.Engine.Runs.Index;

namespace Guild.Engine.Tests.Runs;

/// <summary>A Guild home in a folder of its own, deleted at the test's end, and a host whose processes the test makes up.</summary>
internal sealed class TestHome : IDisposable
{
    public const string Host = "here";

    public const string Boot = "boot-1";

    public static readonly OpRef Train = new(OpRef.GuildFileType, "/srv/demo/guild.yml", "1", "mlp", "train");

    private readonly string _path = Directory.CreateTempSubdirectory("guild-home-").FullName;

    private long _stamp = RunClock.FromTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TestHome(TimeProvider? time = null)
    {
        Home = new GuildHome(Path.Join(_path, "home"));
        Liveness = new ProcessLiveness(Host, Boot, Ask) { Namespace = "pid:[1]", UpTime = () => UpTime };
        Store = new RunStore(Home, time ?? TimeProvider.System, Liveness);
    }

    /// <summary>The same runs with an index, however few they are.</summary>
    public RunStore Indexed(TimeProvider time, string? localCache = null, bool isRefresh = false) =>
        new(Home, time, Liveness, new RunIndex(Home, localCache) { FewestRuns = 0 }) { IsRefresh = isRefresh };

    public GuildHome Home { get; }

    public RunStore Store { get; }

    public ProcessLiveness Liveness { get; }

    /// <summary>The processes that are alive on the host: id to start value.</summary>
    public Dictionary<int, long> Processes { get; } = [];

    /// <summary>How long ago the host was booted.</summary>
    public TimeSpan UpTime { get; set; }

    /// <summary>What happens once when the host is next asked for a process.</summary>
    public Action? BeforeAnswer { get; set; }

    public string OutsideHome(string name) => Path.Join(_path, name);

    /// <summary>Writes a completed run that started a second after the one before it.</summary>
    public RunDirectory AddRun(string? id = null, OpRef? opRef = null, long? exitStatus = 0)
    {
        var directory = AddBareRun(id ?? RunId.New(), opRef ?? Train);
        _stamp += 1_000_000;
        directory.WriteAttribute("started", _stamp);
        if (exitStatus is { } status)
        {
            directory.WriteAttribute("exit_status", status);
        }

        return directory;
    }

    /// <summary>Writes a run without attributes.</summary>
    public RunDirectory AddBareRun(string id, OpRef opRef)
    {
        var directory = new RunDirectory(Path.Join(Home.RunsDirectory, id));
        Directory.CreateDirectory(directory.AttributesPath);
        directory.WriteOpRef(opRef);
        return directory;
    }

    public Run Read(RunDirectory directory) => Store.TryRead(directory.Id)!;

    private long? Ask(int processId)
    {
        var before = BeforeAnswer;
        BeforeAnswer = null;
        before?.Invoke();
        return Processes.TryGetValue(processId, out var start) ? start : null;
    }

    public void Dispose() => TreeDeletion.Delete(_path);
}

/// <summary>A clock that stands still, and counts how often it is asked.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public int Questions { get; private set; }

    public override DateTimeOffset GetUtcNow()
    {
        Questions++;
        return Now;
    }
}
