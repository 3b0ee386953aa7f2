using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Yaml;

namespace Guild.Engine.Flags;

/// <summary>The flags of an operation as a text that a user edits: YAML with a line a flag, and what the flag is for below it.</summary>
public sealed class FlagSheet
{
    private readonly OperationDefinition _operation;
    private readonly IReadOnlyList<KeyValuePair<string, FlagInput>> _given;
    private readonly IReadOnlyDictionary<string, FlagInput> _shown;

    private FlagSheet(OperationDefinition operation, IReadOnlyList<KeyValuePair<string, FlagInput>> given)
    {
        (_operation, _given) = (operation, given);
        Text = Write();
        _shown = ReadEntries(Text) ?? new Dictionary<string, FlagInput>();
    }

    /// <summary>The text that is edited.</summary>
    public string Text { get; }

    /// <summary>True if there is a flag that can be edited.</summary>
    public bool HasFlags => _shown.Count > 0;

    /// <summary>Makes the sheet: each flag with what was given for it, else with its default. Secrets are not in it.</summary>
    /// <param name="operation">The operation, with the flags of its code.</param>
    /// <param name="given">What was given, by names or aliases.</param>
    public static FlagSheet Of(OperationDefinition operation, IReadOnlyList<KeyValuePair<string, FlagInput>> given)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(given);
        return new FlagSheet(operation, given);
    }

    /// <summary>
    /// What is given after the text was edited. A value that is not quoted is read as if typed in <c>NAME=VALUE</c>. A flag whose line is gone is given no more, and a text without
    /// any flag changes nothing.
    /// </summary>
    /// <param name="text">The edited text.</param>
    /// <exception cref="RequestException">The text is not YAML with a value for each flag.</exception>
    public FlagEdit Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (ReadEntries(text) is not { } entries)
        {
            return new FlagEdit(_given, IsChanged: false);
        }

        var isChanged = _shown.Keys.Any(name => !entries.ContainsKey(name));
        var flags = _given.Where(flag => NameOf(flag.Key) is not { } name || !_shown.ContainsKey(name)).ToList();
        foreach (var (name, input) in entries)
        {
            var isSame = _shown.TryGetValue(name, out var shown) && AreSame(name, input, shown);
            isChanged |= !isSame;
            if (!isSame)
            {
                flags.Add(new(name, input));
            }
            else if (_given.Any(flag => NameOf(flag.Key) == name))
            {
                flags.Add(_given.Last(flag => NameOf(flag.Key) == name));
            }
        }

        return new FlagEdit(flags, isChanged);
    }

    private string Write()
    {
        var text = new StringBuilder($"# Flags of {_operation.FullName}. Lines that begin with # are left out.\n# What is not changed stays as it is; without any flag here nothing changes.\n");
        foreach (var flag in _operation.Flags)
        {
            text.Append('\n');
            if (flag.IsSecret || _given.Any(g => NameOf(g.Key) == flag.Name && g.Value is FlagSecret or FlagCredential))
            {
                text.Append("# ").Append(flag.Name).Append(" is secret, and is not edited here.\n");
                continue;
            }

            text.Append(Line(flag.Name, ValueOf(flag)));
            foreach (var comment in Comments(flag))
            {
                text.Append("  # ").Append(comment).Append('\n');
            }
        }

        return text.ToString();
    }

    private object? ValueOf(FlagDefinition flag) => _given.LastOrDefault(given => NameOf(given.Key) == flag.Name).Value switch
    {
        FlagText { Text: var text } => FlagGrammar.Decode(text, flag.Type),
        FlagValue { Value: var value } => FlagValues.Normalize(value),
        _ => FlagValues.Normalize(flag.Default),
    };

    // A list on one line is what a user types, too.
    private static string Line(string name, object? value) => value switch
    {
        null => $"{Key(name)}:\n",
        IReadOnlyList<object?> list => $"{Key(name)}: {FlagGrammar.Encode(list)}\n",
        _ => YamlText.Write(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value }),
    };

    private static string Key(string name) => YamlText.Write(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = 0L })[..^": 0\n".Length];

    private IEnumerable<string> Comments(FlagDefinition flag)
    {
        var help = FlagHelp.Of(_operation, flag);
        foreach (var line in flag.Description.Trim().ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0))
        {
            yield return line;
        }

        if (flag.IsRequired && flag.Default is null)
        {
            yield return "Required";
        }

        if (help.Choices.Count > 0)
        {
            yield return $"Choices: {help.ChoiceLine}";
        }
    }

    private string? NameOf(string key) => (_operation.Flags.FirstOrDefault(flag => flag.Name == key) ?? _operation.Flags.FirstOrDefault(flag => flag.Alias == key))?.Name;

    private bool AreSame(string name, FlagInput one, FlagInput other)
    {
        var type = _operation.Flags.FirstOrDefault(flag => flag.Name == name)?.Type ?? FlagType.Auto;
        return FlagValues.AreEqual(Value(one), Value(other));

        object? Value(FlagInput input) => input is FlagText { Text: var text } ? FlagGrammar.Decode(text, type) : (input as FlagValue)?.Value;
    }

    private static Dictionary<string, FlagInput>? ReadEntries(string text)
    {
        var document = YamlComposer.Compose(text, YamlLimits.Default);
        if (document.Problems is [var problem, ..])
        {
            throw Unreadable($"line {problem.Position.Line}, column {problem.Position.Column}: {problem.Message}");
        }

        return document.Root switch
        {
            null or YamlScalar { Style: YamlScalarStyle.Plain, Value: null } => null,
            YamlMapping mapping => mapping.Entries.ToDictionary(entry => entry.Key.Text, entry => Input(entry.Value), StringComparer.Ordinal),
            var other => throw Unreadable($"line {other.Start.Line}: there must be a line NAME: VALUE for each flag."),
        };
    }

    private static FlagInput Input(YamlNode node) => node switch
    {
        YamlScalar { Style: YamlScalarStyle.Plain, Tag: null, Text: { Length: > 0 } text } => new FlagText(text),

        // [0:1] is a space to search and no list, which is for the grammar of flags to say.
        YamlSequence { Tag: null } list when list.Items.All(item => item is YamlScalar { Style: YamlScalarStyle.Plain, Tag: null } scalar && !scalar.Text.Contains(',', StringComparison.Ordinal)) =>
            new FlagText($"[{string.Join(", ", list.Items.Cast<YamlScalar>().Select(item => item.Text))}]"),
        _ => new FlagValue(YamlValues.Of(node)),
    };

    private static RequestException Unreadable(string why) => new($"The flags cannot be read: {why}", null, "Write a line NAME: VALUE for each flag.");
}

/// <summary>What came of an edited <see cref="FlagSheet"/>.</summary>
/// <param name="Flags">What is given now, by name: what was given and stays, and what was changed.</param>
/// <param name="IsChanged">True if the values in the text are others than before.</param>
public sealed record FlagEdit(IReadOnlyList<KeyValuePair<string, FlagInput>> Flags, bool IsChanged);
