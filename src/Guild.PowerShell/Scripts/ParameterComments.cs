using System.Management.Automation.Language;

namespace Guild.PowerShell.Scripts;

/// <summary>Reads the comments that stand before parameters in a <c>param</c> block, which say what they mean.</summary>
internal static class ParameterComments
{
    /// <summary>The text of the comments by the name of the parameter that they stand directly before.</summary>
    public static Dictionary<string, string> Read(ParamBlockAst? block, IReadOnlyList<Token> tokens)
    {
        var comments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in block?.Parameters ?? Enumerable.Empty<ParameterAst>())
        {
            var text = TextBefore(parameter.Extent, tokens);
            if (text.Length > 0)
            {
                comments[parameter.Name.VariablePath.UserPath] = text;
            }
        }

        return comments;
    }

    // A comment behind the comma of the parameter before, on its line, is that parameter's.
    private static string TextBefore(IScriptExtent parameter, IReadOnlyList<Token> tokens)
    {
        var first = 0;
        while (first < tokens.Count && tokens[first].Extent.StartOffset < parameter.StartOffset)
        {
            first++;
        }

        var lines = new List<string>();
        var below = parameter.StartLineNumber;
        for (var i = first - 1; i >= 0 && tokens[i].Kind is TokenKind.Comment or TokenKind.NewLine; i--)
        {
            if (tokens[i].Kind == TokenKind.NewLine)
            {
                continue;
            }

            var extent = tokens[i].Extent;
            if (extent.EndLineNumber < below - 1 || IsBehindCode(tokens, i))
            {
                break;
            }

            below = extent.StartLineNumber;
            lines.InsertRange(0, LinesOf(tokens[i].Text));
        }

        return string.Join('\n', lines).Trim();
    }

    private static bool IsBehindCode(IReadOnlyList<Token> tokens, int index)
    {
        var before = index - 1;
        return before >= 0 && tokens[before].Kind is not (TokenKind.NewLine or TokenKind.Comment or TokenKind.LParen)
            && tokens[before].Extent.EndLineNumber == tokens[index].Extent.StartLineNumber;
    }

    private static IEnumerable<string> LinesOf(string comment)
    {
        var text = comment.StartsWith("<#", StringComparison.Ordinal) ? comment[2..].Replace("#>", "", StringComparison.Ordinal) : comment;
        return text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim().TrimStart('#').Trim());
    }
}
