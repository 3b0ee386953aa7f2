using System.Collections.ObjectModel;
using System.Diagnostics;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>
/// The attributes of one item of a Guild file. <see cref="ReportUnknown"/> reports names that items of its kind do not have, with the nearest name
/// that they have. A value of a wrong type is reported and read as if it were absent.
/// </summary>
internal sealed class Attributes
{
    private readonly YamlMapping _mapping;
    private readonly ItemAttributes _kind;
    private readonly Attributes? _owner;
    private readonly string _subject;

    // Only filled where it is checked: in builds for development.
    private List<string>? _asked;

    /// <param name="mapping">The item.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <param name="kind">Which attributes it can have.</param>
    /// <param name="findings">The findings of the file.</param>
    public Attributes(YamlMapping mapping, string subject, ItemAttributes kind, Findings findings)
    {
        _mapping = mapping;
        _subject = subject;
        _kind = kind;
        Findings = findings;
    }

    /// <summary>Those of a flag. What it is, is put together when a message needs it: a large file has thousands of flags.</summary>
    /// <param name="mapping">The flag.</param>
    /// <param name="name">Its name.</param>
    /// <param name="owner">The attributes of the operation that it is a flag of.</param>
    public Attributes(YamlMapping mapping, string name, Attributes owner)
        : this(mapping, name, ItemAttributes.Flag, owner.Findings) => _owner = owner;


    /// <summary>What the attributes are of, for messages, such as <c>operation 'train'</c>.</summary>
    public string Subject => _owner is null ? _subject : $"flag '{_subject}' of {_owner.Subject}";

    /// <summary>Where the item begins.</summary>
    public TextPosition Position => _mapping.Start;

    /// <summary>The findings of the file.</summary>
    public Findings Findings { get; }

    /// <summary>The entry of this name even if its value is null; null if it is absent.</summary>
    public YamlEntry? Entry(string name)
    {
        NoteAsked(name);
        return _mapping.Find(name);
    }

    /// <summary>The entry of a name that items of this kind do not have, for a message that says more than that.</summary>
    public YamlEntry? Foreign(string name) => _mapping.Find(name);

    /// <summary>The value of this name; null if it is absent or null.</summary>
    public YamlNode? Node(string name) => Entry(name)?.Value is { } node and not YamlScalar { Value: null } ? node : null;

    /// <summary>Reports an attribute that went by another name in the past; it is then read under today's name.</summary>
    public string Today(string name, string oldName)
    {
        NoteAsked(name);
        NoteAsked(oldName);
        if (_mapping.Find(oldName) is not { } old)
        {
            return name;
        }

        if (_mapping.Find(name) is not null)
        {
            Findings.Warning(DiagnosticIds.IgnoredAttribute, old.Key.Start, $"'{oldName}' of {Subject} is ignored: it is the old name of '{name}', which is also there.");
            return name;
        }

        Findings.Warning(DiagnosticIds.OldName, old.Key.Start, $"'{oldName}' of {Subject} is an old name; today it is '{name}'.");
        return oldName;
    }

    /// <summary>Text. A number is an error, because YAML has then already changed it.</summary>
    public string? Text(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case YamlScalar { Value: string text }:
                return text;
            case var node:
                WrongType(name, node, node is YamlScalar ? "a string (quote it)" : "a string");
                return null;
        }
    }

    /// <summary>Text, or a number or boolean as it is written.</summary>
    public string? AnyText(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return scalar.Text;
            case var node:
                WrongType(name, node, "a string");
                return null;
        }
    }

    /// <summary>Text for people, without space around it; <c>""</c> if it is absent.</summary>
    public string Description() => AnyText("description")?.Trim() ?? "";

    /// <summary>A boolean, or null.</summary>
    public bool? Flag(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case YamlScalar { Value: bool value }:
                return value;
            case var node:
                WrongType(name, node, "yes or no");
                return null;
        }
    }

    /// <summary>A number, or null.</summary>
    public double? Number(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case YamlScalar { Value: long number }:
                return number;
            case YamlScalar { Value: double number }:
                return number;
            case var node:
                WrongType(name, node, "a number");
                return null;
        }
    }

    /// <summary>A string or a list of strings, as a list; null if it is absent.</summary>
    public IReadOnlyList<string>? TextList(string name) =>
        Node(name) is { } node ? TextLists.Read(node, $"'{name}' of {Subject}", Findings) : null;

    /// <summary>A string or a list of strings, each with its position.</summary>
    public IReadOnlyList<(string Text, TextPosition Position)> PlacedTextList(string name) => Node(name) switch
    {
        null => [],
        YamlSequence list => [.. list.Items.SelectMany(i => TextLists.ReadItem(i, $"'{name}' of {Subject}", Findings).Select(t => (t, i.Start)))],
        var node => [.. TextLists.Read(node, $"'{name}' of {Subject}", Findings).Select(t => (t, node.Start))],
    };

    /// <summary>A mapping, or null.</summary>
    public YamlMapping? Mapping(string name)
    {
        var node = Node(name);
        if (node is not null and not YamlMapping)
        {
            WrongType(name, node, "a mapping");
        }

        return node as YamlMapping;
    }

    /// <summary>A list, or null.</summary>
    public YamlSequence? Sequence(string name)
    {
        var node = Node(name);
        if (node is not null and not YamlSequence)
        {
            WrongType(name, node, "a list");
        }

        return node as YamlSequence;
    }

    /// <summary>A mapping as values; empty if it is absent.</summary>
    public IReadOnlyDictionary<string, object?> Values(string name) =>
        Mapping(name) is { } values ? YamlValues.OfMapping(values) : ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Reports attributes that the format has, and that have no effect here.</summary>
    public void WarnOfUnsupported(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Entry(name) is { } entry)
            {
                Findings.Warning(DiagnosticIds.NotSupportedYet, entry.Key.Start, $"'{name}' of {Subject} has no effect in this version.");
            }
        }
    }

    /// <summary>Refuses attributes that the format has, and without which the rest would mean something else.</summary>
    public void RefuseUnsupported(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Entry(name) is { } entry)
            {
                Findings.Error(DiagnosticIds.NotSupportedYet, entry.Key.Start, $"'{name}' of {Subject} is not supported in this version.");
            }
        }
    }

    /// <summary>The entries whose names items of this kind do not have.</summary>
    public IReadOnlyList<YamlEntry> Unknown()
    {
        CheckAsked();
        List<YamlEntry>? unknown = null;
        foreach (var entry in _mapping.Entries)
        {
            if (!_kind.Has(entry.Key.Text))
            {
                (unknown ??= []).Add(entry);
            }
        }

        return unknown ?? (IReadOnlyList<YamlEntry>)[];
    }

    /// <summary>The known name that somebody may have meant, or null.</summary>
    public string? NearestKnown(string name) => NearestNames.Nearest(name, _kind.Names);

    /// <summary>Warns of every attribute that items of this kind do not have.</summary>
    public void ReportUnknown()
    {
        foreach (var (key, _) in Unknown())
        {
            var hint = NearestKnown(key.Text) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            Findings.Warning(DiagnosticIds.UnknownAttribute, key.Start, $"'{key.Text}' is no attribute of {Subject}.{hint}");
        }
    }

    /// <summary>Reports a value of a wrong type.</summary>
    public void WrongType(string name, YamlNode node, string expected) => Findings.WrongType(node, $"'{name}' of {Subject}", expected);

    // The list of names and what is read are compared whenever a file is read by a test.
    [Conditional("DEBUG")]
    private void NoteAsked(string name)
    {
        if (!_kind.Has(name))
        {
            throw new InvalidOperationException($"'{name}' is asked for, but is not listed among the attributes of '{_kind.Kind}'.");
        }

        (_asked ??= []).Add(name);
    }

    [Conditional("DEBUG")]
    private void CheckAsked()
    {
        if (_kind.Names.FirstOrDefault(n => _asked?.Contains(n) != true) is { } name)
        {
            throw new InvalidOperationException($"'{name}' is listed among the attributes of '{_kind.Kind}', but is never asked for.");
        }
    }
}
