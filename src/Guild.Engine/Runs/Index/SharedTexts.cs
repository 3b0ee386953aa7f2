using System.IO.Hashing;
using System.Text;

namespace Guild.Engine.Runs.Index;

/// <summary>
/// The strings of names that ten thousand runs have in common. A place for each hash, overwritten by the next that has it: bounded, and
/// without a lock, since a place holds either of two whole strings.
/// </summary>
internal static class SharedTexts
{
    private const int Places = 1024;

    private const int Longest = 128;

    private static readonly string?[] Known = new string?[Places];

    public static string Of(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        if (text.Length > Longest)
        {
            return Encoding.UTF8.GetString(text);
        }

        ref var place = ref Known[(int)(XxHash3.HashToUInt64(text) % Places)];
        if (place is { } known && IsSame(known, text))
        {
            return known;
        }

        return place = Encoding.UTF8.GetString(text);
    }

    // A text that is not ASCII is decoded anew each time: it is rare, and comparing it would need the decoding.
    private static bool IsSame(string known, ReadOnlySpan<byte> text) => known.Length == text.Length && Ascii.Equals(text, known.AsSpan());
}
