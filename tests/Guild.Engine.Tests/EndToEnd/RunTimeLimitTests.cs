using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs that may take a certain time only. The tests say when it has passed.</summary>
public sealed class RunTimeLimitTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(90);

    private const string Because = "The run was ended because it took longer than 01:30:00.";

    private readonly TempProject _project = new("""
        slow: {exec: "sh -c 'echo $$ > pid; exec sleep 60'"}
        server: {exec: "sh -c 'echo $$ > pid; exec sleep 60'", stoppable: yes}
        quick: {exec: echo done}
        """);

    private readonly LimitClock _clock = new();

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public async Task A_run_that_is_ended_by_it_says_so()
    {
        var running = Task.Run(() => Run("slow"));
        await Eventually.Is(HasBegun);
        _clock.PassLimit();
        var run = Read(await running);

        Assert.Equal((RunStatus.Terminated, -15), (run.Status, run.ExitCode));
        Assert.Equal([Because], run.Notes);
    }

    [UnixFact]
    public async Task A_run_whose_proper_end_is_to_be_stopped_says_so_too()
    {
        var running = Task.Run(() => Run("server"));
        await Eventually.Is(HasBegun);
        _clock.PassLimit();
        var run = Read(await running);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal([Because], run.Notes);
    }

    [UnixFact]
    public async Task A_run_that_was_being_stopped_already_does_not_blame_the_limit()
    {
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => Run("slow", options: new RunOptions { Terminate = stop.Token }));
        await Eventually.Is(HasBegun);
        await stop.CancelAsync();
        _clock.PassLimit();
        var run = Read(await running);

        Assert.Equal(RunStatus.Terminated, run.Status);
        Assert.Empty(run.Notes);
    }

    [UnixFact]
    public async Task A_run_that_is_started_again_has_the_limit_that_is_given_then()
    {
        var first = Read(Run("slow", () => _clock.PassLimit()));
        var running = Task.Run(() => Runner().Restart(first, new RunOptions { TimeLimit = Limit }, NullEventSink.Instance, CancellationToken.None));
        await Eventually.Is(HasBegun);
        Assert.Empty(_project.Store.TryRead(first.Directory)!.Notes);
        _clock.PassLimit();

        Assert.Equal([Because], Read(await running).Notes);
    }

    [UnixFact]
    public void A_run_whose_program_was_not_started_yet_says_so()
    {
        var run = Read(Run("slow", () => _clock.PassLimit()));

        Assert.Equal((RunStatus.Terminated, -15), (run.Status, run.ExitCode));
        Assert.Equal([Because], run.Notes);
        Assert.Equal("Stopped before the program was started.", TempProject.Output(run));
    }

    [UnixFact]
    public void A_limit_that_passes_before_there_is_a_run_is_an_error_and_leaves_nothing()
    {
        _clock.PassesAtOnce = true;

        var error = Assert.Throws<RequestException>(() => Run("quick"));

        Assert.Equal("The operation was not run, because to make the run took longer than 01:30:00 already.", error.Message);
        Assert.Empty(_project.Store.List());
    }

    [UnixFact]
    public void A_run_that_ends_in_time_says_nothing()
    {
        var run = Read(Run("quick"));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Empty(run.Notes);
        _clock.PassLimit();
    }

    private bool HasBegun() => _project.Store.List().Any(r => r.Status == RunStatus.Running && File.Exists(Path.Combine(r.Directory.Path, "pid")));

    private OperationRunner Runner() => new(_project.Context with { Time = _clock });

    private RunResult Run(string operation, Action? whenMade = null, RunOptions? options = null) =>
        Runner().Run(_project.Plan(operation), (options ?? new RunOptions()) with { TimeLimit = Limit }, new Made(whenMade), CancellationToken.None);

    private Run Read(RunResult result) => _project.Store.TryRead(result.Directory)!;

    // A real clock but for the limit, which passes when it is told to.
    private sealed class LimitClock : TimeProvider
    {
        private Action _pass = () => { };

        public bool PassesAtOnce { get; set; }

        public void PassLimit() => _pass();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Limit)
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            _pass = () => callback(state);
            if (PassesAtOnce)
            {
                _pass();
            }

            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Made(Action? then) : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is RunStagedEvent)
            {
                then?.Invoke();
            }
        }
    }
}
