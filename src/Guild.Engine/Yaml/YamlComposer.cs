using System.Globalization;
using Guild.Engine.GuildFiles;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Guild.Engine.Yaml;

/// <summary>
/// Makes nodes of the events of YamlDotNet's parser. The library's own node model is not used because it neither bounds what aliases
/// expand to, nor keeps the end of collections, nor reports more than one finding.
/// </summary>
internal sealed class YamlComposer
{
    private readonly string _text;
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly YamlLimits _limits;
    private readonly string? _file;
    private readonly List<YamlProblem> _problems = [];
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _openAnchors = new(StringComparer.Ordinal);

    // One for each depth: a large file has thousands of mappings, and those of one depth come one after the other.
    private readonly List<YamlMappingBuilder> _builders = [];
    private long _nodes;

    private YamlComposer(string text, YamlLimits limits, string? file)
    {
        _text = text;
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(_scanner);
        _limits = limits;
        _file = file;
    }

    /// <summary>Composes the one document of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="file">The file that positions name; null where all positions are in one file, which is known.</param>
    public static YamlDocument Compose(string text, YamlLimits limits, string? file = null)
    {
        var composer = new YamlComposer(text, limits, file);
        try
        {
            return new(composer.ComposeDocument(), composer._problems);
        }
        catch (StopException stop)
        {
            return new(null, [.. composer._problems, stop.Problem]);
        }
        catch (YamlException exception)
        {
            return new(null, [.. composer._problems, composer.Syntax(exception)]);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser lets some framework errors through, such as an escape beyond Unicode, or brackets whose content is not indented.
            var last = composer._parser.Current;
            var hint = last is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow }
                ? "indent what is in these brackets."
                : "what follows here cannot be understood.";
            return new(null, [.. composer._problems, new(YamlProblemKind.Syntax, composer.PositionOf(last?.Start ?? Mark.Empty), $"This is not valid YAML: {hint}")]);
        }
    }

    private YamlNode? ComposeDocument()
    {
        Next<StreamStart>();
        if (Next<ParsingEvent>() is StreamEnd)
        {
            return null;
        }

        Next<ParsingEvent>();
        var root = ComposeNode(depth: 0);
        Next<DocumentEnd>();
        return Next<ParsingEvent>() is StreamEnd
            ? root
            : throw Stop(YamlProblemKind.Syntax, "A second document begins here; a file holds one.");
    }

    private T Next<T>()
        where T : ParsingEvent => _parser.MoveNext() && _parser.Current is T current
            ? current
            : throw Stop(YamlProblemKind.Syntax, "This is not valid YAML.");

    // The current event begins the node; on return it is the node's last event.
    private YamlNode ComposeNode(int depth)
    {
        if (_parser.Current is AnchorAlias alias)
        {
            return ComposeAlias(alias, depth);
        }

        Count(1);
        // For some malformed texts the parser ends a mapping where a value is due.
        var begin = _parser.Current as NodeEvent ?? throw Stop(YamlProblemKind.Syntax, "This is not valid YAML: a value is missing here.");
        var anchor = begin.Anchor.IsEmpty ? null : begin.Anchor.Value;
        if (begin is not Scalar && depth >= _limits.Depth)
        {
            throw Stop(YamlProblemKind.TooLarge, $"Lists and mappings are nested more than {_limits.Depth} deep.");
        }

        if (anchor is not null)
        {
            _openAnchors.Add(anchor);
        }

        YamlNode node = begin switch
        {
            Scalar scalar => ComposeScalar(scalar),
            SequenceStart sequence => ComposeSequence(sequence, depth + 1),
            _ => ComposeMapping((MappingStart)begin, depth + 1),
        };

        if (anchor is not null)
        {
            _openAnchors.Remove(anchor);
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlNode ComposeAlias(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (_openAnchors.Contains(name))
        {
            throw Stop(YamlProblemKind.Syntax, $"The alias '*{name}' stands inside of what it refers to.");
        }

        if (!_anchors.TryGetValue(name, out var node))
        {
            throw Stop(YamlProblemKind.Syntax, $"The alias '*{name}' refers to nothing: there is no '&{name}' before it.");
        }

        if (depth + node.Height > _limits.Depth)
        {
            throw Stop(YamlProblemKind.TooLarge, $"Lists and mappings are nested more than {_limits.Depth} deep.");
        }

        Count(node.Size);
        return node;
    }

    private YamlScalar ComposeScalar(Scalar scalar)
    {
        var style = scalar.Style switch
        {
            ScalarStyle.Plain => YamlScalarStyle.Plain,
            ScalarStyle.Literal or ScalarStyle.Folded => YamlScalarStyle.Block,
            _ => YamlScalarStyle.Quoted,
        };
        var (start, end) = (PositionOf(scalar.Start), PositionOf(scalar.End));
        if (TagOf(scalar) is { } tag)
        {
            var (tagged, problem) = TaggedScalar.Resolve(start, end, tag, scalar.Value, style);
            Report(problem);
            return tagged;
        }

        var value = style == YamlScalarStyle.Plain ? PlainScalar.Resolve(scalar.Value) : scalar.Value;
        return new(start, end, null, scalar.Value, style, value);
    }

    private YamlSequence ComposeSequence(SequenceStart begin, int depth)
    {
        CheckCollectionTag(begin, "tag:yaml.org,2002:seq");
        var items = new List<YamlNode>();
        while (Next<ParsingEvent>() is not SequenceEnd)
        {
            items.Add(ComposeNode(depth));
        }

        var end = begin.Style == SequenceStyle.Flow || items.Count == 0 ? EndOfBracket() : items[^1].End;
        return new(PositionOf(begin.Start), end, TagOf(begin), items);
    }

    private YamlMapping ComposeMapping(MappingStart begin, int depth)
    {
        CheckCollectionTag(begin, "tag:yaml.org,2002:map");
        var builder = BuilderAt(depth);
        var end = PositionOf(begin.End);
        while (Next<ParsingEvent>() is not MappingEnd)
        {
            var keyStart = PositionOf(_parser.Current!.Start);
            if (begin.Style == MappingStyle.Block)
            {
                CheckIndentation(_parser.Current.Start);
            }

            if (ComposeNode(depth) is not YamlScalar key)
            {
                throw Stop(YamlProblemKind.Syntax, keyStart, "A key must be text, not a list or a mapping.");
            }

            Next<ParsingEvent>();
            var value = ComposeNode(depth);
            end = value.End;
            Report(builder.Add(key, value));
        }

        if (begin.Style == MappingStyle.Flow)
        {
            end = EndOfBracket();
        }

        var content = builder.Build();
        var mapping = new YamlMapping(PositionOf(begin.Start), end, TagOf(begin), content.Entries);
        Count(content.MergedSize);
        return mapping;
    }

    private YamlMappingBuilder BuilderAt(int depth)
    {
        while (_builders.Count <= depth)
        {
            _builders.Add(new());
        }

        return _builders[depth];
    }

    // The parser lets some tabs pass that PyYAML refuses, and what looks indented then is not.
    private void CheckIndentation(Mark keyStart)
    {
        var before = _text.AsSpan(0, (int)Math.Min(keyStart.Index, _text.Length));
        if (before[(before.LastIndexOf('\n') + 1)..].Contains('\t'))
        {
            throw Stop(YamlProblemKind.Syntax, PositionOf(keyStart), "There is a tab before this key. YAML is indented with spaces only.");
        }
    }

    private void CheckCollectionTag(NodeEvent begin, string expected)
    {
        if (TagOf(begin) is { } tag && tag != expected && tag != "!")
        {
            Report(new(YamlProblemKind.Tag, PositionOf(begin.Start), $"The tag '{tag}' is not known for a list or a mapping."));
        }
    }

    private void Count(long nodes)
    {
        // Compared this way round, the sum cannot overflow.
        if (nodes > _limits.Nodes - _nodes)
        {
            throw Stop(
                YamlProblemKind.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The file has more than {_limits.Nodes} values when its aliases are written out."));
        }

        _nodes += nodes;
    }

    private void Report(YamlProblem? problem)
    {
        if (problem is not null)
        {
            _problems.Add(problem);
        }
    }

    private StopException Stop(YamlProblemKind kind, string message) =>
        Stop(kind, _parser.Current is { } current ? PositionOf(current.Start) : new(1, 1), message);

    private static StopException Stop(YamlProblemKind kind, TextPosition position, string message) => new(new(kind, position, message));

    private YamlProblem Syntax(YamlException exception)
    {
        // Some errors of the scanner come without a place; it is then where the scanner stopped.
        var mark = exception.Start.Equals(Mark.Empty) ? _scanner.CurrentPosition : exception.Start;
        return new(YamlProblemKind.Syntax, PositionOf(mark), $"This is not valid YAML: {exception.Message.TrimEnd('.')}.");
    }

    // The parser says where a closing bracket begins.
    private TextPosition EndOfBracket()
    {
        var start = _parser.Current!.Start;
        return PositionOf(start) with { Column = (int)start.Column + 1 };
    }

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private TextPosition PositionOf(Mark mark) => new((int)mark.Line, (int)mark.Column) { File = _file };

    /// <summary>Ends composing: nothing that follows the problem can be trusted, or it is not to be read.</summary>
    private sealed class StopException(YamlProblem problem) : Exception(problem.Message)
    {
        public YamlProblem Problem { get; } = problem;
    }
}
