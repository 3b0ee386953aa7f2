using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>All that ends a batch before its time: Ctrl-C, signals, a request from another process, and the time limit of the search.</summary>
internal sealed class BatchStopping : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _terminate;
    private readonly CancellationTokenSource _any;
    private readonly StopListener _listener;
    private ITimer? _limit;

    public BatchStopping(RunDirectory batch, RunOptions options, TimeProvider time, CancellationToken interrupt)
    {
        Interrupt = interrupt;
        _listener = new StopListener(batch, options, time);
        _terminate = CancellationTokenSource.CreateLinkedTokenSource(_listener.Terminate, _end.Token);
        _any = CancellationTokenSource.CreateLinkedTokenSource(interrupt, _terminate.Token, Kill);
    }

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Interrupt { get; }

    /// <summary>A polite stop from outside, or by the time limit.</summary>
    public CancellationToken Terminate => _terminate.Token;

    /// <summary>An end at once.</summary>
    public CancellationToken Kill => _listener.Kill;

    /// <summary>How long programs have to end by themselves, as whoever asks for the end has said.</summary>
    public StopPatience Patience => _listener.Patience;

    /// <summary>Any of them.</summary>
    public CancellationToken Any => _any.Token;

    /// <summary>True if the time limit of the search ended it.</summary>
    public bool IsTimeUp { get; private set; }

    /// <summary>True if somebody asked for the end.</summary>
    public bool IsAsked => _any.IsCancellationRequested && !IsTimeUp;

    /// <summary>The signal that the batch ended by, as the record has it; null if nobody asked for its end.</summary>
    public int? ExitStatus => IsAsked ? -new StopTokens(Interrupt, Terminate, Kill).Signal : null;

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
        _limit?.Dispose();
        _any.Dispose();
        _terminate.Dispose();
        _listener.Dispose();
    }

    private void TimeIsUp()
    {
        if (!_any.IsCancellationRequested)
        {
            IsTimeUp = true;
            _end.Cancel();
        }
    }
}
