using System.Buffers;

namespace Guild.Engine.Runs;

/// <summary>The ids of runs: 32 lowercase hexadecimal characters.</summary>
public static class RunId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 32;

    /// <summary>How many characters the short form of an id has.</summary>
    public const int ShortLength = 8;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes an id that no other run has.</summary>
    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>True if the text is a whole id: 32 lowercase hexadecimal characters.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsValid(text.AsSpan());
    }

    internal static bool IsValid(ReadOnlySpan<char> text) => text.Length == Length && IsHexadecimal(text);

    /// <summary>The first eight characters of an id, which people read and type; a shorter text as it is.</summary>
    public static string Short(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length <= ShortLength ? id : id[..ShortLength];
    }

    internal static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Digits);
}
