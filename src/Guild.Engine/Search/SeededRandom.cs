using System.Numerics;

namespace Guild.Engine.Search;

/// <summary>
/// Random numbers that are the same for the same seed on every machine and with every version of .NET, which <see cref="Random"/> does not
/// promise. The algorithm is xoshiro256** of Blackman and Vigna (https://prng.di.unimi.it), seeded by their SplitMix64.
/// </summary>
internal sealed class SeededRandom
{
    private ulong a, b, c, d;
    private double spare = double.NaN;

    /// <param name="seed">The seed of the search.</param>
    /// <param name="stream">What the numbers are for, such as the number of a trial: each stream of a seed is independent of its others.</param>
    public SeededRandom(long seed, long stream = 0)
    {
        var state = unchecked((ulong)seed);
        state = Mix(ref state) ^ unchecked((ulong)stream * 0xD1342543DE82EF95);
        (a, b, c, d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>A number from 0 to less than 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to less than a limit.</summary>
    public int Next(int limit) => (int)NextLong(limit);

    /// <summary>A whole number from 0 to less than a limit.</summary>
    public long NextLong(long limit)
    {
        // What is left over at the top would make small numbers more likely.
        var most = ulong.MaxValue - (ulong.MaxValue % (ulong)limit);
        ulong bits;
        do
        {
            bits = NextBits();
        }
        while (bits >= most);
        return (long)(bits % (ulong)limit);
    }

    /// <summary>A number of the normal distribution with mean 0 and variance 1.</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }

        double x, y, square;
        do
        {
            (x, y) = ((2 * NextDouble()) - 1, (2 * NextDouble()) - 1);
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * factor;
        return x * factor;
    }

    /// <summary>Puts items in any order.</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private ulong NextBits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }
}
