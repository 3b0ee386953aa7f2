using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Runs;

/// <summary>A piece of output as it came.</summary>
/// <param name="Time">When the line's end was written, in UTC; null if unknown or if the line goes on.</param>
/// <param name="Stream">The stream; of a line that goes on it is not known yet, and the standard output is assumed.</param>
/// <param name="Text">The text, without the line break.</param>
/// <param name="StartsLine">False if the piece continues the piece before it.</param>
/// <param name="EndsLine">False if the line goes on: a progress bar, or a question that waits for its answer.</param>
public sealed record OutputPiece(DateTimeOffset? Time, OutputStreamKind Stream, string Text, bool StartsLine, bool EndsLine);

/// <summary>What came since the last look.</summary>
/// <param name="SkippedLines">How many lines were passed over before the pieces, because they came faster than they were taken.</param>
/// <param name="Pieces">The pieces in order.</param>
/// <param name="HasMore">True if there is more to take at once.</param>
public sealed record OutputPortion(long SkippedLines, IReadOnlyList<OutputPiece> Pieces, bool HasMore);

/// <summary>How a follower treats what comes fast or in parts.</summary>
public sealed record OutputFollowing
{
    /// <summary>False to hold a line back until it is complete.</summary>
    public bool GivesUnfinishedLines { get; init; } = true;

    /// <summary>How many bytes one look takes at most.</summary>
    public int PortionBytes { get; init; } = 256 * 1024;

    /// <summary>How many bytes a follower can be behind before it skips to near the end; null to skip nothing.</summary>
    public long? SkipBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Where to begin: the length of what a run that is started again printed earlier, which is passed over.</summary>
    public long Start { get; init; }
}

/// <summary>
/// Follows the output of a run while it is recorded. The recorded file is the buffer: the program never waits for a follower, and a
/// follower that is far behind skips lines and says how many. One thread at a time.
/// </summary>
public sealed class OutputFollower : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    private readonly RunDirectory _directory;

    private readonly OutputFollowing _following;

    private readonly byte[] _chunk;

    private readonly LineBuffer _line = new();

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    private SafeFileHandle? _output;

    private OutputIndex? _index;

    private long _position;

    private long _lineNumber;

    private bool _isInLine;

    private bool _hasBegun;

    // The line that was held back once already, because it was complete before its index entry was.
    private long _waitedFor = -1;

    /// <summary>Follows the output of a run from its beginning. The output need not exist yet.</summary>
    public OutputFollower(RunDirectory directory, OutputFollowing? following = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        _directory = directory;
        _following = following ?? new OutputFollowing();
        _chunk = new byte[_following.PortionBytes];
    }

    /// <summary>The position in the output, in bytes, from which on nothing is taken for now.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Takes what came since the last look, without waiting.</summary>
    /// <exception cref="IOException">The output is there and cannot be read.</exception>
    public OutputPortion Next()
    {
        _output ??= OutputFiles.TryOpen(_directory.OutputPath);
        if (_output is null)
        {
            return new OutputPortion(0, [], HasMore: false);
        }

        if (_index is not { Exists: true })
        {
            _index = new OutputIndex(_directory.OutputIndexPath);
        }

        var pieces = new List<OutputPiece>();
        var length = RandomAccess.GetLength(_output);
        if (!_hasBegun && !TryBegin(length))
        {
            return new OutputPortion(0, [], HasMore: false);
        }

        if (length < _position)
        {
            StartAgain();
        }

        length = Math.Max(_position, Math.Min(length, End));
        var skipped = SkipToNearEnd(length, pieces);
        var size = (int)Math.Min(_chunk.Length, length - _position);
        var chunk = _chunk.AsSpan(0, RandomAccess.Read(_output, _chunk.AsSpan(0, size), _position));
        while (chunk.IndexOf(LineFeed) is >= 0 and var end)
        {
            var entry = _index.Entry(_lineNumber);
            if (entry is null && _index.Exists && _waitedFor != _lineNumber)
            {
                _waitedFor = _lineNumber;
                return new OutputPortion(skipped, pieces, HasMore: false);
            }

            pieces.Add(EndLine(chunk[..end], entry));
            chunk = chunk[(end + 1)..];
            _position += end + 1;
        }

        TakeUnfinished(chunk, pieces);
        _position += chunk.Length;
        return new OutputPortion(skipped, pieces, _position < length);
    }

    /// <summary>Takes all that is left when the run has ended, its last line without a line break included.</summary>
    /// <exception cref="IOException">The output is there and cannot be read.</exception>
    public OutputPortion Finish()
    {
        var skipped = 0L;
        var pieces = new List<OutputPiece>();
        OutputPortion portion;
        do
        {
            portion = Next();
            skipped += portion.SkippedLines;
            pieces.AddRange(portion.Pieces);
        }
        while (portion.HasMore || portion.Pieces.Count > 0 || _waitedFor == _lineNumber);

        if (_isInLine || !_line.IsEmpty)
        {
            pieces.Add(EndLine([], _index?.Entry(_lineNumber)));
        }

        return new OutputPortion(skipped, pieces, HasMore: false);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _output?.Dispose();
        _index?.Dispose();
    }

    // What was printed earlier may have no end of line; then the recorder writes one before it goes on.
    private bool TryBegin(long length)
    {
        if (_following.Start > 0 && length >= _following.Start)
        {
            Span<byte> last = stackalloc byte[1];
            var isWhole = RandomAccess.Read(_output!, last, _following.Start - 1) == 1 && last[0] == LineFeed;
            if (!isWhole && length == _following.Start)
            {
                return false;
            }

            _position = isWhole ? _following.Start : _following.Start + 1;
            _lineNumber = OutputReader.CountLineFeeds(_output!, 0, _position);
        }

        _hasBegun = true;
        return true;
    }

    private OutputPiece EndLine(ReadOnlySpan<byte> bytes, OutputIndexEntry? entry)
    {
        OutputLine line;
        if (_following.GivesUnfinishedLines)
        {
            var text = Decode(bytes, isEnd: true);
            line = new OutputLine(entry?.Time, entry?.Stream ?? OutputStreamKind.Output, text.EndsWith('\r') ? text[..^1] : text);
        }
        else
        {
            _line.Add(bytes);
            line = _line.ToLine(entry);
            _line.Clear();
        }

        var piece = new OutputPiece(line.Time, line.Stream, line.Text, !_isInLine, EndsLine: true);
        _isInLine = false;
        _lineNumber++;
        return piece;
    }

    private void TakeUnfinished(ReadOnlySpan<byte> bytes, List<OutputPiece> pieces)
    {
        if (!_following.GivesUnfinishedLines)
        {
            _line.Add(bytes);
            return;
        }

        var text = Decode(bytes, isEnd: false);
        if (text.Length > 0)
        {
            pieces.Add(new OutputPiece(null, OutputStreamKind.Output, text, !_isInLine, EndsLine: false));
            _isInLine = true;
        }
    }

    // A character whose bytes have come in part waits in the decoder for the rest of them.
    private string Decode(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var text = new char[_decoder.GetCharCount(bytes, isEnd)];
        return new string(text, 0, _decoder.GetChars(bytes, text, isEnd));
    }

    // Guild AI begins the file anew when it restarts a run.
    private void StartAgain()
    {
        _position = 0;
        _lineNumber = 0;
        _waitedFor = -1;
        _isInLine = false;
        _line.Clear();
        _decoder.Reset();
    }

    private long SkipToNearEnd(long length, List<OutputPiece> pieces)
    {
        if (_following.SkipBytes is not { } limit || length - _position <= limit)
        {
            return 0;
        }

        var target = NextLineStart(length - _chunk.Length, length);
        if (target <= _position)
        {
            return 0;
        }

        var skipped = OutputReader.CountLineFeeds(_output!, _position, target);
        if (_isInLine || !_line.IsEmpty)
        {
            // What is known of the line that was begun ends here.
            pieces.Add(EndLine([], entry: null));
            skipped--;
        }

        _lineNumber += skipped;
        _position = target;
        return skipped;
    }

    // The place after the first line break from there on; -1 if there is none, so that the line is too long to be skipped into.
    private long NextLineStart(long from, long length)
    {
        var chunk = _chunk.AsSpan(0, RandomAccess.Read(_output!, _chunk.AsSpan(0, (int)(length - from)), from));
        var end = chunk.IndexOf(LineFeed);
        return end < 0 ? -1 : from + end + 1;
    }
}
