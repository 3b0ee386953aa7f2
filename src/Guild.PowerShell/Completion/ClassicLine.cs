using System.Management.Automation.Language;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Completion;

/// <summary>A command line of classic words as PowerShell parsed it, up to the place where Tab was pressed.</summary>
internal sealed record ClassicLine
{
    private ClassicLine(ClassicCursor cursor, string? listed)
    {
        Cursor = cursor;
        Listed = listed;
    }

    /// <summary>What is being typed.</summary>
    public ClassicCursor Cursor { get; }

    /// <summary>What stands before the last comma of the list that the word is an item of, or null if it is in no list.</summary>
    public string? Listed { get; }

    /// <summary>Reads a command line.</summary>
    /// <param name="typed">The word that is being typed, with its quotes.</param>
    /// <param name="command">The whole command.</param>
    /// <param name="position">Where Tab was pressed.</param>
    public static ClassicLine Of(string typed, CommandAst command, int position)
    {
        var before = new List<string>();
        string? listed = null;
        foreach (var element in command.CommandElements.Skip(1).TakeWhile(e => e.Extent.StartOffset < position))
        {
            var isTyped = element.Extent.EndOffset >= position;
            if (element is CommandParameterAst parameter)
            {
                // "-l:best" is one element with two words.
                before.AddRange(parameter.Argument is null ? isTyped ? [] : [$"-{parameter.ParameterName}"] : [$"-{parameter.ParameterName}"]);
                before.AddRange(parameter.Argument is null || isTyped ? [] : [TextOf(parameter.Argument)]);
            }
            else if (!isTyped)
            {
                before.Add(TextOf(element));
            }
            else if (element.Extent.Text.LastIndexOf(',') is >= 0 and var comma && element is not StringConstantExpressionAst)
            {
                listed = element.Extent.Text[..comma];
            }
        }

        return new ClassicLine(ClassicCursor.Of(before, CompletionText.Unquoted(typed)), listed);
    }

    private static string TextOf(Ast element) => element is StringConstantExpressionAst text ? text.Value : CompletionText.Unquoted(element.Extent.Text);
}
