using System.Globalization;

namespace Guild.PowerShell.Charts;

/// <summary>Round numbers on a logarithmic axis: powers of ten; between them 2 and 5 where there are few; and what a plain axis has where there are none.</summary>
internal static class LogTicks
{
    private static readonly int[] Digits = [1, 2, 5];

    /// <summary>The ticks inside a range, both ends included.</summary>
    /// <param name="minimum">The smallest number; greater than 0.</param>
    /// <param name="maximum">The greatest number; greater than the smallest.</param>
    /// <param name="count">How many there should be at most.</param>
    public static IReadOnlyList<TickMark> Between(double minimum, double maximum, int count)
    {
        var first = (int)Math.Ceiling(Math.Log10(minimum) - 1e-9);
        var last = (int)Math.Floor(Math.Log10(maximum) + 1e-9);
        if (last - first >= 2)
        {
            var stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)Math.Max(count, 2)));
            return [.. Enumerable.Range(first, last - first + 1).Where(exponent => (exponent - first) % stride == 0).Select(exponent => Tick(1, exponent))];
        }

        var ticks = Enumerable.Range(first - 1, last - first + 3)
            .SelectMany(exponent => Digits.Select(digit => Tick(digit, exponent)))
            .Where(tick => tick.Value >= minimum * (1 - 1e-9) && tick.Value <= maximum * (1 + 1e-9))
            .ToList();
        return ticks.Count >= 2 ? ticks : NumberTicks.Between(minimum, maximum, count);
    }

    private static TickMark Tick(int digit, int exponent)
    {
        var value = NumberTicks.Decimal(digit, exponent);
        return new TickMark(value, exponent is >= -4 and < 6
            ? value.ToString("0.####", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{digit}e{(exponent < 0 ? "" : "+")}{exponent}"));
    }
}
