using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Runs;

/// <summary>Reads entries of an <c>output.index</c> by the number of their line. Reads ahead, since lines are asked for in order.</summary>
internal sealed class OutputIndex : IDisposable
{
    private const int EntriesAhead = 1024;

    private readonly SafeFileHandle? _handle;

    private readonly byte[] _buffer = new byte[EntriesAhead * OutputIndexEntry.Size];

    private long _first;

    private int _count;

    public OutputIndex(string path) => _handle = OutputFiles.TryOpen(path);

    /// <summary>How many whole entries there are now; none if there is no index.</summary>
    public long Count => _handle is null ? 0 : RandomAccess.GetLength(_handle) / OutputIndexEntry.Size;

    public bool Exists => _handle is not null;

    /// <summary>The entry of a line, counted from 0; null if there is none yet.</summary>
    public OutputIndexEntry? Entry(long line)
    {
        if (_handle is null || line < 0)
        {
            return null;
        }

        if (line < _first || line >= _first + _count)
        {
            _first = line;
            _count = RandomAccess.Read(_handle, _buffer, line * OutputIndexEntry.Size) / OutputIndexEntry.Size;
        }

        return line < _first + _count
            ? OutputIndexEntry.Read(_buffer.AsSpan((int)(line - _first) * OutputIndexEntry.Size, OutputIndexEntry.Size))
            : null;
    }

    public void Dispose() => _handle?.Dispose();
}

/// <summary>Opens files that another process may write, replace or delete meanwhile.</summary>
internal static class OutputFiles
{
    /// <summary>Opens a file for reading; null if it is not there.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.Exists(path)
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
