namespace Guild.PowerShell.Charts;

/// <summary>
/// Takes the values of a series one by one and keeps what a picture of some width shows of them, however many there are. Where the series will end is not known
/// at the beginning, so the buckets grow: when a value lies outside, each two become one.
/// </summary>
internal sealed class SeriesReducer
{
    private readonly SeriesBucket?[] _buckets;
    private double _start;
    private double _width;

    /// <param name="columns">The dots of the picture beside each other.</param>
    public SeriesReducer(int columns)
    {
        // A range that has just outgrown the buckets fills a quarter of them at least, so each column keeps its own smallest and greatest value.
        _buckets = new SeriesBucket?[4 * columns];
    }

    /// <summary>The left end, of gaps too; NaN if there is nothing.</summary>
    public double MinimumX { get; private set; } = double.NaN;

    /// <summary>The right end, of gaps too; NaN if there is nothing.</summary>
    public double MaximumX { get; private set; } = double.NaN;

    /// <summary>The smallest value; NaN if there is none.</summary>
    public double MinimumY { get; private set; } = double.NaN;

    /// <summary>The greatest value; NaN if there is none.</summary>
    public double MaximumY { get; private set; } = double.NaN;

    /// <summary>Takes a value. One that is not finite is a gap.</summary>
    /// <param name="x">Where it is; finite.</param>
    /// <param name="y">The value.</param>
    public void Add(double x, double y)
    {
        var bucket = _buckets[IndexOf(x)] ??= new SeriesBucket();
        MinimumX = double.MinNumber(MinimumX, x);
        MaximumX = double.MaxNumber(MaximumX, x);
        if (!double.IsFinite(y))
        {
            bucket.AddGap(x);
            return;
        }

        MinimumY = double.MinNumber(MinimumY, y);
        MaximumY = double.MaxNumber(MaximumY, y);
        bucket.Add(x, y);
    }

    /// <summary>What is drawn, from left to right.</summary>
    public IReadOnlyList<SeriesPoint> Points()
    {
        var line = new List<SeriesPoint>();
        var isAfterGap = true;
        foreach (var bucket in _buckets)
        {
            if (bucket is not null)
            {
                isAfterGap = bucket.AppendTo(line, isAfterGap);
            }
        }

        return line;
    }

    private int IndexOf(double x)
    {
        if (double.IsNaN(MinimumX))
        {
            _start = x;
        }
        else if (_width == 0 && x != _start)
        {
            // All values so far are in one place and in the first bucket.
            _width = Math.Max(Math.Abs(x - _start) / (_buckets.Length / 2), double.Epsilon);
        }

        if (_width == 0)
        {
            return 0;
        }

        while (x < _start)
        {
            GrowToTheLeft();
        }

        while (x - _start >= _width * _buckets.Length)
        {
            GrowToTheRight();
        }

        return Math.Min((int)((x - _start) / _width), _buckets.Length - 1);
    }

    private void GrowToTheRight()
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] = 2 * i < _buckets.Length ? Joined(_buckets[2 * i], _buckets[2 * i + 1]) : null;
        }

        _width *= 2;
    }

    private void GrowToTheLeft()
    {
        _start -= _width * _buckets.Length;
        GrowToTheRight();
        var half = _buckets.Length / 2;
        Array.Copy(_buckets, 0, _buckets, half, half);
        Array.Clear(_buckets, 0, half);
    }

    private static SeriesBucket? Joined(SeriesBucket? left, SeriesBucket? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        left.Merge(right);
        return left;
    }
}
