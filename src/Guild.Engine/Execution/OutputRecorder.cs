using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// Records what a program writes, on a thread of its own. The order within each stream is exact. The program never waits for anything but the disk, and not even
/// for that once the disk is full: from then on what it writes is read and dropped.
/// </summary>
internal sealed class OutputRecorder : IDisposable
{
    private readonly OutputFile _file;
    private readonly RecordedStream[] _streams;
    private readonly DrainLimit _limit;
    private OutputWait? _wait;
    private WatchThread? _thread;

    /// <summary>Creates a recorder, which begins when it is told to, or else at its end.</summary>
    /// <param name="program">The program, whose streams nobody else reads.</param>
    /// <param name="file">Where it goes; closed together with the recorder.</param>
    /// <param name="lines">Who is handed lines; null if nobody wants them.</param>
    /// <param name="clock">The clock of the time stamps.</param>
    internal OutputRecorder(SpawnedProgram program, OutputFile file, OutputLineReader? lines, TimeProvider clock)
    {
        _file = file;
        _limit = new DrainLimit(clock);
        Sources = [.. new[] { program.Output, program.Error }.OfType<OutputSource>()];
        var gate = new Lock();
        _streams = [.. Sources.Select(source =>
        {
            var kind = source == program.Output ? OutputStreamKind.Output : OutputStreamKind.Error;
            return new RecordedStream(source, file, lines is null ? null : new OutputLines(lines, gate, kind), kind, _limit);
        })];
    }

    /// <summary>What it reads.</summary>
    internal IReadOnlyList<OutputSource> Sources { get; }

    /// <summary>True once the streams are read; until then, what the program writes waits for it.</summary>
    internal bool HasBegun => _thread is not null;

    /// <summary>True if a stream was left before its end, because something that outlived the program holds it open.</summary>
    internal bool IsCutShort => Array.Exists(_streams, stream => stream.IsCutShort);

    /// <summary>Why the recording stopped; null if all is recorded.</summary>
    internal Exception? Fault => _file.Fault;

    /// <summary>Why lines were no longer handed to the sink; null if all were.</summary>
    internal Exception? LineFault => Array.Find(_streams, stream => stream.LineFault is not null)?.LineFault;

    /// <summary>Begins to read, which goes on until both streams end.</summary>
    internal void Begin()
    {
        _wait = OutputWait.For(Sources);
        _thread = WatchThread.Start(ReadToEnd);
    }

    /// <summary>Reads on until the streams end, or until what outlived the program has had its time, and completes the record.</summary>
    internal void Finish()
    {
        _limit.ProgramEnded();
        if (_thread is { } thread)
        {
            _wait!.Wake();
            thread.Join();
        }
        else
        {
            ReadToEnd();
        }

        Array.ForEach(_streams, stream => stream.WriteRest());
        _file.Complete();
    }

    public void Dispose()
    {
        _file.Dispose();
        _wait?.Dispose();
    }

    private void ReadToEnd()
    {
        Array.ForEach(_streams, stream => stream.Begin());
        Read();
        while (TimeToWait() is { } time)
        {
            _wait ??= OutputWait.For(Sources);
            _wait.Wait(time);
            Read();
        }

        Array.ForEach(_streams, stream => stream.End());
    }

    private void Read()
    {
        foreach (var stream in _streams)
        {
            if (!stream.IsOver)
            {
                stream.Read();
            }
        }
    }

    // Null when there is nothing more to wait for.
    private TimeSpan? TimeToWait()
    {
        TimeSpan? time = null;
        foreach (var stream in _streams)
        {
            if (!stream.IsOver && (time is not { } shortest || shortest < TimeSpan.Zero || (stream.TimeToWait is var own && own >= TimeSpan.Zero && own < shortest)))
            {
                time = stream.TimeToWait;
            }
        }

        return time;
    }
}
