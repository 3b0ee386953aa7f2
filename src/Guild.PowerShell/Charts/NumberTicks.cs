using System.Globalization;

namespace Guild.PowerShell.Charts;

/// <summary>Round numbers on an axis: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class NumberTicks
{
    private const double MostPlain = 1e7;
    private const int MostDecimals = 5;
    private const double MostExact = 1e15;

    /// <summary>The ticks inside a range, both ends included.</summary>
    /// <param name="minimum">The smallest number.</param>
    /// <param name="maximum">The greatest number; greater than the smallest.</param>
    /// <param name="count">About how many there should be.</param>
    /// <param name="leastExponent">The power of ten that steps are not smaller than: 0 for whole numbers.</param>
    public static IReadOnlyList<TickMark> Between(double minimum, double maximum, int count, int leastExponent = int.MinValue)
    {
        var rough = (maximum / 2 - minimum / 2) / Math.Max(count, 1) * 2;
        if (!(rough > 0))
        {
            return [];
        }

        var (digit, exponent) = Step(rough, leastExponent);
        var step = Decimal(digit, exponent);

        // Ends that are off by a rounding error count as inside.
        var first = Math.Ceiling(minimum / step - 1e-9);
        var last = Math.Floor(maximum / step + 1e-9);
        var isPlain = Math.Max(Math.Abs(minimum), Math.Abs(maximum)) < MostPlain && exponent >= -MostDecimals;
        var ticks = new List<TickMark>();

        // Where numbers are so large that one more is the same number, there is no next tick.
        for (var i = first; i <= last && ticks.Count <= 2 * count && Math.Abs(i) < MostExact; i++)
        {
            ticks.Add(new TickMark(Decimal(i * digit, exponent), Text(i == 0 ? 0 : Decimal(i * digit, exponent), exponent, isPlain)));
        }

        return ticks;
    }

    /// <summary>A whole number times a power of ten, as near as a double comes. To multiply would make 0.30000000000000004 of 3 times 0.1.</summary>
    public static double Decimal(double digits, int exponent) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits:F0}e{exponent}"), CultureInfo.InvariantCulture);

    private static (int Digit, int Exponent) Step(double rough, int leastExponent)
    {
        var exponent = (int)Math.Floor(Math.Log10(rough));
        var digit = (rough / Decimal(1, exponent)) switch
        {
            <= 1.0000001 => 1,
            <= 2.0000001 => 2,
            <= 5.0000001 => 5,
            _ => 10,
        };

        // There is no double beyond 1.8e308.
        digit = exponent >= 308 ? 1 : digit;
        (digit, exponent) = digit == 10 ? (1, exponent + 1) : (digit, exponent);
        return exponent < leastExponent ? (1, leastExponent) : (digit, exponent);
    }

    private static string Text(double value, int exponent, bool isPlain)
    {
        if (isPlain)
        {
            return value.ToString("F" + Math.Max(-exponent, 0).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        var digits = value == 0 ? 0 : Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9) - exponent, 0, 15);
        return value.ToString(digits == 0 ? "0e+0" : $"0.{new string('0', digits)}e+0", CultureInfo.InvariantCulture);
    }
}
