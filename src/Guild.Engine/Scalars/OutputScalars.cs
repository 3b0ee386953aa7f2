using System.Text;
using System.Text.RegularExpressions;

namespace Guild.Engine.Scalars;

/// <summary>
/// Finds scalars in the lines that a program writes, while it writes them. One thread at a time.
/// </summary>
/// <remarks>
/// A scalar with the name <c>step</c> sets the step of all that follows. Without any, the step begins at 0 and goes up by one
/// whenever a name comes again.
/// </remarks>
public sealed class OutputScalars
{
    /// <summary>The patterns of an operation that defines none: <c>NAME: VALUE</c>, and <c>NAME: VALUE (step STEP)</c>.</summary>
    public static IReadOnlyList<string> DefaultPatterns { get; } =
    [
        @"^\key:\s+\value\s+\((?:step\s+)?(?P<step>\step)\)$",
        @"^(\key):\s+(\value)(?:\s+\(.*\))?$",
    ];

    // Longer lines are data. Searching them would take long and find nothing that is meant as a scalar.
    private const int MaximumLineBytes = 64 * 1024;

    private const string StepName = "step";

    private static ReadOnlySpan<byte> StepNameBytes => "step"u8;

    private static readonly Encoding Utf8WithoutBadBytes = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(""));

    private readonly Lazy<List<OutputPattern>> _patterns;

    private readonly bool _areDefaults;

    private readonly HashSet<string> _ignored;

    private readonly IEventSink _events;

    private readonly TimeProvider _time;

    private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);

    private readonly ScalarNames _names = new();

    private readonly HashSet<string> _namesOfImpliedStep = new(StringComparer.Ordinal);

    private long? _step;

    private long _impliedStep;

    private OutputScalars(Lazy<List<OutputPattern>> patterns, bool areDefaults, IEnumerable<string> ignored, IEventSink events, TimeProvider time)
    {
        _patterns = patterns;
        _areDefaults = areDefaults;
        _ignored = new HashSet<string>(ignored, StringComparer.Ordinal);
        _events = events;
        _time = time;
    }

    /// <summary>A byte without which no line has scalars; null if any line can have them.</summary>
    internal byte? Mark => _areDefaults ? DefaultScalarLine.Mark : null;

    /// <summary>Prepares the patterns of an operation. A pattern that cannot be used is left out, with a warning.</summary>
    /// <param name="configuration">
    /// What the operation says under <c>output-scalars</c>: null for the default patterns; false, or nothing in a list or mapping, for no
    /// scalars; a pattern; a mapping of names to patterns; or a list of patterns and mappings.
    /// </param>
    /// <param name="flagNames">The names of the operation's flags, which the default patterns do not take for scalars.</param>
    /// <param name="events">Where warnings go.</param>
    /// <param name="time">The clock of the values' times.</param>
    /// <returns>The patterns, or null if output is not to be searched.</returns>
    /// <exception cref="RequestException">The configuration is none of these.</exception>
    public static OutputScalars? Create(object? configuration, IEnumerable<string> flagNames, IEventSink events, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(flagNames);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(time);
        if (configuration is null)
        {
            // Most programs write nothing that looks like a scalar, and reading the patterns takes longer than some programs run.
            return new OutputScalars(new(() => [.. DefaultPatterns.Select(pattern => new OutputPattern(pattern, key: null))]), areDefaults: true, flagNames, events, time);
        }

        IReadOnlyList<object?> items = configuration switch
        {
            false or "" => [],
            string or IReadOnlyDictionary<string, object?> => [configuration],
            IReadOnlyList<object?> list => list,
            _ => throw new RequestException($"'{configuration}' cannot be used for output-scalars: expected a mapping, a list, a pattern or false.", configuration),
        };

        var patterns = items.SelectMany(item => PatternsOf(item, events)).ToList();
        return patterns.Count == 0 ? null : new OutputScalars(new(patterns), areDefaults: false, ignored: [], events, time);
    }

    /// <summary>Finds the scalars of one line.</summary>
    /// <param name="line">The bytes of the line, with or without its line break.</param>
    /// <returns>The scalars in the order of their names; mostly none.</returns>
    public IReadOnlyList<ScalarPoint> Match(ReadOnlySpan<byte> line)
    {
        List<ScalarPoint> points = [];
        Match(line, (tag, value, step, wallTime) => points.Add(new ScalarPoint(tag, value, step, wallTime)));
        return points;
    }

    /// <summary>What each pattern finds in a line. Nothing of it counts as output of a run.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="RegexMatchTimeoutException">A pattern took too long.</exception>
    public IReadOnlyList<OutputPatternLook> Look(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return [.. _patterns.Value.Select(pattern => pattern.Look(line.TrimEnd()))];
    }

    /// <summary>Finds the scalars of one line and hands them on in the order of their names.</summary>
    internal void Match(ReadOnlySpan<byte> line, ScalarSink found)
    {
        if (line.Length > MaximumLineBytes)
        {
            return;
        }

        if (_areDefaults && DefaultScalarLine.CanRead(line))
        {
            if (DefaultScalarLine.Read(line) is { } read)
            {
                Take(line, read, found);
            }

            return;
        }

        if ((_areDefaults && !CanMatchDefaults(line)) || _patterns.Value.Count == 0)
        {
            return;
        }

        Search(Utf8WithoutBadBytes.GetString(line).TrimEnd());
        if (_values.Remove(StepName, out var step) && double.IsFinite(step))
        {
            _step = (long)step;
        }

        if (_values.Count > 0)
        {
            HandOn(found);
        }
    }

    private void HandOn(ScalarSink found)
    {
        var (pointStep, wallTime) = (_step ?? ImpliedStep(_values.Keys), WallTime());
        foreach (var (name, value) in _values)
        {
            if (!_ignored.Contains(name))
            {
                found(name, value, pointStep, wallTime);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> line, DefaultScalarLine read, ScalarSink found)
    {
        var isStep = line[..read.NameLength].SequenceEqual(StepNameBytes);
        var step = isStep && read.Value is { } own ? own : read.Step;
        if (step is { } given && double.IsFinite(given))
        {
            _step = (long)given;
        }

        if (isStep || read.Value is not { } value)
        {
            return;
        }

        var name = _names.Of(line[..read.NameLength]);
        var pointStep = _step ?? ImpliedStep(name);
        if (_ignored.Count == 0 || !_ignored.Contains(name))
        {
            found(name, value, pointStep, WallTime());
        }
    }

    private double WallTime() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static IEnumerable<OutputPattern> PatternsOf(object? item, IEventSink events) => item switch
    {
        string text => TryCreate(text, key: null, events),
        IReadOnlyDictionary<string, object?> map => map
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value is string text ? TryCreate(text, pair.Key, events) : Refuse($"output-scalars: the pattern of '{pair.Key}' is not a text.", events)),
        _ => Refuse($"output-scalars: '{item}' is neither a pattern nor a mapping of names to patterns.", events),
    };

    private static IEnumerable<OutputPattern> TryCreate(string text, string? key, IEventSink events)
    {
        try
        {
            return [new OutputPattern(text, key)];
        }
        catch (ArgumentException error)
        {
            return Refuse($"output-scalars: {error.Message}", events);
        }
    }

    private static IEnumerable<OutputPattern> Refuse(string problem, IEventSink events)
    {
        events.Report(new WarningEvent($"{problem} It is not used."));
        return [];
    }

    // Of what programs write, few lines begin with a letter and have a colon; only those need to become text.
    private static bool CanMatchDefaults(ReadOnlySpan<byte> line) =>
        !line.IsEmpty && (char.IsAsciiLetter((char)line[0]) || line[0] is (byte)'_' or >= 0x80) && line.Contains((byte)':');

    private void Search(string text)
    {
        _values.Clear();
        var patterns = _patterns.Value;
        for (var i = 0; i < patterns.Count; i++)
        {
            if (!IsAppliedInTime(patterns[i], text))
            {
                _events.Report(new WarningEvent(
                    $"The pattern '{patterns[i].Text}' of output-scalars took too long on a line of the output, so it is not used any more in this run."));
                patterns.RemoveAt(i--);
            }
        }
    }

    // The limit is one of the clock. On a busy machine a thread can be kept waiting that long in the middle of a line; a pattern that is itself slow is slow twice.
    private bool IsAppliedInTime(OutputPattern pattern, string text)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                pattern.Apply(text, _values);
                return true;
            }
            catch (RegexMatchTimeoutException)
            {
                // Tried again, or given up by the caller.
            }
        }

        return false;
    }

    private long ImpliedStep(string name)
    {
        if (!_namesOfImpliedStep.Add(name))
        {
            BeginNextStep();
            _namesOfImpliedStep.Add(name);
        }

        return _impliedStep;
    }

    private long ImpliedStep(SortedDictionary<string, double>.KeyCollection names)
    {
        if (_namesOfImpliedStep.Overlaps(names))
        {
            BeginNextStep();
        }

        _namesOfImpliedStep.UnionWith(names);
        return _impliedStep;
    }

    private void BeginNextStep()
    {
        _impliedStep++;
        _namesOfImpliedStep.Clear();
    }
}
