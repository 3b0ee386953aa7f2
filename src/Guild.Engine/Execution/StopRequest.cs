using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// Hears of a stop that is asked for from outside where the run has no program of its own that could be signalled: whoever stops it leaves a file in the record, and
/// the process that carries it out looks for that file.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private const string FileName = "STOP";
    private const string KillWord = "kill";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly CancellationTokenSource _terminate;
    private readonly CancellationTokenSource _kill;
    private readonly Timer _timer;

    public StopRequest(RunDirectory directory, RunOptions options)
    {
        _path = PathOf(directory);
        File.Delete(_path);
        _terminate = CancellationTokenSource.CreateLinkedTokenSource(options.Terminate);
        _kill = CancellationTokenSource.CreateLinkedTokenSource(options.Kill);
        _timer = new Timer(_ => Look(), null, Period, Period);
    }

    /// <summary>Cancelled when a stop is asked for.</summary>
    public CancellationToken Terminate => _terminate.Token;

    /// <summary>Cancelled when an end at once is asked for.</summary>
    public CancellationToken Kill => _kill.Token;

    /// <summary>Asks the process that carries a run out to end it.</summary>
    public static void Write(RunDirectory directory, StopStep step) => File.WriteAllText(PathOf(directory), step == StopStep.Kill ? KillWord : "");

    public void Dispose()
    {
        using (var ended = new ManualResetEvent(false))
        {
            // A look that is under way would cancel what is gone.
            if (_timer.Dispose(ended))
            {
                ended.WaitOne();
            }
        }

        _terminate.Dispose();
        _kill.Dispose();
        File.Delete(_path);
    }

    private static string PathOf(RunDirectory directory) => Path.Join(directory.GuildPath, FileName);

    private void Look()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        try
        {
            (File.ReadAllText(_path) == KillWord ? _kill : _terminate).Cancel();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is being written. The next look reads it.
        }
    }
}
