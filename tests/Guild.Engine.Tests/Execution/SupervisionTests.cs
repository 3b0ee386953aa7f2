using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Execution;

/// <summary>Supervises real programs in a run directory of their own.</summary>
public abstract class SupervisionTests : ProgramTests
{
    private readonly string _runId = RunId.New();

    protected SupervisionTests()
    {
        Run = new RunDirectory(Folder);
        Directory.CreateDirectory(Run.AttributesPath);
    }

    protected RunDirectory Run { get; }

    protected CancellationTokenSource Interrupt { get; } = new();

    protected CancellationTokenSource Terminate { get; } = new();

    protected CancellationTokenSource KillNow { get; } = new();

    protected static StopTimes Patient { get; } = new(Limit, Limit);

    protected Task<RunOutcome> Supervise(ProgramStart program, StopTimes? times = null, IEventSink? events = null, bool isStoppable = false, TimeSpan? renewal = null)
    {
        var run = new SupervisedRun
        {
            Directory = Run,
            Program = program with { Environment = new Dictionary<string, string>(program.Environment) { ["RUN_ID"] = _runId } },
            StopTimes = times ?? Patient,
            IsStoppable = isStoppable,
            RenewalPeriod = renewal ?? ProcessRecord.RenewalPeriod,
        };
        var tokens = new StopTokens(Interrupt.Token, Terminate.Token, KillNow.Token);
        return Task.Factory
            .StartNew(() => RunSupervisor.Run(run, events ?? NullEventSink.Instance, tokens), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(Limit + Limit);
    }

    protected sealed class EventList : IEventSink
    {
        private readonly List<EngineEvent> _events = [];

        public IEnumerable<string> Warnings => _events.OfType<WarningEvent>().Select(warning => warning.Text);

        public void Report(EngineEvent engineEvent) => _events.Add(engineEvent);
    }
}
