using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>The flags of Python's patterns that have no option of .NET, so that the translator itself does what they say.</summary>
/// <param name="IsAscii">True if categories hold ASCII characters only (<c>a</c>).</param>
/// <param name="IsVerbose">True if whitespace and comments are left out (<c>x</c>).</param>
internal readonly record struct PythonRegexFlags(bool IsAscii, bool IsVerbose)
{
    /// <summary>Reads the flags for the whole pattern, which stand at its start: their options of .NET, the others, and where they end.</summary>
    public static (RegexOptions Options, PythonRegexFlags Flags, int End) ReadGlobal(string pattern)
    {
        var options = RegexOptions.None;
        var flags = default(PythonRegexFlags);
        var at = 0;
        while (Regex.Match(pattern[at..], @"\A\(\?([aimsuxL]+)\)") is { Success: true } match)
        {
            at += match.Length;
            foreach (var flag in match.Groups[1].Value)
            {
                options |= flag switch
                {
                    'i' => RegexOptions.IgnoreCase,
                    'm' => RegexOptions.Multiline,
                    's' => RegexOptions.Singleline,
                    'L' => throw PythonRegexEscapes.Bad(pattern, "the flag L is for bytes only"),
                    _ => RegexOptions.None,
                };
                flags = new PythonRegexFlags(flags.IsAscii || flag == 'a', flags.IsVerbose || flag == 'x');
            }
        }

        return (options, flags, at);
    }

    /// <summary>The beginning of a group that switches flags on and off, and the flags in it.</summary>
    public (string Opening, PythonRegexFlags Flags) Scope(string on, string off)
    {
        var dotNetOn = string.Concat(on.Where(flag => "ims".Contains(flag, StringComparison.Ordinal)));
        var dotNetOff = string.Concat(off.Where(flag => flag != 'x'));
        var minus = dotNetOff.Length > 0 ? "-" : "";
        var isAscii = on.Contains('a', StringComparison.Ordinal) || (IsAscii && !on.Contains('u', StringComparison.Ordinal));
        var isVerbose = on.Contains('x', StringComparison.Ordinal) || (IsVerbose && !off.Contains('x', StringComparison.Ordinal));
        return ($"(?{dotNetOn}{minus}{dotNetOff}:", new PythonRegexFlags(isAscii, isVerbose));
    }
}
