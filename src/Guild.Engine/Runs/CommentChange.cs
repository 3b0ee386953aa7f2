namespace Guild.Engine.Runs;

/// <summary>What becomes of the comments on a run.</summary>
internal static class CommentChange
{
    /// <summary>The comments after a change; null if they stay. Raises <see cref="RequestException"/> for a number that no comment has.</summary>
    public static IReadOnlyList<object?>? Apply(RunDirectory directory, RunAnnotationChange change, TimeProvider time)
    {
        if (change.Comment is null && change.RemovedComments.Count == 0 && !change.ClearsComments)
        {
            return null;
        }

        var comments = directory.ReadAttribute("comments") as IReadOnlyList<object?> ?? [];
        foreach (var number in change.RemovedComments.Concat(change.EditedComment is { } edited ? [edited] : []))
        {
            if (number < 1 || number > comments.Count)
            {
                throw new RequestException(
                    $"Run {RunId.Short(directory.Id)} has {comments.Count} comment(s), and none of number {number}.",
                    number,
                    "See them with (Get-GuildRun ID).Comments (guild comment --list).");
            }
        }

        var kept = comments
            .Select((comment, i) => i + 1 == change.EditedComment && change.Comment is not null ? Edited(comment, change) : comment)
            .Where((_, i) => !change.ClearsComments && !change.RemovedComments.Contains(i + 1))
            .ToList();
        if (change.Comment is not null && change.EditedComment is null)
        {
            kept.Add(NewComment(change.Comment, change.User, change.Host, time));
        }

        return kept;
    }

    public static Dictionary<string, object?> NewComment(string body, string user, string host, TimeProvider time) => new(StringComparer.Ordinal)
    {
        ["body"] = body,
        ["host"] = host,
        ["time"] = time.GetUtcNow().Subtract(DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        ["user"] = user,
    };

    // Who said it and when stays as it was.
    private static Dictionary<string, object?> Edited(object? comment, RunAnnotationChange change)
    {
        var edited = comment is IReadOnlyDictionary<string, object?> old ? new Dictionary<string, object?>(old, StringComparer.Ordinal) : new Dictionary<string, object?>(StringComparer.Ordinal);
        edited["body"] = change.Comment;
        return edited;
    }
}
