namespace Guild.PowerShell.Charts;

/// <summary>What is kept of the values that lie close together: the first, the last, the smallest and the greatest, and where there were none.</summary>
internal sealed class SeriesBucket
{
    private double _firstX = double.NaN;
    private double _firstY;
    private double _lastX;
    private double _lastY;
    private double _lowX;
    private double _lowY;
    private double _highX;
    private double _highY;
    private double _gapFrom = double.NaN;
    private double _gapTo = double.NaN;

    private bool IsEmpty => double.IsNaN(_firstX);

    public void Add(double x, double y)
    {
        if (IsEmpty)
        {
            _firstX = _lastX = _lowX = _highX = x;
            _firstY = _lastY = _lowY = _highY = y;
            return;
        }

        if (x < _firstX)
        {
            (_firstX, _firstY) = (x, y);
        }

        if (x >= _lastX)
        {
            (_lastX, _lastY) = (x, y);
        }

        if (y < _lowY)
        {
            (_lowX, _lowY) = (x, y);
        }

        if (y > _highY)
        {
            (_highX, _highY) = (x, y);
        }
    }

    public void AddGap(double x)
    {
        // The other operand counts where one is not a number.
        _gapFrom = double.MinNumber(_gapFrom, x);
        _gapTo = double.MaxNumber(_gapTo, x);
    }

    /// <summary>Takes what another one keeps.</summary>
    public void Merge(SeriesBucket other)
    {
        if (!other.IsEmpty)
        {
            Add(other._firstX, other._firstY);
            Add(other._lowX, other._lowY);
            Add(other._highX, other._highY);
            Add(other._lastX, other._lastY);
        }

        if (!double.IsNaN(other._gapFrom))
        {
            AddGap(other._gapFrom);
            AddGap(other._gapTo);
        }
    }

    /// <summary>Adds the values to a line from left to right.</summary>
    /// <param name="line">The line so far.</param>
    /// <param name="isAfterGap">True if there was a gap between the end of the line and this bucket.</param>
    /// <returns>True if there is a gap between the end of the line and the next bucket.</returns>
    public bool AppendTo(List<SeriesPoint> line, bool isAfterGap)
    {
        if (IsEmpty)
        {
            return true;
        }

        var (leftX, leftY, rightX, rightY) = _lowX <= _highX ? (_lowX, _lowY, _highX, _highY) : (_highX, _highY, _lowX, _lowY);
        var from = double.NegativeInfinity;
        Append(_firstX, _firstY);
        Append(leftX, leftY);
        Append(rightX, rightY);
        Append(_lastX, _lastY);
        return _gapTo > _lastX;

        void Append(double x, double y)
        {
            isAfterGap |= IsGap(_gapFrom) || IsGap(_gapTo);
            if (isAfterGap || line.Count == 0 || line[^1].X != x || line[^1].Y != y)
            {
                line.Add(new SeriesPoint(x, y, isAfterGap));
            }

            isAfterGap = false;
            from = x;

            bool IsGap(double gap) => gap > from && gap <= x;
        }
    }
}
