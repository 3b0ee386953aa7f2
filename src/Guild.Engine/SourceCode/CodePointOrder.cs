namespace Guild.Engine.SourceCode;

/// <summary>
/// The order of text by code points, as Python sorts it. Ordinal order differs for characters beyond the first plane, whose
/// surrogates sort before some single units.
/// </summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    private CodePointOrder()
    {
    }

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }

        var shared = x.AsSpan().CommonPrefixLength(y);
        if (shared == x.Length || shared == y.Length)
        {
            return x.Length - y.Length;
        }

        var (left, right) = (x[shared], y[shared]);
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left - right : char.IsSurrogate(left) ? 1 : -1;
    }
}
