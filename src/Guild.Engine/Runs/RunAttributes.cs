using Guild.Engine.Yaml;

namespace Guild.Engine.Runs;

/// <summary>The attributes of one run, read as the kinds that they should be, with notes on those that are not.</summary>
internal sealed class RunAttributes
{
    private readonly RunDirectory _directory;

    // Most runs have few of the attributes that can be asked for, and asking the disk for a missing file costs more than this list.
    private readonly HashSet<string> _names;

    private readonly List<string> _problems = [];

    public RunAttributes(RunDirectory directory)
    {
        _directory = directory;
        _names = RecordFile.NamesIn(directory.AttributesPath);
    }

    /// <summary>Those of some names that the run has an attribute of.</summary>
    public string[] NamesAmong(string[] names) => Array.FindAll(names, _names.Contains);

    public IReadOnlyList<string> Problems => _problems;

    public long? Number(string name, long minimum, long maximum)
    {
        var value = Read(name);
        return value switch
        {
            null => null,
            long number when number >= minimum && number <= maximum => number,
            _ => Refuse<long?>(name, "is not a whole number in its range", null),
        };
    }

    public DateTimeOffset? Time(string name)
    {
        var value = Read(name);
        return value is null
            ? null
            : (value is long stamp ? RunClock.TryToTime(stamp) : null) ?? Refuse<DateTimeOffset?>(name, "is not a time in microseconds", null);
    }

    public bool Truth(string name) => Read(name) switch
    {
        null => false,
        bool truth => truth,
        _ => Refuse(name, "is neither true nor false", false),
    };

    public string? Text(string name)
    {
        var value = Read(name);
        return value is null ? null : TextOf(value) ?? Refuse<string?>(name, "is not a text", null);
    }

    public IReadOnlyDictionary<string, object?> Mapping(string name) => Read(name) switch
    {
        null => new Dictionary<string, object?>(),
        IReadOnlyDictionary<string, object?> map => map,
        _ => Refuse(name, "is not a mapping", new Dictionary<string, object?>()),
    };

    public IReadOnlyList<string> Words(string name)
    {
        var value = Read(name);
        if (value is null)
        {
            return [];
        }

        var words = (value as IReadOnlyList<object?>)?.Select(TextOf).ToList();
        return words is null || words.Contains(null) ? Refuse<IReadOnlyList<string>>(name, "is not a list of texts", []) : [.. words.OfType<string>()];
    }

    public IReadOnlyList<RunComment> Comments()
    {
        const string name = "comments";
        var value = Read(name);
        if (value is null)
        {
            return [];
        }

        var comments = (value as IReadOnlyList<object?>)?.Select(CommentOf).ToList();
        return comments is null || comments.Contains(null)
            ? Refuse<IReadOnlyList<RunComment>>(name, "is not a list of comments", [.. comments?.OfType<RunComment>() ?? []])
            : [.. comments.OfType<RunComment>()];
    }

    private static RunComment? CommentOf(object? item) =>
        item is IReadOnlyDictionary<string, object?> map && TextOf(map.GetValueOrDefault("body")) is { } body
            ? new RunComment(
                body,
                TextOf(map.GetValueOrDefault("user")) ?? "",
                TextOf(map.GetValueOrDefault("host")) ?? "",
                map.GetValueOrDefault("time") is long stamp ? RunClock.TryToTime(stamp) : null)
            : null;

    // A label such as 2018 that a hand wrote without quotes reads as a number, and is meant as the text that stands there.
    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        long or double or bool => YamlText.Write(value).TrimEnd('\n'),
        _ => null,
    };

    private object? Read(string name)
    {
        if (!_names.Contains(name))
        {
            return null;
        }

        var reading = _directory.ReadAttributeFully(name);
        if (reading.Problem is not null)
        {
            Note(name, reading.Problem);
        }

        return reading.Value;
    }

    private T Refuse<T>(string name, string what, T instead)
    {
        Note(name, what);
        return instead;
    }

    private void Note(string name, string what) => _problems.Add($"Attribute '{name}' {what}.");
}
