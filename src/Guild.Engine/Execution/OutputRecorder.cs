using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// Records what a program writes, on threads of its own. The order within each stream is exact. The program never waits for anything but the disk, and not even
/// for that once the disk is full: from then on what it writes is read and dropped.
/// </summary>
internal sealed class OutputRecorder : IDisposable
{
    private readonly OutputFile _file;
    private readonly List<RecordedStream> _streams = [];
    private readonly List<WatchThread> _threads = [];

    private readonly DrainLimit _limit;

    private OutputRecorder(OutputFile file, TimeProvider clock)
    {
        _file = file;
        _limit = new DrainLimit(clock);
    }

    /// <summary>True if a stream was left before its end, because something that outlived the program holds it open.</summary>
    internal bool IsCutShort => _streams.Exists(stream => stream.IsCutShort);

    /// <summary>Why the recording stopped; null if all is recorded.</summary>
    internal Exception? Fault => _file.Fault;

    /// <summary>Why lines were no longer handed to the sink; null if all were.</summary>
    internal Exception? LineFault => _streams.Select(stream => stream.LineFault).FirstOrDefault(fault => fault is not null);

    /// <summary>Begins to record the streams of a program.</summary>
    /// <param name="program">The program, whose streams nobody else reads.</param>
    /// <param name="file">Where it goes; closed together with the recorder.</param>
    /// <param name="lines">Who is handed lines; null if nobody wants them.</param>
    /// <param name="clock">The clock of the time stamps.</param>
    internal static OutputRecorder Start(SpawnedProgram program, OutputFile file, OutputLineReader? lines, TimeProvider clock)
    {
        var recorder = new OutputRecorder(file, clock);
        var gate = new Lock();
        recorder.Add(program.Output, OutputStreamKind.Output, lines, gate);
        recorder.Add(program.Error, OutputStreamKind.Error, lines, gate);
        return recorder;
    }

    /// <summary>Reads on until the streams end, or until what outlived the program has had its time, and completes the record.</summary>
    internal void Finish()
    {
        _limit.ProgramEnded();
        _streams.ForEach(stream => stream.Wake());
        _threads.ForEach(thread => thread.Join());
        _streams.ForEach(stream => stream.WriteRest());
        _file.Complete();
    }

    public void Dispose() => _file.Dispose();

    private void Add(OutputSource? source, OutputStreamKind kind, OutputLineReader? reader, Lock gate)
    {
        if (source is null)
        {
            return;
        }

        var lines = reader is null ? null : new OutputLines(reader, gate, kind);
        var stream = new RecordedStream(source, _file, lines, kind, _limit);
        _streams.Add(stream);
        _threads.Add(WatchThread.Start(stream.ReadToEnd));
    }
}
