using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>One translation of a pattern from Python's syntax to that of .NET, in one pass from left to right.</summary>
internal sealed class PythonRegexTranslator(string pattern)
{
    private readonly StringBuilder result = new(pattern.Length + 16);
    private readonly PythonRegexGroups groups = PythonRegexGroups.Find(pattern);
    private readonly Stack<OpenGroup> open = new();
    private int at;
    private int groupCount;
    private bool isAscii;
    private bool isVerbose;

    // Where the item begins in the result that a quantifier would repeat; negative if there is nothing to repeat.
    private int item = -1;

    public (string Pattern, RegexOptions Options) Translate()
    {
        var options = ReadGlobalFlags();
        while (at < pattern.Length)
        {
            ReadItem();
        }

        if (open.Count > 0)
        {
            throw Bad("a group is not closed");
        }

        return (result.ToString(), options);
    }

    private RegexOptions ReadGlobalFlags()
    {
        var options = RegexOptions.None;
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
                    'L' => throw Bad("the flag L is for bytes only"),
                    _ => RegexOptions.None,
                };
                isAscii |= flag == 'a';
                isVerbose |= flag == 'x';
            }
        }

        return options;
    }

    private void ReadItem()
    {
        var character = pattern[at++];
        switch (character)
        {
            case '\\':
                ReadEscape();
                break;
            case '[':
                item = result.Length;
                var set = new PythonRegexSet(pattern, at, isAscii);
                result.Append(set.Translation);
                at = set.End;
                break;
            case '(':
                OpenNewGroup();
                break;
            case ')':
                CloseGroup();
                break;
            case '*' or '+' or '?':
                ReadQuantifier(character.ToString());
                break;
            case '{' when ReadBraces() is { } braces:
                ReadQuantifier(braces);
                break;
            case '|':
                result.Append('|');
                item = -1;
                break;
            case '^' or '$':
                result.Append(character);
                item = -1;
                break;
            case '.':
                item = result.Length;
                result.Append('.');
                break;
            case '#' when isVerbose:
                var end = pattern.IndexOf('\n', at);
                at = end < 0 ? pattern.Length : end;
                break;
            case ' ' or '\t' or '\n' or '\r' or '\f' or '\v' when isVerbose:
                break;
            default:
                AppendLiteral(character);
                break;
        }
    }

    private void AppendLiteral(char character)
    {
        item = result.Length;
        if (char.IsHighSurrogate(character) && at < pattern.Length && char.IsLowSurrogate(pattern[at]))
        {
            // Without the group a quantifier would repeat the second half alone.
            result.Append("(?:").Append(character).Append(pattern[at++]).Append(')');
            return;
        }

        result.Append(PythonRegexEscapes.Literal(character));
    }

    private void ReadEscape()
    {
        if (at == pattern.Length)
        {
            throw Bad("it ends with a lone backslash");
        }

        var character = pattern[at];
        item = result.Length;
        if (char.IsAsciiDigit(character) && ReadGroupNumber() is { } number)
        {
            result.Append(CultureInfo.InvariantCulture, $@"\k<{number}>");
            return;
        }

        var assertion = character switch
        {
            'A' => @"\A",
            'Z' => @"\z",
            'b' => @"\b",
            'B' => @"\B",
            _ => null,
        };
        if (assertion is not null)
        {
            at++;
            item = -1;
            result.Append(assertion);
            return;
        }

        if (PythonRegexEscapes.Category(character, isAscii) is { } category)
        {
            at++;
            result.Append(category.Outside);
            return;
        }

        var (text, end) = PythonRegexEscapes.Read(pattern, at);
        at = end;
        result.Append(text.Length > 1 ? $"(?:{text})" : PythonRegexEscapes.Literal(text[0]));
    }

    // Three octal digits, or what begins with 0, are a character; other digits are a group.
    private int? ReadGroupNumber()
    {
        var digits = pattern[at..].TakeWhile(char.IsAsciiDigit).Take(3).ToArray();
        if (digits[0] == '0' || (digits.Length == 3 && digits.All(digit => digit <= '7')))
        {
            return null;
        }

        var text = new string(digits, 0, Math.Min(2, digits.Length));
        at += text.Length;
        var number = int.Parse(text, CultureInfo.InvariantCulture);
        RequireClosed(groups.Require(text, groupCount));
        return number;
    }

    private void OpenNewGroup()
    {
        var before = groupCount;
        var (opening, closing, newAscii, newVerbose) = ReadGroupStart();
        if (opening.Length > 0)
        {
            var number = groupCount > before ? groupCount : 0;
            open.Push(new OpenGroup(number, result.Length, closing, isAscii, isVerbose));
            result.Append(opening);
            item = -1;
        }

        isAscii = newAscii;
        isVerbose = newVerbose;
    }

    private (string Opening, string Closing, bool IsAscii, bool IsVerbose) ReadGroupStart()
    {
        if (at >= pattern.Length || pattern[at] != '?')
        {
            return (groups.Opening(++groupCount, null), ")", isAscii, isVerbose);
        }

        var rest = pattern[at..];
        if (Regex.Match(rest, @"\A\?P<([^\W\d]\w*)>") is { Success: true } named)
        {
            at += named.Length;
            return (groups.Opening(++groupCount, named.Groups[1].Value), groups.Closing, isAscii, isVerbose);
        }

        if (Regex.Match(rest, @"\A\?P=([^\W\d]\w*)\)") is { Success: true } reference)
        {
            at += reference.Length;
            RequireClosed(groups.Require(reference.Groups[1].Value, groupCount));
            item = result.Length;
            result.Append(CultureInfo.InvariantCulture, $@"\k<{reference.Groups[1].Value}>");
            return ("", "", isAscii, isVerbose);
        }

        if (Regex.Match(rest, @"\A\?(:|=|!|<=|<!|>)") is { Success: true } plain)
        {
            at += plain.Length;
            return ($"({plain.Value}", ")", isAscii, isVerbose);
        }

        if (Regex.Match(rest, @"\A\?\((\w+)\)") is { Success: true } condition)
        {
            at += condition.Length;
            groups.Require(condition.Groups[1].Value, groups.Count);
            return ($"({condition.Value}", ")", isAscii, isVerbose);
        }

        if (Regex.Match(rest, @"\A\?#[^)]*\)") is { Success: true } comment)
        {
            at += comment.Length;
            return ("", "", isAscii, isVerbose);
        }

        if (Regex.Match(rest, @"\A\?([aimsux]*)(-([imsx]+))?:") is { Success: true } flags)
        {
            at += flags.Length;
            return ScopedFlags(flags.Groups[1].Value, flags.Groups[3].Value);
        }

        throw Bad($"'({rest[..Math.Min(3, rest.Length)]}' begins no group that Python knows; flags for the whole pattern stand at its start");
    }

    private (string Opening, string Closing, bool IsAscii, bool IsVerbose) ScopedFlags(string on, string off)
    {
        var dotNetOn = string.Concat(on.Where(flag => "ims".Contains(flag, StringComparison.Ordinal)));
        var dotNetOff = string.Concat(off.Where(flag => flag != 'x'));
        var minus = dotNetOff.Length > 0 ? "-" : "";
        var newAscii = on.Contains('a', StringComparison.Ordinal) || (isAscii && !on.Contains('u', StringComparison.Ordinal));
        var newVerbose = on.Contains('x', StringComparison.Ordinal) || (isVerbose && !off.Contains('x', StringComparison.Ordinal));
        return ($"(?{dotNetOn}{minus}{dotNetOff}:", ")", newAscii, newVerbose);
    }

    private void CloseGroup()
    {
        if (!open.TryPop(out var group))
        {
            throw Bad("a parenthesis is closed that was not opened");
        }

        result.Append(group.Closing);
        item = group.Start;
        isAscii = group.IsAscii;
        isVerbose = group.IsVerbose;
    }

    private string? ReadBraces()
    {
        var match = Regex.Match(pattern[at..], @"\A(\d*)(,(\d*))?\}");
        if (!match.Success || match.Length == 1)
        {
            return null;
        }

        at += match.Length;
        var least = match.Groups[1].Length > 0 ? match.Groups[1].Value : "0";
        return $"{{{least}{match.Groups[2].Value}}}";
    }

    private void ReadQuantifier(string quantifier)
    {
        if (item < 0)
        {
            throw Bad($"there is nothing that '{quantifier}' could repeat");
        }

        result.Append(quantifier);
        if (at < pattern.Length && pattern[at] == '?')
        {
            at++;
            result.Append('?');
        }
        else if (at < pattern.Length && pattern[at] == '+')
        {
            // What Python calls possessive is an atomic group in .NET.
            at++;
            result.Insert(item, "(?>").Append(')');
        }

        item = -1;
    }

    private void RequireClosed(int number)
    {
        if (open.Any(group => group.Number == number))
        {
            throw Bad("it refers to a group from within that group");
        }
    }

    private ArgumentException Bad(string why) => PythonRegexEscapes.Bad(pattern, why);

    private sealed record OpenGroup(int Number, int Start, string Closing, bool IsAscii, bool IsVerbose);
}
