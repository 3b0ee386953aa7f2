using Guild.Engine;
using Guild.Engine.Execution;

namespace Guild.PowerShell.ClassicActions;

/// <summary>Comments that the user writes in an editor.</summary>
internal static class CommentEditing
{
    /// <summary>What is said where nothing was written.</summary>
    public const string Aborting = "Aborting due to an empty comment.";

    /// <summary>The command with the comments that the user wrote for the run and the batch, as far as that was asked for; null if one is empty.</summary>
    public static Classic.RunCommand? Edited(Classic.RunCommand command, ClassicSession session)
    {
        if (command.EditsComment)
        {
            var text = Edit(command.Comment, "run", "--comment COMMENT", session);
            command = command with { Comment = text };
            if (text.Length == 0)
            {
                return null;
            }
        }

        if (command.Search is { EditsBatchComment: true } search)
        {
            var text = Edit(search.BatchComment, "batch", "--batch-comment COMMENT", session);
            return text.Length == 0 ? null : command with { Search = search with { BatchComment = text } };
        }

        return command;
    }

    /// <summary>What the user wrote, without the lines of explanation.</summary>
    /// <param name="comment">What is there to begin with; null for nothing.</param>
    /// <param name="explanation">Lines that say what it is about.</param>
    /// <param name="session">The session.</param>
    public static string Edit(string? comment, IEnumerable<string> explanation, ClassicSession session)
    {
        string[] lines =
        [
            comment ?? "",
            "# Lines that begin with # are left out.",
            .. explanation.Select(line => $"# {line}".TrimEnd()),
        ];
        var edited = TextEditor.Edit(string.Join('\n', lines) + "\n", ".GUILD_COMMENT", session.Engine, session.Stop);
        return string.Join('\n', edited.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('#'))).Trim();
    }

    private static string Edit(string? comment, string whose, string instead, ClassicSession session)
    {
        RequireSomebody(session, instead);
        return Edit(comment, [$"Write a comment for the {whose}.", "An empty comment ends the command."], session);
    }

    /// <summary>Sees that somebody is there to write one.</summary>
    /// <exception cref="RequestException">Nobody is.</exception>
    public static void RequireSomebody(ClassicSession session, string instead)
    {
        if (!Question.CanAsk(session))
        {
            throw new RequestException("nobody is here to write a comment in an editor", null, $"Use {instead}.");
        }
    }
}
