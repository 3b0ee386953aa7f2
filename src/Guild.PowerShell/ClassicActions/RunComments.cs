using System.Globalization;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild comment</c>.</summary>
internal static class RunComments
{
    public static int Do(CommentRunsCommand command, ClassicSession session) => command switch
    {
        { IsList: true } => List(command, session),
        { Deleted: { } number } => Delete(number, command, session),
        { IsCleared: true } => Clear(command, session),
        _ => Add(command, session),
    };

    private static int List(CommentRunsCommand command, ClassicSession session)
    {
        foreach (var run in RunSelector.Select(command.Selection, session, RunPlace.Runs, "1"))
        {
            session.Print(RunListText.FormatPreview([RunRows.Of(run, 1, session)]).Select(line => line.Trim()));
            session.Print(run.Comments.Count == 0 ? ["  <no comments>"] : run.Comments.SelectMany(Lines));
        }

        return ClassicExit.Success;
    }

    /// <summary>The lines of a comment below its run in a list.</summary>
    public static IEnumerable<string> BelowList(RunComment comment) =>
        [$"  {Heading(comment)}", "", .. comment.Body.ReplaceLineEndings("\n").Split('\n').Select(line => $"    {line}"), ""];

    private static string Heading(RunComment comment)
    {
        var user = comment.Host.Length == 0 ? comment.User : $"{comment.User}@{comment.Host}";
        var time = comment.Time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{user} {time}".TrimEnd();
    }

    private static IEnumerable<string> Lines(RunComment comment, int at)
    {
        yield return $"[{at + 1}] {Heading(comment)}";
        yield return "";
        foreach (var line in comment.Body.ReplaceLineEndings("\n").Split('\n'))
        {
            yield return $"  {line}";
        }

        yield return "";
    }

    private static int Delete(int number, CommentRunsCommand command, ClassicSession session)
    {
        var change = ChangeOf($"You are about to delete comment {number} from the following runs:", DefaultAnswer.Yes);
        return change.Do(command, session, runs =>
        {
            RunNotes.Change(runs, session, new RunAnnotationChange { RemovedComments = [number] });
            session.Note($"Deleted comment for {runs.Count} run(s)");
        });
    }

    private static int Clear(CommentRunsCommand command, ClassicSession session)
    {
        var change = ChangeOf("WARNING: You are about to delete ALL comments from the following runs:", DefaultAnswer.No) with { IsHarmless = false };
        return change.Do(command, session, runs =>
        {
            RunNotes.Change(runs, session, new RunAnnotationChange { ClearsComments = true });
            session.Note($"Deleted all comments for {runs.Count} run(s)");
        });
    }

    private static int Add(CommentRunsCommand command, ClassicSession session)
    {
        var text = command.IsEdited ? Edit(command, session) : command.Comment!;
        if (string.IsNullOrWhiteSpace(text))
        {
            session.Note(CommentEditing.Aborting);
            return ClassicExit.Failure;
        }

        // Who wrote it in an editor has been asked by it.
        var (user, host) = CommentAuthor.Of(command.User, session.Engine);
        var change = ChangeOf("You are about to add a comment to the following runs:", DefaultAnswer.Yes);
        return change.Do(command with { AssumesYes = command.AssumesYes || command.IsEdited }, session, runs =>
        {
            RunNotes.Change(runs, session, new RunAnnotationChange { Comment = text.Trim(), User = user, Host = host });
            session.Note($"Added comment to {runs.Count} run(s)");
        });
    }

    private static string Edit(CommentRunsCommand command, ClassicSession session)
    {
        CommentEditing.RequireSomebody(session, "--add COMMENT");
        var runs = RunSelector.Select(command.Selection, session, RunPlace.Runs, "1");
        return CommentEditing.Edit(command.Comment, ["Write a comment for the runs below. An empty comment ends the command.", "", .. RunListText.FormatPreview(RunRows.Of(runs, session))], session);
    }

    private static RunChange ChangeOf(string preview, DefaultAnswer answer) => new()
    {
        ByDefault = "1",
        Preview = preview,
        Question = "Continue?",
        Default = answer,
        Nothing = "No runs to modify.",
        IsHarmless = true,
    };
}
