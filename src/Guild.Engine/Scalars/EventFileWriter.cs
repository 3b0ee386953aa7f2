using System.Globalization;
using Google.Protobuf;
using Guild.Engine.Scalars.Protocol;

namespace Guild.Engine.Scalars;

/// <summary>
/// Writes scalars into an event file as TensorBoard reads it. The file appears with the first scalar, so a program without scalars
/// leaves none. One thread at a time.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private const string Version = "brain.Event:2";

    private const int MaximumNumber = 1000;

    private const int MostAdded = 64 * 1024;

    private readonly Func<FileStream> _open;

    private readonly ScalarRecords _added = new();

    private FileStream? _stream;

    /// <summary>Writes to a file of this path, which does not exist yet.</summary>
    public EventFileWriter(string path) => _open = () => Create(path);

    private EventFileWriter(Func<FileStream> open) => _open = open;

    /// <summary>Writes to a new file of the usual name in a folder: <c>events.out.tfevents.SECONDS.HOST.PID.NUMBER</c>.</summary>
    /// <param name="directory">The folder, which exists.</param>
    /// <param name="host">The name of this host.</param>
    /// <param name="processId">The id of this process.</param>
    /// <param name="time">The clock that gives the time in the name.</param>
    public static EventFileWriter InFolder(string directory, string host, int processId, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(time);
        return new EventFileWriter(() => CreateNumbered(directory, host, processId, time.GetUtcNow().ToUnixTimeSeconds()));
    }

    /// <summary>The path of the file; null while there is none.</summary>
    public string? Path => _stream?.Name;

    /// <summary>Adds a value.</summary>
    /// <param name="tag">The scalar's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="step">The step it belongs to.</param>
    /// <param name="wallTime">When it came, in seconds since 1970.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string tag, float value, long step, double wallTime)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (_stream is null)
        {
            _stream = _open();
            _stream.Write(EventRecord.Frame(new Event { WallTime = wallTime, FileVersion = Version }.ToByteArray()));
        }

        _added.Add(tag, value, step, wallTime);
        if (_added.Written.Length >= MostAdded)
        {
            WriteAdded();
        }
    }

    /// <summary>Adds a value; it keeps the precision of a float.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(ScalarPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        Add(point.Tag, (float)point.Value, point.Step, point.WallTime);
    }

    /// <summary>Lets readers see all that was added.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush() => WriteAdded();

    /// <summary>Flushes and closes the file.</summary>
    public void Dispose()
    {
        try
        {
            WriteAdded();
        }
        finally
        {
            _added.Clear();
            _stream?.Dispose();
        }
    }

    private void WriteAdded()
    {
        if (!_added.Written.IsEmpty)
        {
            _stream!.Write(_added.Written);
            _added.Clear();
        }
    }

    private static FileStream CreateNumbered(string directory, string host, int processId, long seconds)
    {
        for (var number = 0; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{host}.{processId}.{number}");
            try
            {
                return Create(System.IO.Path.Join(directory, name));
            }
            catch (IOException) when (number < MaximumNumber && File.Exists(System.IO.Path.Join(directory, name)))
            {
                // Another writer of this process began in the same second: the next number is free.
            }
        }
    }

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
