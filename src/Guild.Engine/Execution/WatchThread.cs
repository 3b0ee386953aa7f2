namespace Guild.Engine.Execution;

/// <summary>
/// Work that waits for most of its time, on a thread of its own. The thread is kept for a while for what comes next: a batch starts thousands of programs, each of which is watched by
/// three threads for some milliseconds, and to make a thread takes longer than to wake one.
/// </summary>
internal sealed class WatchThread
{
    private const int MostIdle = 32;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);
    private static readonly Lock Gate = new();
    private static readonly List<Worker> Idle = [];

    private readonly object _end = new();
    private bool _hasEnded;

    private WatchThread()
    {
    }

    /// <summary>Starts some work, which must not raise anything.</summary>
    public static WatchThread Start(Action work)
    {
        var watch = new WatchThread();
        var job = new Job(work, watch);
        Worker? worker = null;
        lock (Gate)
        {
            if (Idle.Count > 0)
            {
                worker = Idle[^1];
                Idle.RemoveAt(Idle.Count - 1);
            }
        }

        if (worker is null)
        {
            Worker.Begin(job);
        }
        else
        {
            worker.Take(job);
        }

        return watch;
    }

    /// <summary>Waits until the work is done.</summary>
    public void Join()
    {
        lock (_end)
        {
            while (!_hasEnded)
            {
                Monitor.Wait(_end);
            }
        }
    }

    private void End()
    {
        lock (_end)
        {
            _hasEnded = true;
            Monitor.PulseAll(_end);
        }
    }

    private sealed record Job(Action Work, WatchThread Watch);

    private sealed class Worker
    {
        private readonly object _change = new();
        private Job? _job;

        public static void Begin(Job job)
        {
            var worker = new Worker { _job = job };
            new Thread(worker.Run) { IsBackground = true, Name = "Guild watch" }.Start();
        }

        public void Take(Job job)
        {
            lock (_change)
            {
                _job = job;
                Monitor.Pulse(_change);
            }
        }

        private void Run()
        {
            while (Next() is { } job)
            {
                job.Work();

                // Free before the end is told: who hears of it may have more to do at once.
                var isKept = TryKeep();
                job.Watch.End();
                if (!isKept)
                {
                    return;
                }
            }
        }

        private bool TryKeep()
        {
            lock (Gate)
            {
                if (Idle.Count >= MostIdle)
                {
                    return false;
                }

                Idle.Add(this);
                return true;
            }
        }

        private Job? Next()
        {
            lock (_change)
            {
                while (_job is null)
                {
                    if (!Monitor.Wait(_change, IdleTime) && _job is null && IsForgotten())
                    {
                        return null;
                    }
                }

                var job = _job;
                _job = null;
                return job;
            }
        }

        // Who has taken it from among the idle ones is about to give it something.
        private bool IsForgotten()
        {
            lock (Gate)
            {
                return Idle.Remove(this);
            }
        }
    }
}
