using System.Text;

namespace Guild.Engine.SourceCode;

/// <summary>
/// A glob as Guild files write it: <c>*</c> matches any text, <c>/</c> too; <c>?</c> one character; <c>[seq]</c> and <c>[!seq]</c>
/// one character in or not in a set. A glob without a <c>/</c> is matched against the base name, any other against the whole path.
/// </summary>
internal sealed class Glob
{
    private readonly Rune[] _pattern;
    private readonly bool _isForBaseName;
    private readonly bool _ignoresCase;

    private Glob(string text, bool ignoresCase)
    {
        var normal = text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text;
        _isForBaseName = !normal.Contains('/', StringComparison.Ordinal);
        _ignoresCase = ignoresCase;
        _pattern = Runes(normal.TrimStart('/'));
    }

    /// <summary>Reads a glob; letter case matters except on Windows, as paths have it there.</summary>
    public static Glob Parse(string text) => OperatingSystem.IsWindows()
        ? new Glob(text.Replace('\\', '/'), ignoresCase: true)
        : new Glob(text, ignoresCase: false);

    /// <summary>Whether a relative path with <c>/</c> between its parts matches.</summary>
    public bool Matches(string path) => Matches(Runes(_isForBaseName ? path[(path.LastIndexOf('/') + 1)..] : path));

    private Rune[] Runes(string text)
    {
        var runes = new Rune[CountRunes(text)];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            runes[count++] = _ignoresCase ? Rune.ToLowerInvariant(rune) : rune;
        }

        return runes;
    }

    private static int CountRunes(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    // The last star is the only one that ever needs to be tried again, so the time is bounded by length times length.
    private bool Matches(Rune[] text)
    {
        var (at, inPattern, star, starAt) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            var next = inPattern < _pattern.Length ? MatchOne(inPattern, text[at]) : -1;
            if (next >= 0)
            {
                inPattern = next;
                at++;
            }
            else if (inPattern < _pattern.Length && _pattern[inPattern].Value == '*')
            {
                star = inPattern++;
                starAt = at;
            }
            else if (star >= 0)
            {
                inPattern = star + 1;
                at = ++starAt;
            }
            else
            {
                return false;
            }
        }

        while (inPattern < _pattern.Length && _pattern[inPattern].Value == '*')
        {
            inPattern++;
        }

        return inPattern == _pattern.Length;
    }

    /// <summary>The place in the pattern after one character was matched, or -1.</summary>
    private int MatchOne(int place, Rune rune)
    {
        switch (_pattern[place].Value)
        {
            case '*':
                return -1;
            case '?':
                return place + 1;
            case '[' when SetEnd(place) is var end and > 0:
                return IsInSet(place + 1, end, rune) ? end + 1 : -1;
            default:
                return _pattern[place] == rune ? place + 1 : -1;
        }
    }

    // A "]" that comes first is a member of the set; a "[" without its "]" is a plain character.
    private int SetEnd(int open)
    {
        var place = open + 1;
        if (place < _pattern.Length && _pattern[place].Value == '!')
        {
            place++;
        }

        if (place < _pattern.Length && _pattern[place].Value == ']')
        {
            place++;
        }

        while (place < _pattern.Length && _pattern[place].Value != ']')
        {
            place++;
        }

        return place < _pattern.Length ? place : -1;
    }

    private bool IsInSet(int start, int end, Rune rune)
    {
        var isNegated = _pattern[start].Value == '!';
        var isFound = false;
        for (var place = isNegated ? start + 1 : start; place < end; place++)
        {
            if (place + 2 < end && _pattern[place + 1].Value == '-')
            {
                isFound |= _pattern[place] <= rune && rune <= _pattern[place + 2];
                place += 2;
            }
            else
            {
                isFound |= _pattern[place] == rune;
            }
        }

        return isFound != isNegated;
    }
}
