namespace Guild.Engine.GuildFiles;

/// <summary>Finds what somebody may have meant by a name that does not exist.</summary>
public static class NearestNames
{
    // The distance takes time that grows with the square of the length; names of people's making are shorter than this.
    private const int LongestName = 200;

    /// <summary>
    /// The candidates, the most likely first: equal but for case, then those that begin with the name or that the name begins with, then those that
    /// contain it, then by how few letters must be typed, removed, changed or swapped. Ties are in ordinal order.
    /// </summary>
    public static IReadOnlyList<string> Sort(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        return [.. candidates
            .Distinct(StringComparer.Ordinal)
            .Select(c => (Candidate: c, Class: ClassOf(name, c), Distance: Distance(name, c)))
            .OrderBy(c => c.Class)
            .ThenBy(c => c.Distance)
            .ThenBy(c => c.Candidate, StringComparer.Ordinal)
            .Select(c => c.Candidate)];
    }

    /// <summary>The most likely candidate, or null if none resembles the name.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var sorted = Sort(name, candidates);
        return sorted.Count > 0 && Resembles(name, sorted[0]) ? sorted[0] : null;
    }

    private static bool Resembles(string name, string candidate) =>
        name.Length > 0 && (ClassOf(name, candidate) < 3 || Distance(name, candidate) <= Math.Max(1, Math.Max(name.Length, candidate.Length) / 3));

    private static int ClassOf(string name, string candidate)
    {
        if (string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        // One letter begins or is in too many names to say anything.
        if (Math.Min(name.Length, candidate.Length) < 2)
        {
            return 3;
        }

        // One wrong letter in a long name is a slip, whatever else begins alike.
        if (candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            || name.StartsWith(candidate, StringComparison.OrdinalIgnoreCase)
            || (Math.Min(name.Length, candidate.Length) >= 6 && Distance(name, candidate) == 1))
        {
            return 1;
        }

        return candidate.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(candidate, StringComparison.OrdinalIgnoreCase) ? 2 : 3;
    }

    // Damerau and Levenshtein's distance in its restricted form: no part is changed twice.
    private static int Distance(string name, string candidate)
    {
        if (name.Length > LongestName || candidate.Length > LongestName)
        {
            return int.MaxValue;
        }

        var (a, b) = (name.ToUpperInvariant(), candidate.ToUpperInvariant());
        var beforeLast = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        var row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[b.Length];
    }
}
