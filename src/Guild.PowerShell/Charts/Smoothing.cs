namespace Guild.PowerShell.Charts;

/// <summary>
/// The exponential moving average that TensorBoard draws: each value is mixed with the average so far, and the average is divided by the weight that it has
/// collected, so that the beginning is not drawn towards zero.
/// </summary>
/// <param name="weight">What the average so far counts, from 0 for no smoothing to below 1.</param>
internal sealed class Smoothing(double weight)
{
    private double _average;
    private double _restWeight = 1;

    /// <summary>The smoothed value. One that is not finite stays as it is and does not count.</summary>
    public double Next(double value)
    {
        if (!double.IsFinite(value) || weight == 0)
        {
            return value;
        }

        _average = _average * weight + (1 - weight) * value;
        _restWeight *= weight;
        return _average / (1 - _restWeight);
    }
}
