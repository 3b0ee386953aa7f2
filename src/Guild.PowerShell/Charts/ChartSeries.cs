namespace Guild.PowerShell.Charts;

/// <summary>A line of a chart, with what the legend says of it.</summary>
internal sealed class ChartSeries
{
    private readonly SeriesReducer _drawn;
    private readonly Smoothing _smoothing;
    private readonly bool _isLogScale;
    private double _lastX = double.NegativeInfinity;

    /// <param name="id">The short id of the run.</param>
    /// <param name="label">The label.</param>
    /// <param name="settings">How it is drawn.</param>
    public ChartSeries(string id, string label, ChartSettings settings)
    {
        Id = id;
        Label = label;
        _drawn = new SeriesReducer(settings.Width * settings.Glyphs.Columns);
        _smoothing = new Smoothing(settings.Smoothing);
        _isLogScale = settings.IsLogScale;
    }

    /// <summary>The short id of the run.</summary>
    public string Id { get; }

    /// <summary>The label.</summary>
    public string Label { get; }

    /// <summary>What is drawn.</summary>
    public SeriesReducer Drawn => _drawn;

    /// <summary>The value farthest to the right, as it was logged; of several the latest.</summary>
    public double Last { get; private set; } = double.NaN;

    /// <summary>How many values there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many values are not a number.</summary>
    public long NaNCount { get; private set; }

    /// <summary>How many values are infinite.</summary>
    public long InfiniteCount { get; private set; }

    /// <summary>How many values a logarithmic axis has no place for.</summary>
    public long NotPositiveCount { get; private set; }

    /// <summary>Takes the next value in the order in which they were logged.</summary>
    /// <param name="x">Where it is; what is not finite has no place and is left out.</param>
    /// <param name="value">The value.</param>
    public void Add(double x, double value)
    {
        if (!double.IsFinite(x))
        {
            return;
        }

        Count++;
        if (x >= _lastX)
        {
            (_lastX, Last) = (x, value);
        }

        var shown = _smoothing.Next(value);
        if (double.IsNaN(value))
        {
            NaNCount++;
        }
        else if (double.IsInfinity(value))
        {
            InfiniteCount++;
        }
        else if (_isLogScale && shown <= 0)
        {
            NotPositiveCount++;
            shown = double.NaN;
        }

        _drawn.Add(x, shown);
    }
}
