using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Scalars;

namespace Guild.Engine.Search.Batches;

/// <summary>Looks at the objective of the trials that run, as their event files have it, and ends those that a rule gives up.</summary>
internal sealed class EarlyStopWatch : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(300);

    private readonly EarlyStopJudge _judge;
    private readonly ColumnSpec _column;
    private readonly List<Watched> _running = [];
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _end = new();

    public EarlyStopWatch(EarlyStopRule rule, ObjectiveDefinition objective, ColumnSpec column)
    {
        _judge = new EarlyStopJudge(rule, objective.IsMaximized);
        _column = column;
        _thread = new Thread(Watch) { IsBackground = true, Name = "Guild early stop" };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    public void Add(TrialControl control)
    {
        lock (_gate)
        {
            _running.Add(new Watched(control));
        }
    }

    public void Remove(TrialControl control)
    {
        lock (_gate)
        {
            _running.RemoveAll(watched => ReferenceEquals(watched.Control, control));
        }
    }

    /// <summary>Learns from a trial that has ended.</summary>
    public void Learn(RunDirectory trial)
    {
        lock (_gate)
        {
            _judge.Learn(trial.Id, Curve(trial));
        }
    }

    private void Watch()
    {
        var pause = ShortestPause;
        while (!_end.Wait(pause))
        {
            var began = TimeProvider.System.GetTimestamp();
            LookAtAll();

            // Large event files are read less often.
            var took = TimeProvider.System.GetElapsedTime(began) * 10;
            pause = took > ShortestPause ? took : ShortestPause;
        }
    }

    private void LookAtAll()
    {
        List<Watched> running;
        lock (_gate)
        {
            running = [.. _running];
        }

        foreach (var watched in running)
        {
            var size = SizeOf(watched.Control.Directory);
            if (size == watched.Size)
            {
                continue;
            }

            watched.Size = size;
            lock (_gate)
            {
                if (_judge.Judge(watched.Control.Directory.Id, Curve(watched.Control.Directory)) is { } reason)
                {
                    watched.Control.EndBefore(TrialEnd.StoppedEarly, reason);
                }
            }
        }
    }

    private IEnumerable<ScalarPoint> Curve(RunDirectory trial)
    {
        var tag = _column.Key.TrimStart('#');
        return RunScalars.Read(trial.Path).Where(point => point.Tag == tag || point.Tag.EndsWith("#" + tag, StringComparison.Ordinal));
    }

    private static long SizeOf(RunDirectory trial)
    {
        try
        {
            return RunScalars.Folders(trial.Path)
                .SelectMany(folder => Directory.EnumerateFiles(Path.Join(trial.Path, folder)))
                .Where(path => EventFiles.IsEventFile(Path.GetFileName(path)))
                .Sum(path => new FileInfo(path).Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    private sealed class Watched(TrialControl control)
    {
        public TrialControl Control => control;

        public long Size { get; set; } = -1;
    }
}
