using System.Globalization;

namespace Guild.Engine.Text;

/// <summary>Writes in what two texts differ, in the unified form of <c>diff -u</c>.</summary>
public static class LineDifference
{
    private const int ContextLines = 3;

    // Texts that have little in common would take time and memory by the square of it; then what is between the equal ends is shown as one change.
    private const int MostChanges = 2000;

    /// <summary>The lines of the difference; none if the texts are the same.</summary>
    /// <param name="before">The lines of the first text.</param>
    /// <param name="after">The lines of the second text.</param>
    /// <param name="beforeName">What the first text is called.</param>
    /// <param name="afterName">What the second text is called.</param>
    public static IEnumerable<string> Unified(IReadOnlyList<string> before, IReadOnlyList<string> after, string beforeName, string afterName)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var edits = Edits(before, after);
        return edits.TrueForAll(edit => edit.Mark == ' ') ? [] : Hunks(edits).Prepend($"+++ {afterName}").Prepend($"--- {beforeName}");
    }

    private static IEnumerable<string> Hunks(List<Edit> edits)
    {
        var at = 0;
        while (NextChange(edits, at) is var first and >= 0)
        {
            var start = Math.Max(at, first - ContextLines);
            var end = first;
            for (var change = first; change >= 0 && change - end <= 2 * ContextLines; change = NextChange(edits, change + 1))
            {
                end = change + 1;
            }

            end = Math.Min(edits.Count, end + ContextLines);
            yield return Heading(edits, start, end);
            for (var i = start; i < end; i++)
            {
                yield return edits[i].Mark + edits[i].Text;
            }

            at = end;
        }
    }

    private static int NextChange(List<Edit> edits, int from) => from >= edits.Count ? -1 : edits.FindIndex(from, edit => edit.Mark != ' ');

    private static string Heading(List<Edit> edits, int start, int end)
    {
        var (before, after) = (edits[start].Before, edits[start].After);
        var range = edits.GetRange(start, end - start);
        return $"@@ -{Range(before, range.Count(edit => edit.Mark != '+'))} +{Range(after, range.Count(edit => edit.Mark != '-'))} @@";
    }

    // As diff has it: a range of no lines is named by the line before it, and one of a single line has no length.
    private static string Range(int first, int count) => count switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{first},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{first + 1}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{first + 1},{count}"),
    };

    private static List<Edit> Edits(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var head = 0;
        while (head < before.Count && head < after.Count && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Count - head && tail < after.Count - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var edits = new List<Edit>();
        for (var i = 0; i < head; i++)
        {
            edits.Add(new Edit(' ', before[i], i, i));
        }

        AddMiddle(edits, before, after, (head, before.Count - tail, head, after.Count - tail));
        for (var i = tail; i > 0; i--)
        {
            edits.Add(new Edit(' ', before[^i], before.Count - i, after.Count - i));
        }

        return edits;
    }

    // The greedy algorithm of Myers: the furthest that can be reached with each number of changes, and then the way back.
    private static void AddMiddle(List<Edit> edits, IReadOnlyList<string> before, IReadOnlyList<string> after, (int Start, int End, int OtherStart, int OtherEnd) part)
    {
        var (count, otherCount) = (part.End - part.Start, part.OtherEnd - part.OtherStart);
        var most = Math.Min(count + otherCount, MostChanges);
        var reached = new int[(2 * most) + 3];
        var history = new List<int[]>();
        for (var changes = 0; changes <= most; changes++)
        {
            history.Add(reached.AsSpan(most + 1 - changes - 1, (2 * changes) + 3).ToArray());
            for (var diagonal = -changes; diagonal <= changes; diagonal += 2)
            {
                var x = IsDown(reached, most + 1, diagonal, changes) ? reached[most + 1 + diagonal + 1] : reached[most + 1 + diagonal - 1] + 1;
                while (x < count && x - diagonal < otherCount && before[part.Start + x] == after[part.OtherStart + x - diagonal])
                {
                    x++;
                }

                reached[most + 1 + diagonal] = x;
                if (x >= count && x - diagonal >= otherCount)
                {
                    edits.AddRange(WayBack(before, after, part, history));
                    return;
                }
            }
        }

        AddWhole(edits, before, after, part);
    }

    private static bool IsDown(int[] reached, int middle, int diagonal, int changes) =>
        diagonal == -changes || (diagonal != changes && reached[middle + diagonal - 1] < reached[middle + diagonal + 1]);

    private static Stack<Edit> WayBack(IReadOnlyList<string> before, IReadOnlyList<string> after, (int Start, int End, int OtherStart, int OtherEnd) part, List<int[]> history)
    {
        var found = new Stack<Edit>();
        var (x, y) = (part.End - part.Start, part.OtherEnd - part.OtherStart);
        for (var changes = history.Count - 1; changes >= 0; changes--)
        {
            var diagonal = x - y;
            var isDown = IsDown(history[changes], changes + 1, diagonal, changes);
            var earlier = diagonal + (isDown ? 1 : -1);
            var fromX = changes == 0 ? 0 : history[changes][changes + 1 + earlier];
            var fromY = changes == 0 ? 0 : fromX - earlier;
            while (x > fromX && y > fromY)
            {
                x--;
                y--;
                found.Push(new Edit(' ', before[part.Start + x], part.Start + x, part.OtherStart + y));
            }

            if (changes > 0)
            {
                found.Push(isDown
                    ? new Edit('+', after[part.OtherStart + fromY], part.Start + fromX, part.OtherStart + fromY)
                    : new Edit('-', before[part.Start + fromX], part.Start + fromX, part.OtherStart + fromY));
            }

            (x, y) = (fromX, fromY);
        }

        return found;
    }

    private static void AddWhole(List<Edit> edits, IReadOnlyList<string> before, IReadOnlyList<string> after, (int Start, int End, int OtherStart, int OtherEnd) part)
    {
        for (var i = part.Start; i < part.End; i++)
        {
            edits.Add(new Edit('-', before[i], i, part.OtherStart));
        }

        for (var i = part.OtherStart; i < part.OtherEnd; i++)
        {
            edits.Add(new Edit('+', after[i], part.End, i));
        }
    }

    // A line with its mark, and how many lines of each text stand before it.
    private sealed record Edit(char Mark, string Text, int Before, int After);
}
