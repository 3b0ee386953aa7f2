using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;

namespace Guild.PowerShell.Completion;

/// <summary>Completes the words after <c>guild</c>: commands, options, operations, flags with their values, runs, labels and tags.</summary>
public static class ClassicCompleter
{
    /// <summary>The completions of a word. Where there is nothing to offer PowerShell completes files.</summary>
    /// <param name="wordToComplete">The word that is being typed, with its quotes.</param>
    /// <param name="commandAst">The whole command.</param>
    /// <param name="cursorPosition">Where Tab was pressed.</param>
    /// <returns>The completions, all of them found already.</returns>
    public static IReadOnlyList<CompletionResult> Complete(string? wordToComplete, CommandAst commandAst, int cursorPosition)
    {
        ArgumentNullException.ThrowIfNull(commandAst);
        try
        {
            return Offered(wordToComplete ?? "", commandAst, cursorPosition);
        }
        catch (Exception error) when (ProjectLookup.IsExpected(error))
        {
            return [];
        }
    }

    // Not inlined, so that the engine is not loaded before somebody presses Tab.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReadOnlyList<CompletionResult> Offered(string typed, CommandAst command, int position)
    {
        var line = ClassicLine.Of(typed, command, position);
        return [.. CompletionText.Of(typed, new ClassicOffers(line).All(), CompletionText.IsPlainWord)];
    }
}
