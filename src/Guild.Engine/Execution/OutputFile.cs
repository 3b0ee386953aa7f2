using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Execution;

/// <summary>
/// The recorded output and its index, open for writing at their ends. There is one entry of the index for each line: when it came, as milliseconds since 1970 in
/// eight bytes, highest first, and a byte for the stream. The first fault of the disk ends the recording; it never raises.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int EntriesAtOnce = 8192;
    private const int FewEntries = 64;
    private const byte NewLine = (byte)'\n';

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Action<Exception> _faulted;
    private byte[] _entries = [];
    private readonly SafeFileHandle? _output;
    private readonly SafeFileHandle? _index;
    private long _outputEnd;
    private long _indexEnd;
    private OutputStreamKind _lastStream;
    private bool _isInLine;

    /// <summary>Opens both files, made if they are missing. What is in them stays.</summary>
    /// <param name="outputPath">The file of the raw bytes.</param>
    /// <param name="indexPath">The file of the entries.</param>
    /// <param name="clock">The clock of the entries.</param>
    /// <param name="faulted">Called once, on any thread, when the recording ends by a fault.</param>
    internal OutputFile(string outputPath, string indexPath, TimeProvider clock, Action<Exception> faulted)
    {
        _clock = clock;
        _faulted = faulted;
        try
        {
            _output = Open(outputPath);
            _index = Open(indexPath);
            _outputEnd = RandomAccess.GetLength(_output);
            _indexEnd = RandomAccess.GetLength(_index) / OutputIndexEntry.Size * OutputIndexEntry.Size;
            EndEarlierLine();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    /// <summary>How many bytes of output the file has.</summary>
    internal long Length
    {
        get
        {
            lock (_gate)
            {
                return _outputEnd;
            }
        }
    }

    /// <summary>What else takes the bytes, recorded or not; null for nothing.</summary>
    internal OutputCopy? Copy { get; init; }

    /// <summary>Why nothing is recorded any more; null while all is well.</summary>
    internal Exception? Fault { get; private set; }

    public void Dispose()
    {
        _output?.Dispose();
        _index?.Dispose();
    }

    /// <summary>Writes bytes of one stream, which hold this many ends of lines.</summary>
    internal void Append(ReadOnlySpan<byte> bytes, int lines, OutputStreamKind stream)
    {
        lock (_gate)
        {
            Copy?.Invoke(bytes, lines, stream);
            if (Fault is not null || bytes.IsEmpty)
            {
                return;
            }

            try
            {
                RandomAccess.Write(_output!, bytes, _outputEnd);
                _outputEnd += bytes.Length;
                WriteEntries(lines, stream);
                _isInLine = bytes[^1] != NewLine;
                _lastStream = stream;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e);
            }
        }
    }

    /// <summary>Gives the last line its entry, if no end of line came.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            if (Fault is not null || !_isInLine)
            {
                return;
            }

            try
            {
                WriteEntries(1, _lastStream);
                _isInLine = false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e);
            }
        }
    }

    private void Fail(Exception fault)
    {
        Fault = fault;
        _faulted(fault);
    }

    private void WriteEntries(int lines, OutputStreamKind stream)
    {
        if (lines == 0)
        {
            return;
        }

        // All lines of one piece came at the same time, so their entries are alike: write one and copy it.
        var count = Math.Min(lines, EntriesAtOnce);
        if (_entries.Length < count * OutputIndexEntry.Size)
        {
            _entries = GC.AllocateUninitializedArray<byte>((count > FewEntries ? EntriesAtOnce : FewEntries) * OutputIndexEntry.Size);
        }

        new OutputIndexEntry(_clock.GetUtcNow().ToUnixTimeMilliseconds(), stream).Write(_entries);
        for (var done = OutputIndexEntry.Size; done < count * OutputIndexEntry.Size;)
        {
            var more = Math.Min(done, (count * OutputIndexEntry.Size) - done);
            _entries.AsSpan(0, more).CopyTo(_entries.AsSpan(done));
            done += more;
        }

        while (lines > 0)
        {
            var size = Math.Min(lines, EntriesAtOnce) * OutputIndexEntry.Size;
            RandomAccess.Write(_index!, _entries.AsSpan(0, size), _indexEnd);
            _indexEnd += size;
            lines -= size / OutputIndexEntry.Size;
        }
    }

    // A run that is restarted writes on. The last line of before, if it was cut short, has its entry already and must not become the first one of now.
    private void EndEarlierLine()
    {
        if (_outputEnd == 0)
        {
            return;
        }

        Span<byte> last = stackalloc byte[1];
        if (RandomAccess.Read(_output!, last, _outputEnd - 1) == 1 && last[0] != NewLine)
        {
            last[0] = NewLine;
            RandomAccess.Write(_output!, last, _outputEnd);
            _outputEnd++;
        }

        FitIndex();
    }

    // A supervisor that was killed between two writes left lines without entries. Those of now must not get them.
    private void FitIndex()
    {
        var lines = OutputReader.CountLineFeeds(_output!, 0, _outputEnd);
        var entries = _indexEnd / OutputIndexEntry.Size;
        if (entries > lines)
        {
            _indexEnd = lines * OutputIndexEntry.Size;
            RandomAccess.SetLength(_index!, _indexEnd);
        }

        for (; entries < lines; entries += int.MaxValue)
        {
            WriteEntries((int)Math.Min(lines - entries, int.MaxValue), OutputStreamKind.Output);
        }
    }

    private static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
