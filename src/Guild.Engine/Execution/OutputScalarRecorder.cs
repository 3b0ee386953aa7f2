using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Scalars;

namespace Guild.Engine.Execution;

/// <summary>
/// Finds scalars in what a program prints and writes them to an event file of the run, which is made when the first one comes. What is measured while it runs goes into
/// the same file: of two files that grow in one folder, TensorBoard reads only one to its end.
/// </summary>
internal sealed class OutputScalarRecorder : IDisposable
{
    // Who watches a run sees its scalars at once, and one that prints a million of them does not wait for the disk each time.
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(100);

    private readonly RunDirectory _directory;
    private readonly OutputScalars? _patterns;
    private readonly EngineContext _context;
    private readonly ScalarSink _found;
    private readonly Lock _lock = new();
    private EventFileWriter? _writer;
    private bool _isComplete;
    private bool _isUnflushed;
    private bool _hasFound;
    private double _lastTime;
    private double _flushTime;

    public OutputScalarRecorder(RunDirectory directory, object? patterns, IReadOnlyCollection<string> flagNames, IEventSink events, EngineContext context)
    {
        _directory = directory;
        _context = context;
        _found = Write;
        _patterns = OutputScalars.Create(patterns, flagNames, events, context.Time);
    }

    /// <summary>Takes each line of the output; null if no scalars are looked for.</summary>
    public OutputLineSink? Sink => _patterns is null ? null : Take;

    /// <summary>A byte without which no line has scalars; null if any line can have them.</summary>
    public byte? Mark => _patterns?.Mark;

    /// <summary>Adds scalars that were not printed. After the end they are left out.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Add(IReadOnlyList<ScalarPoint> points)
    {
        lock (_lock)
        {
            if (_isComplete)
            {
                return;
            }

            foreach (var point in points)
            {
                Writer.Add(point);
            }

            _writer?.Flush();
        }
    }

    /// <summary>Completes the event file, so that who sees that the run has ended sees all of its scalars.</summary>
    /// <exception cref="IOException">The last of them cannot be written.</exception>
    public void Complete()
    {
        lock (_lock)
        {
            var writer = _writer;
            (_writer, _isComplete) = (null, true);
            writer?.Dispose();
        }
    }

    public void Dispose() => Complete();

    private EventFileWriter Writer =>
        _writer ??= EventFileWriter.InFolder(_directory.GuildPath, _context.HostName is { Length: > 0 } host ? host : "localhost", Environment.ProcessId, _context.Time);

    // Measured values come on threads of their own.
    private void Take(ReadOnlySpan<byte> line, OutputStreamKind stream)
    {
        lock (_lock)
        {
            _hasFound = false;
            _patterns!.Match(line, _found);
            FlushInTime();
        }
    }

    private void Write(string tag, double value, long step, double wallTime)
    {
        Writer.Add(tag, (float)value, step, wallTime);
        (_hasFound, _isUnflushed, _lastTime) = (true, true, wallTime);
    }

    private void FlushInTime()
    {
        if (!_isUnflushed)
        {
            return;
        }

        // Points have their times already; asking the clock for each line would take longer than finding them.
        var now = _hasFound ? _lastTime : (_context.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (Math.Abs(now - _flushTime) > FlushPeriod.TotalSeconds)
        {
            _writer?.Flush();
            (_isUnflushed, _flushTime) = (false, now);
        }
    }
}
