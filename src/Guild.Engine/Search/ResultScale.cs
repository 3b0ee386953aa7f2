namespace Guild.Engine.Search;

/// <summary>
/// Brings results to mean 0 and variance 1, and near to a normal distribution: losses often range over powers of ten, and a model of them should
/// see those near the best apart. The order of results stays.
/// </summary>
internal sealed class ResultScale
{
    // Farther out than this, in units of what the middle is from the best, only the logarithm counts.
    private const double Far = 8;

    private readonly double unit;
    private readonly double center;
    private readonly double spread;
    private readonly double power;
    private readonly double mean;
    private readonly double deviation;

    public ResultScale(IReadOnlyList<double> results)
    {
        // Dividing first keeps squares of the largest doubles from being infinite.
        unit = results.Max(Math.Abs);
        unit = unit > 0 ? unit : 1;
        var sorted = results.Select(result => result / unit).Order().ToArray();
        center = sorted[sorted.Length / 2];
        spread = center - sorted[0];
        spread = spread > 1e-12 ? spread : sorted[^1] - sorted[0];
        spread = spread > 1e-300 ? spread : 1;
        var near = sorted.Select(Near).ToArray();
        power = BestPower(near);
        var bent = Array.ConvertAll(near, value => Bend(value, power));
        mean = bent.Average();
        deviation = Math.Sqrt(bent.Average(value => (value - mean) * (value - mean)));
        deviation = deviation > 1e-12 ? deviation : 1;
    }

    /// <summary>A result as the model sees it.</summary>
    public double Of(double result) => (Bend(Near(result / unit), power) - mean) / deviation;

    /// <summary>How many units of the model a small difference between results is, at a result.</summary>
    public double SlopeAt(double result)
    {
        var step = spread * unit * 1e-4;
        return (Of(result + step) - Of(result - step)) / (2 * step);
    }

    private double Near(double value)
    {
        var distance = (value - center) / spread;
        return Math.Abs(distance) <= Far ? distance : Math.Sign(distance) * (Far + Math.Log(1 + Math.Abs(distance) - Far));
    }

    // Yeo and Johnson's power ("A new family of power transformations", 2000) that makes the results most like a normal distribution.
    private static double BestPower(double[] values)
    {
        if (values.Length < 8)
        {
            return 1;
        }

        var (low, high) = (-2.0, 3.0);
        var best = 1.0;
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (atLeft, atRight) = (Likelihood(values, left), Likelihood(values, right));
        for (var i = 0; i < 25; i++)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (ratio * (high - low));
                atLeft = Likelihood(values, left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (ratio * (high - low));
                atRight = Likelihood(values, right);
            }

            best = (low + high) / 2;
        }

        return Likelihood(values, best) > Likelihood(values, 1) ? best : 1;
    }

    private static double Likelihood(double[] values, double power)
    {
        double sum = 0, squares = 0, logs = 0;
        foreach (var value in values)
        {
            var bent = Bend(value, power);
            sum += bent;
            squares += bent * bent;
            logs += Math.Sign(value) * Math.Log(1 + Math.Abs(value));
        }

        var variance = (squares / values.Length) - (sum / values.Length * (sum / values.Length));
        return variance > 1e-12 ? (-0.5 * values.Length * Math.Log(variance)) + ((power - 1) * logs) : double.NegativeInfinity;
    }

    private static double Bend(double value, double power) => value >= 0
        ? Math.Abs(power) < 1e-9 ? Math.Log(1 + value) : (Math.Pow(1 + value, power) - 1) / power
        : Math.Abs(power - 2) < 1e-9 ? -Math.Log(1 - value) : -(Math.Pow(1 - value, 2 - power) - 1) / (2 - power);
}
