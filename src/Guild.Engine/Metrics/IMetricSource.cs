namespace Guild.Engine.Metrics;

/// <summary>Something that is measured while a program runs.</summary>
internal interface IMetricSource
{
    /// <summary>The name of the plugin that asks for it.</summary>
    string Plugin { get; }

    /// <summary>Measures once. The first call only begins what is measured over a time.</summary>
    /// <param name="moment">When, and what the program uses.</param>
    /// <param name="values">Takes what could be measured; what could not is not in it.</param>
    /// <param name="stop">Cancelled when the program has ended, and nobody waits for the values any more.</param>
    /// <exception cref="MetricException">It cannot be measured; the message says why.</exception>
    void Measure(MetricMoment moment, MetricValues values, CancellationToken stop);
}

/// <summary>One moment in the life of a program.</summary>
/// <param name="Elapsed">The time since the first measurement.</param>
/// <param name="Usage">What the program and all that it started use; null if it has ended or cannot be seen.</param>
internal sealed record MetricMoment(TimeSpan Elapsed, TreeUsage? Usage);

/// <summary>Why something could not be measured.</summary>
internal sealed class MetricException(string message) : Exception(message);

/// <summary>The values of one moment.</summary>
internal sealed class MetricValues
{
    private readonly List<KeyValuePair<string, double>> _values = [];

    /// <summary>The values, each with its name, in the order in which they came.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> All => _values;

    /// <summary>Adds a value, unless it is none.</summary>
    public void Add(string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            _values.Add(KeyValuePair.Create(name, number));
        }
    }
}
