using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// What goes on beside the preparation of a run, which may be a download of hours: the run gives a sign of life, so that other hosts of a shared home do not take it for given up,
/// and a request to stop it is heard.
/// </summary>
internal sealed class RunPreparation : IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);

    private readonly RunDirectory _directory;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop;
    private readonly ITimer _timer;
    private long _renewed;

    /// <summary>Begins.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">What else ends the preparation.</param>
    public RunPreparation(RunDirectory directory, TimeProvider time, CancellationToken stop)
    {
        _directory = directory;
        _time = time;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _renewed = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(), null, LookPeriod, LookPeriod);
    }

    /// <summary>Is cancelled when the run shall not be started.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Looks a last time.</summary>
    /// <exception cref="OperationCanceledException">The run shall not be started.</exception>
    public void ThrowIfStopped()
    {
        if (StopMark.IsThere(_directory))
        {
            _stop.Cancel();
        }

        Stop.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stop.Dispose();
    }

    private void Look()
    {
        try
        {
            if (StopMark.IsThere(_directory))
            {
                _stop.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The timer went off once more at the very end.
            return;
        }

        if (_time.GetElapsedTime(_renewed) >= ProcessRecord.RenewalPeriod)
        {
            _renewed = _time.GetTimestamp();
            ProcessRecord.Renew(_directory.ProcessPath, _time);
        }
    }
}
