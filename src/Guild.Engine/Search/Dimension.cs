using System.Globalization;

namespace Guild.Engine.Search;

/// <summary>One flag of a search: the values that its trials can have.</summary>
/// <param name="Flag">The name of the flag.</param>
internal abstract record Dimension(string Flag);

/// <summary>A flag that has the same value in all trials.</summary>
/// <param name="Flag">The name of the flag.</param>
/// <param name="Value">The value.</param>
internal sealed record FixedDimension(string Flag, object? Value) : Dimension(Flag);

/// <summary>A flag that has one of several values.</summary>
/// <param name="Flag">The name of the flag.</param>
/// <param name="Values">The values as they were listed. One can stand there twice: a grid then has two trials with it.</param>
internal sealed record ChoiceDimension(string Flag, IReadOnlyList<object?> Values) : Dimension(Flag)
{
    /// <summary>For each value that is itself a space, such as <c>uniform[0:1]</c> in a list, that space; null for all others.</summary>
    public IReadOnlyList<RangeDimension?> Spaces { get; init; } = [];

    /// <summary>True if a value is itself a space. Only a grid knows what to do with such a list.</summary>
    public bool HasSpaces => Spaces.Any(space => space is not null);
}

/// <summary>A flag that has a number between two others, both of which it can be.</summary>
/// <param name="Flag">The name of the flag.</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
internal sealed record RangeDimension(string Flag, double Low, double High) : Dimension(Flag)
{
    /// <summary>True if its values are whole numbers.</summary>
    public bool IsInteger { get; init; }

    /// <summary>True if each power of ten is as likely as any other.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The value of the first trial, or null for any.</summary>
    public double? Initial { get; init; }

    /// <summary>The value at a place between 0 and 1, of which equal parts are equally likely.</summary>
    public double At(double place)
    {
        // Each whole number owns a part of the same length, the first and the last too.
        var margin = IsInteger ? 0.5 : 0;
        var value = IsLogarithmic
            ? Math.Exp(Between(Math.Log(Low - (margin * LogMargin)), Math.Log(High + margin), place))
            : Between(Low - margin, High + margin, place);
        return Math.Clamp(IsInteger ? Math.Floor(value + 0.5) : IsLogarithmic ? Rounded(value) : value, Low, High);
    }

    /// <summary>The place between 0 and 1 at which a value is; of a whole number, the middle of its part.</summary>
    public double PlaceOf(double value)
    {
        var margin = IsInteger ? 0.5 : 0;
        var place = IsLogarithmic
            ? Part(Math.Log(Low - (margin * LogMargin)), Math.Log(High + margin), Math.Log(value))
            : Part(Low - margin, High + margin, value);
        return Math.Clamp(place, 0, 1);
    }

    /// <summary>The value as flags have it: a long if whole numbers are meant, else a double.</summary>
    public object ToFlag(double value) => !IsInteger ? value : value >= long.MaxValue ? long.MaxValue : (object)(long)value;

    // Of whole numbers from 1, the part of 1 begins at 0.5; there is no logarithm of less than 0.
    private double LogMargin => Low >= 1 ? 1 : 0;

    // Logarithms differ in their last digit from one system's library to another's; trials should not.
    private static double Rounded(double value) => double.Parse(value.ToString("E12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Between(double low, double high, double place) => (low * (1 - place)) + (high * place);

    private static double Part(double low, double high, double value)
    {
        // The widest ranges are wider than any number, and half of the narrowest ones is nothing.
        var width = high - low;
        return width == 0 ? 0 : double.IsFinite(width) ? (value - low) / width : ((value / 2) - (low / 2)) / ((high / 2) - (low / 2));
    }
}
