using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>All that ends a batch before its time: Ctrl-C, signals, a request from another process, and the time limit of the search.</summary>
internal sealed class BatchStopping : IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    private readonly RunDirectory _batch;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _force = new();
    private readonly CancellationTokenSource _terminate;
    private readonly CancellationTokenSource _kill;
    private readonly CancellationTokenSource _any;
    private readonly ITimer _look;
    private ITimer? _limit;

    public BatchStopping(RunDirectory batch, RunOptions options, TimeProvider time, CancellationToken interrupt)
    {
        _batch = batch;
        Interrupt = interrupt;
        _terminate = CancellationTokenSource.CreateLinkedTokenSource(options.Terminate, _end.Token);
        _kill = CancellationTokenSource.CreateLinkedTokenSource(options.Kill, _force.Token);
        _any = CancellationTokenSource.CreateLinkedTokenSource(interrupt, _terminate.Token, _kill.Token);
        _look = time.CreateTimer(_ => Look(), null, LookPeriod, LookPeriod);
    }

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Interrupt { get; }

    /// <summary>A polite stop from outside, or by the time limit.</summary>
    public CancellationToken Terminate => _terminate.Token;

    /// <summary>An end at once.</summary>
    public CancellationToken Kill => _kill.Token;

    /// <summary>Any of them.</summary>
    public CancellationToken Any => _any.Token;

    /// <summary>True if the time limit of the search ended it.</summary>
    public bool IsTimeUp { get; private set; }

    /// <summary>True if somebody asked for the end.</summary>
    public bool IsAsked => _any.IsCancellationRequested && !IsTimeUp;

    /// <summary>The signal that the batch ended by, as the record has it; null if nobody asked for its end.</summary>
    public int? ExitStatus => !IsAsked ? null : _kill.IsCancellationRequested ? -Posix.SigKill : Interrupt.IsCancellationRequested ? -Posix.SigInt : -Posix.SigTerm;

    /// <summary>Begins to count the time that the search may take.</summary>
    public void Limit(TimeSpan? limit, TimeProvider time)
    {
        if (limit is { } longest)
        {
            _limit = time.CreateTimer(_ => TimeIsUp(), null, longest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the batch.</summary>
    public void End() => _end.Cancel();

    public void Dispose()
    {
        _look.Dispose();
        _limit?.Dispose();
        _any.Dispose();
        _kill.Dispose();
        _terminate.Dispose();
    }

    private void TimeIsUp()
    {
        if (!_any.IsCancellationRequested)
        {
            IsTimeUp = true;
            _end.Cancel();
        }
    }

    private void Look()
    {
        try
        {
            var path = BatchStop.PathOf(_batch);
            if (!File.Exists(path))
            {
                return;
            }

            _end.Cancel();
            if (File.ReadAllText(path).Length > 0)
            {
                _force.Cancel();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The next look may see more; after the end there is nothing to look for.
        }
    }
}
