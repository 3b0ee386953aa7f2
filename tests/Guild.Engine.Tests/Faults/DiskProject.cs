using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>A project on an ordinary disk whose Guild home is on a small one.</summary>
internal sealed class DiskProject : IDisposable
{
    public DiskProject(string guildFile, int kilobytes)
    {
        Disk = new SmallDisk(kilobytes);
        Project = new TempProject(guildFile);
        Home = new GuildHome(Path.Combine(Disk.Path, "home"));
    }

    public SmallDisk Disk { get; }

    public TempProject Project { get; }

    public GuildHome Home { get; }

    public RunStore Store => new(Home);

    public EngineContext Context => Project.Context with { Home = Home };

    public RunResult Run(string operation) => Run(Project.Request(operation));

    public RunResult Run(RunRequest request) =>
        new OperationRunner(Context).Run(Planner.Plan(request, Context, CancellationToken.None), new RunOptions(), Project.Events, CancellationToken.None);

    public void Dispose()
    {
        Disk.Dispose();
        Project.Dispose();
    }
}
