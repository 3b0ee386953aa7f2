using System.Text;
using Guild.Engine.Flags;

namespace Guild.Engine.Pipelines;

/// <summary>The values of flags as one text: equal for equal values, so that the runs with some values are found at once.</summary>
internal static class FlagSignature
{
    private const double LargestWhole = 1L << 53;

    /// <param name="flags">The values. Those that are null are left out, as if they were not there.</param>
    /// <param name="without">The names of flags that do not count.</param>
    public static string Of(IReadOnlyDictionary<string, object?> flags, IReadOnlySet<string> without)
    {
        var names = new List<string>(flags.Count);
        foreach (var (name, value) in flags)
        {
            if (value is not null && !without.Contains(name))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var name in names)
        {
            text.Append(name).Append('=').Append(FlagGrammar.Encode(Normal(flags[name]))).Append('\n');
        }

        return text.ToString();
    }

    // 1 and 1.0 are the same value.
    private static object? Normal(object? value) => value is double number && number == Math.Floor(number) && Math.Abs(number) < LargestWhole ? (long)number : value;
}
