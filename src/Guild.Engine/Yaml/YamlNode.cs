using Guild.Engine.GuildFiles;

namespace Guild.Engine.Yaml;

/// <summary>A node of a YAML document, with the place it was read from. Nodes never change, so aliases share them.</summary>
internal abstract class YamlNode(TextPosition start, TextPosition end, string? tag)
{
    /// <summary>Where the node begins; a collection begins with its first entry or its bracket.</summary>
    public TextPosition Start { get; } = start;

    /// <summary>Where the node ends.</summary>
    public TextPosition End { get; } = end;

    /// <summary>The explicit tag, resolved, such as <c>tag:yaml.org,2002:str</c>; null if there is none.</summary>
    public string? Tag { get; } = tag;

    /// <summary>How many nodes there are when every alias is written out, this one included.</summary>
    public abstract long Size { get; }

    /// <summary>How many collections are nested in each other at most; 0 for a scalar.</summary>
    public abstract int Height { get; }
}

/// <summary>How a scalar is written.</summary>
internal enum YamlScalarStyle
{
    /// <summary>Without quotes: the text decides the type.</summary>
    Plain,

    /// <summary>In single or double quotes: text.</summary>
    Quoted,

    /// <summary>A block with <c>|</c> or <c>&gt;</c>: text.</summary>
    Block,
}

/// <summary>A single value.</summary>
internal sealed class YamlScalar(TextPosition start, TextPosition end, string? tag, string text, YamlScalarStyle style, object? value)
    : YamlNode(start, end, tag)
{
    /// <summary>The text as it stands in the file, without quotes and escapes.</summary>
    public string Text { get; } = text;

    /// <summary>How it is written.</summary>
    public YamlScalarStyle Style { get; } = style;

    /// <summary>The typed value: null, bool, long, double or string.</summary>
    public object? Value { get; } = value;

    public override long Size => 1;

    public override int Height => 0;
}

/// <summary>A list of nodes.</summary>
internal sealed class YamlSequence(TextPosition start, TextPosition end, string? tag, IReadOnlyList<YamlNode> items) : YamlNode(start, end, tag)
{
    /// <summary>The items in file order.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override long Size { get; } = 1 + items.Sum(static i => i.Size);

    public override int Height { get; } = 1 + (items.Count == 0 ? 0 : items.Max(static i => i.Height));
}

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Keys with values. Merge keys are already applied, and each key is there once.</summary>
internal sealed class YamlMapping : YamlNode
{
    // An array, because a large file is asked for hundreds of thousands of keys, and an enumerator for each of them is what the garbage collector then lives on.
    private readonly YamlEntry[] _entries;

    public YamlMapping(TextPosition start, TextPosition end, string? tag, YamlEntry[] entries)
        : base(start, end, tag)
    {
        _entries = entries;
        Size = 1;
        foreach (var entry in entries)
        {
            Size += 1 + entry.Value.Size;
            Height = Math.Max(Height, entry.Value.Height);
        }

        Height++;
    }

    /// <summary>The entries in file order.</summary>
    public IReadOnlyList<YamlEntry> Entries => _entries;

    public override long Size { get; }

    public override int Height { get; }

    /// <summary>The entry whose key has this text, or null.</summary>
    public YamlEntry? Find(string key) => IndexOf(key) is var index and >= 0 ? _entries[index] : null;

    /// <summary>The place of the entry whose key has this text, or -1.</summary>
    public int IndexOf(string key)
    {
        for (var i = 0; i < _entries.Length; i++)
        {
            if (string.Equals(_entries[i].Key.Text, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
