using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Hears of a stop that is asked for by <see cref="StopMark"/> while this process carries a run out that has no program of its own.</summary>
internal sealed class StopListener : IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    private readonly RunDirectory _directory;
    private readonly CancellationTokenSource _terminate;
    private readonly CancellationTokenSource _kill;
    private readonly ITimer _timer;

    public StopListener(RunDirectory directory, RunOptions options, TimeProvider time)
    {
        _directory = directory;
        Patience = new StopPatience(options.Patience);
        _terminate = CancellationTokenSource.CreateLinkedTokenSource(options.Terminate);
        _kill = CancellationTokenSource.CreateLinkedTokenSource(options.Kill);
        _timer = time.CreateTimer(_ => Look(), null, LookPeriod, LookPeriod);
    }

    /// <summary>How long programs have to end by themselves, as whoever asks for the end has said.</summary>
    public StopPatience Patience { get; }

    /// <summary>Cancelled when a stop is asked for.</summary>
    public CancellationToken Terminate => _terminate.Token;

    /// <summary>Cancelled when an end at once is asked for.</summary>
    public CancellationToken Kill => _kill.Token;

    public void Dispose()
    {
        _timer.Dispose();
        _terminate.Dispose();
        _kill.Dispose();
        StopMark.Clear(_directory);
    }

    private void Look()
    {
        try
        {
            var (step, wait) = StopMark.Read(_directory);
            if (step != StopStep.None)
            {
                Patience.Time = wait ?? Patience.Time;
                (step == StopStep.Kill ? _kill : _terminate).Cancel();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The next look may see more; after the end there is nothing to look for.
        }
    }
}
