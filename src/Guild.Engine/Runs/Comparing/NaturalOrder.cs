namespace Guild.Engine.Runs.Comparing;

/// <summary>Orders names as people do: <c>layer2</c> before <c>layer10</c>.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The one order of this kind.</summary>
    public static NaturalOrder Instance { get; } = new();

    private NaturalOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = (x ?? "").AsSpan();
        var right = (y ?? "").AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (leftDigits, rightDigits) = (DigitsOf(left), DigitsOf(right));
            var isNumber = leftDigits > 0 && rightDigits > 0;
            var order = isNumber ? CompareNumbers(left[..leftDigits], right[..rightDigits]) : left[0].CompareTo(right[0]);
            if (order != 0)
            {
                return order;
            }

            left = left[(isNumber ? leftDigits : 1)..];
            right = right[(isNumber ? rightDigits : 1)..];
        }

        // Names that differ in zeros before numbers only are still two names.
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);
    }

    private static int DigitsOf(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return length;
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }
}
