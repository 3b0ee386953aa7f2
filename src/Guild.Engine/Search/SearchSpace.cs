using Guild.Engine.Flags;

namespace Guild.Engine.Search;

/// <summary>
/// The values that the trials of a search can have, flag by flag. A point of it is an array with a number for each flag that varies: the value
/// itself in a range, the index in <see cref="ValuesOf"/> in a list.
/// </summary>
internal sealed class SearchSpace
{
    private readonly Axis[] axes;

    public SearchSpace(IReadOnlyList<Dimension> dimensions)
    {
        Dimensions = dimensions;
        axes = [.. dimensions.Select(Axis.Of).OfType<Axis>()];
        Size = axes.Aggregate((long?)1, (size, axis) => Product(size, axis.Size));
    }

    /// <summary>The flags, in the order in which they were given.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>True if a list or a range was given, be it of a single value.</summary>
    public bool IsSearched { get; init; }

    /// <summary>How many different points there are; null if without number. What is too many to count is the greatest long.</summary>
    public long? Size { get; }

    /// <summary>The flags that vary, in the same order.</summary>
    public IReadOnlyList<Dimension> Varying => [.. axes.Select(axis => axis.Dimension)];

    /// <summary>How many flags vary.</summary>
    public int Count => axes.Length;

    /// <summary>True if a flag has a value that the first trial is to have.</summary>
    public bool HasInitial => axes.Any(axis => axis.Dimension is RangeDimension { Initial: not null });

    /// <summary>The different values of a list that varies.</summary>
    public IReadOnlyList<object?> ValuesOf(int index) => axes[index].Values;

    /// <summary>How many values a flag that varies can have; null if without number.</summary>
    public long? SizeOf(int index) => axes[index].Size;

    /// <summary>A point anywhere, each as likely as any other.</summary>
    public double[] Sample(SeededRandom random)
    {
        var point = new double[axes.Length];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = axes[i].Sample(random);
        }

        return point;
    }

    /// <summary>Gives a point the values that the first trial is to have.</summary>
    public void ApplyInitial(double[] point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = (axes[i].Dimension as RangeDimension)?.Initial ?? point[i];
        }
    }

    /// <summary>The point that comes after another if all points are counted through; after the last comes the first. Only for spaces with a size.</summary>
    public double[] Next(double[] point)
    {
        var next = (double[])point.Clone();
        for (var i = next.Length - 1; i >= 0; i--)
        {
            next[i]++;
            if (next[i] <= axes[i].Last)
            {
                break;
            }

            next[i] = axes[i].First;
        }

        return next;
    }

    /// <summary>The flags of a point, those that do not vary too.</summary>
    public IReadOnlyDictionary<string, object?> ToFlags(double[] point)
    {
        var flags = new Dictionary<string, object?>(Dimensions.Count, StringComparer.Ordinal);
        var next = 0;
        foreach (var dimension in Dimensions)
        {
            flags[dimension.Flag] = next < axes.Length && ReferenceEquals(axes[next].Dimension, dimension)
                ? axes[next].ToFlag(point[next++])
                : Axis.OnlyValueOf(dimension);
        }

        return flags;
    }

    /// <summary>The point with these flags, or null if they are not in this space. Flags that do not vary are not looked at.</summary>
    public double[]? ToPoint(IReadOnlyDictionary<string, object?> flags)
    {
        var point = new double[axes.Length];
        for (var i = 0; i < point.Length; i++)
        {
            if (!flags.TryGetValue(axes[i].Dimension.Flag, out var value) || axes[i].ToNumber(value) is not { } number)
            {
                return null;
            }

            point[i] = number;
        }

        return point;
    }

    private static long? Product(long? left, long? right) =>
        left is null || right is null ? null : left > long.MaxValue / right ? long.MaxValue : left * right;

    // A flag that varies, with what is asked of it often at hand.
    private sealed record Axis(Dimension Dimension, IReadOnlyList<object?> Values, long? Size)
    {
        public double First => Dimension is RangeDimension range ? range.Low : 0;

        public double Last => Dimension is RangeDimension range ? range.High : Values.Count - 1;

        /// <summary>The axis of a flag, or null if it has one value only.</summary>
        public static Axis? Of(Dimension dimension) => dimension switch
        {
            RangeDimension { IsInteger: true } range when range.High > range.Low => new Axis(range, [], (long)Math.Min(range.High - range.Low, long.MaxValue - 1024) + 1),
            RangeDimension range when range.High > range.Low => new Axis(range, [], null),
            ChoiceDimension choice when choice.Values.Distinct(FlagValues.Comparer).ToList() is { Count: > 1 } values => new Axis(choice, values, values.Count),
            _ => null,
        };

        public static object? OnlyValueOf(Dimension dimension) => dimension switch
        {
            FixedDimension single => single.Value,
            ChoiceDimension choice => choice.Values[0],
            RangeDimension range => range.ToFlag(range.Low),
            _ => throw new InvalidOperationException($"A dimension of type {dimension.GetType().Name} has no value."),
        };

        public double Sample(SeededRandom random) => Dimension is RangeDimension range ? range.At(random.NextDouble()) : random.Next(Values.Count);

        public object? ToFlag(double number) => Dimension is RangeDimension range ? range.ToFlag(number) : Values[(int)number];

        public double? ToNumber(object? value)
        {
            if (Dimension is not RangeDimension range)
            {
                for (var i = 0; i < Values.Count; i++)
                {
                    if (FlagValues.AreEqual(Values[i], value))
                    {
                        return i;
                    }
                }

                return null;
            }

            double? number = value switch { long whole => whole, double real => real, _ => null };
            return number >= range.Low && number <= range.High && (!range.IsInteger || number == Math.Floor(number.Value)) ? number : null;
        }
    }
}
