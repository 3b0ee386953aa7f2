using Guild.Engine.Scalars;

namespace Guild.Engine.Tests.Scalars;

/// <summary>Writes an event file of a test, and makes its folder.</summary>
internal sealed class EventFileBuilder : IDisposable
{
    private readonly EventFileWriter _writer;

    public EventFileBuilder(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _writer = new EventFileWriter(path);
    }

    public EventFileBuilder Add(string tag, float value, long step)
    {
        _writer.Add(tag, value, step, wallTime: 1_700_000_000.25);
        return this;
    }

    public void Dispose() => _writer.Dispose();
}
