namespace Guild.Engine.Execution;

/// <summary>Ends a run politely when it has taken as long as it may, and knows that it did.</summary>
internal sealed class RunTimeLimit : IDisposable
{
    private readonly CancellationTokenSource? _terminate;
    private readonly ITimer? _timer;
    private readonly TimeSpan _limit;
    private volatile bool _isPassed;

    /// <param name="options">How the run is carried out.</param>
    /// <param name="time">The clock, which begins to run now.</param>
    public RunTimeLimit(RunOptions options, TimeProvider time)
    {
        Options = options;
        if (options.TimeLimit is not { } limit)
        {
            return;
        }

        _limit = limit;
        _terminate = CancellationTokenSource.CreateLinkedTokenSource(options.Terminate);
        Options = options with { TimeLimit = null, Limit = this, Terminate = _terminate.Token };
        _timer = time.CreateTimer(_ => Pass(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How the run is carried out within the limit.</summary>
    public RunOptions Options { get; }

    /// <summary>What the record says of a run that the limit has ended; null while it has not passed, or if the run was being stopped already.</summary>
    public string? Note => _isPassed ? RunNotes.TookTooLong("run", _limit) : null;

    /// <summary>The limit has passed before there was a run that could say so.</summary>
    public RequestException PassedBeforeRun() => new(
        $"The operation was not run, because to make the run took longer than {RunNotes.Describe(_limit)} already.", _limit, "Give it more time with -Timeout (--stop-batch-after).");

    public void Dispose()
    {
        _timer?.Dispose();
        _terminate?.Dispose();
    }

    private void Pass()
    {
        try
        {
            if (!_terminate!.IsCancellationRequested)
            {
                _isPassed = true;
                _terminate.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The run has ended at this very moment.
        }
    }
}
