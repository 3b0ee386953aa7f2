using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Runs;

/// <summary>Reads the recorded output of a run line by line. The file can be larger than memory, and can still grow.</summary>
public static class OutputReader
{
    /// <summary>How much of one line is read, in bytes; the rest of a longer line is left out with a note.</summary>
    public const int MaximumLineBytes = 1024 * 1024;

    private const int ChunkSize = 64 * 1024;

    private const byte LineFeed = (byte)'\n';

    /// <summary>Reads lines in the order in which they were written. A last line without its line break is read too.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="first">The first line to read, counted from 0.</param>
    /// <param name="last">The last line to read, or null for all.</param>
    /// <exception cref="IOException">The output is there and cannot be read.</exception>
    public static IEnumerable<OutputLine> Read(RunDirectory directory, long first = 0, long? last = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return ReadLines(directory, first, last ?? long.MaxValue);
    }

    /// <summary>Reads the last lines of the output, from its end, without reading what is before them.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="count">How many lines to read.</param>
    /// <exception cref="IOException">The output is there and cannot be read.</exception>
    public static IReadOnlyList<OutputLine> Tail(RunDirectory directory, int count)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var output = OutputFiles.TryOpen(directory.OutputPath);
        if (output is null || count == 0)
        {
            return [];
        }

        using var index = new OutputIndex(directory.OutputIndexPath);
        var length = RandomAccess.GetLength(output);
        var (start, found) = FindStart(output, length, count);

        // While the run goes on, a line has its entry when it is complete; once it has ended, what is left over has one too.
        var isUnfinished = !EndsWithLineFeed(output, length) && File.Exists(directory.LockPath);
        var indexed = isUnfinished ? found - 1 : found;
        var entry = Math.Max(0, index.Count - indexed);
        var lines = new List<OutputLine>(found);
        var buffer = new LineBuffer();
        foreach (var _ in LinesFrom(output, start, length, buffer))
        {
            lines.Add(buffer.ToLine(index.Entry(entry++)));
        }

        return lines;
    }

    /// <summary>How many lines the output has, a last one without a line break included. Reads all of it.</summary>
    /// <exception cref="IOException">The output is there and cannot be read.</exception>
    public static long Count(RunDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        using var output = OutputFiles.TryOpen(directory.OutputPath);
        if (output is null)
        {
            return 0;
        }

        var length = RandomAccess.GetLength(output);
        var isUnfinished = length > 0 && !EndsWithLineFeed(output, length);
        return CountLineFeeds(output, 0, length) + (isUnfinished ? 1 : 0);
    }

    internal static long CountLineFeeds(SafeFileHandle output, long from, long to)
    {
        var chunk = new byte[ChunkSize];
        var count = 0L;
        while (from < to)
        {
            var read = RandomAccess.Read(output, chunk.AsSpan(0, (int)Math.Min(ChunkSize, to - from)), from);
            if (read == 0)
            {
                break;
            }

            count += chunk.AsSpan(0, read).Count(LineFeed);
            from += read;
        }

        return count;
    }

    private static IEnumerable<OutputLine> ReadLines(RunDirectory directory, long first, long last)
    {
        using var output = OutputFiles.TryOpen(directory.OutputPath);
        if (output is null)
        {
            yield break;
        }

        using var index = new OutputIndex(directory.OutputIndexPath);
        var buffer = new LineBuffer();
        var line = 0L;
        foreach (var _ in LinesFrom(output, 0, long.MaxValue, buffer))
        {
            if (line > last)
            {
                yield break;
            }

            if (line >= first)
            {
                yield return buffer.ToLine(index.Entry(line));
            }

            line++;
        }
    }

    // Yields once for each line, whose bytes are then in the buffer.
    private static IEnumerable<bool> LinesFrom(SafeFileHandle output, long from, long to, LineBuffer buffer)
    {
        var chunk = new byte[ChunkSize];
        while (from < to)
        {
            var read = RandomAccess.Read(output, chunk.AsSpan(0, (int)Math.Min(ChunkSize, to - from)), from);
            if (read == 0)
            {
                break;
            }

            from += read;
            for (var start = 0; start < read;)
            {
                var length = chunk.AsSpan(start, read - start).IndexOf(LineFeed);
                if (length < 0)
                {
                    buffer.Add(chunk.AsSpan(start, read - start));
                    break;
                }

                buffer.Add(chunk.AsSpan(start, length));
                start += length + 1;
                yield return true;
                buffer.Clear();
            }
        }

        if (!buffer.IsEmpty)
        {
            yield return true;
        }
    }

    private static (long Start, int Found) FindStart(SafeFileHandle output, long length, int count)
    {
        var chunk = new byte[ChunkSize];
        var found = 0;

        // The line break that ends the last line begins no other.
        for (var end = EndsWithLineFeed(output, length) ? length - 1 : length; end > 0;)
        {
            var size = (int)Math.Min(ChunkSize, end);
            var rest = chunk.AsSpan(0, RandomAccess.Read(output, chunk.AsSpan(0, size), end - size));
            while (rest.LastIndexOf(LineFeed) is >= 0 and var at)
            {
                found++;
                if (found == count)
                {
                    return (end - size + at + 1, found);
                }

                rest = rest[..at];
            }

            end -= size;
        }

        return (0, length == 0 ? 0 : found + 1);
    }

    private static bool EndsWithLineFeed(SafeFileHandle output, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(output, last, length - 1) == 1 && last[0] == LineFeed;
    }
}
