namespace Guild.Engine.Scalars;

/// <summary>Takes the values of one scalar as they were written, and sums them up.</summary>
internal sealed class ScalarAccumulator(ScalarPoint first)
{
    private double _first = first.Value;
    private long _firstStep = first.Step;
    private double _last = first.Value;
    private long _lastStep = first.Step;
    private double _minimum = first.Value;
    private long _minimumStep = first.Step;
    private double _maximum = first.Value;
    private long _maximumStep = first.Step;
    private double _total = first.Value;
    private long _count = 1;

    public void Add(ScalarPoint point)
    {
        if (point.Step < _firstStep)
        {
            (_first, _firstStep) = (point.Value, point.Step);
        }

        if (point.Step >= _lastStep)
        {
            (_last, _lastStep) = (point.Value, point.Step);
        }

        if (point.Value < _minimum || double.IsNaN(_minimum))
        {
            (_minimum, _minimumStep) = (point.Value, point.Step);
        }

        if (point.Value > _maximum || double.IsNaN(_maximum))
        {
            (_maximum, _maximumStep) = (point.Value, point.Step);
        }

        _total += point.Value;
        _count++;
    }

    public ScalarSummary ToSummary(string folder, string tag) => new()
    {
        Name = ScalarSummary.NameOf(folder, tag),
        Folder = folder,
        Tag = tag,
        First = _first,
        FirstStep = _firstStep,
        Last = _last,
        LastStep = _lastStep,
        Minimum = _minimum,
        MinimumStep = _minimumStep,
        Maximum = _maximum,
        MaximumStep = _maximumStep,
        Total = _total,
        Count = _count,
    };
}
