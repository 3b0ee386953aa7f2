using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Guild.Engine.Runs.Index;

/// <summary>The attributes that Guild AI overwrites in place, so that only the file itself shows the change.</summary>
[Flags]
internal enum RewrittenAttributes
{
    None = 0,
    Label = 1,
    Tags = 2,
    Comments = 4,
}

/// <summary>
/// What a run's record looked like from outside. A change of any attribute moves the time of <c>.guild</c> or of <c>.guild/attrs</c>, save that of
/// a label, tags or comments that were there before.
/// </summary>
/// <param name="Guild">A hash of the stamp of <c>.guild</c>. It alone tells whether a run was started, restarted or has ended.</param>
/// <param name="Rest">A hash of the stamps of <c>.guild/attrs</c> and of the rewritten attributes.</param>
/// <param name="Rewritten">Which of these attributes were there.</param>
internal readonly record struct RunStamp(long Guild, long Rest, RewrittenAttributes Rewritten);

/// <summary>Takes the stamps of the runs of one folder. Not for several threads.</summary>
internal sealed class RunStampReader
{
    private static readonly byte[] GuildPart = "/.guild\0"u8.ToArray();

    private static readonly byte[] AttributesPart = "/.guild/attrs\0"u8.ToArray();

    private static readonly (RewrittenAttributes Attribute, byte[] Part)[] RewrittenParts =
    [
        (RewrittenAttributes.Label, "/.guild/attrs/label\0"u8.ToArray()),
        (RewrittenAttributes.Tags, "/.guild/attrs/tags\0"u8.ToArray()),
        (RewrittenAttributes.Comments, "/.guild/attrs/comments\0"u8.ToArray()),
    ];

    private readonly int _rootLength;

    private byte[] _path;

    /// <summary>Names the folder of the runs.</summary>
    public RunStampReader(string root)
    {
        _path = Encoding.UTF8.GetBytes(root + Path.DirectorySeparatorChar);
        _rootLength = _path.Length;
    }

    /// <summary>The latest time that the last call saw, in nanoseconds since 1970.</summary>
    public long Latest { get; private set; }

    /// <summary>The stamp of a run, whatever it has.</summary>
    public RunStamp Read(string id)
    {
        Latest = long.MinValue;
        var guild = ReadGuild(id);
        Span<FileStamp> stamps = stackalloc FileStamp[1 + RewrittenParts.Length];
        stamps[0] = Stamp(id, AttributesPart);
        var rewritten = RewrittenAttributes.None;
        for (var i = 0; i < RewrittenParts.Length; i++)
        {
            stamps[i + 1] = Stamp(id, RewrittenParts[i].Part);
            if (stamps[i + 1] != FileStamp.Missing)
            {
                rewritten |= RewrittenParts[i].Attribute;
            }
        }

        return new RunStamp(guild, Hash(stamps), rewritten);
    }

    /// <summary>The first hash alone.</summary>
    public long ReadGuild(string id) => Hash([Stamp(id, GuildPart)]);

    /// <summary>The second hash, of the attributes that were there when it was taken before.</summary>
    public long ReadRest(string id, RewrittenAttributes rewritten)
    {
        Span<FileStamp> stamps = stackalloc FileStamp[1 + RewrittenParts.Length];
        stamps[0] = Stamp(id, AttributesPart);
        for (var i = 0; i < RewrittenParts.Length; i++)
        {
            var (attribute, part) = RewrittenParts[i];
            stamps[i + 1] = (rewritten & attribute) == 0 ? FileStamp.Missing : Stamp(id, part);
        }

        return Hash(stamps);
    }

    private static long Hash(ReadOnlySpan<FileStamp> stamps) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(stamps));

    private FileStamp Stamp(string id, byte[] part)
    {
        var needed = _rootLength + Encoding.UTF8.GetMaxByteCount(id.Length) + part.Length;
        if (_path.Length < needed)
        {
            Array.Resize(ref _path, needed);
        }

        var length = _rootLength + Encoding.UTF8.GetBytes(id, _path.AsSpan(_rootLength));
        part.CopyTo(_path.AsSpan(length));
        var stamp = FileStamp.Of(_path.AsSpan(0, length + part.Length));
        Latest = Math.Max(Latest, stamp.Time);
        return stamp;
    }
}
