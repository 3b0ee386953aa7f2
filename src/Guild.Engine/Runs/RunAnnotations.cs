using Guild.Engine.Resources;

namespace Guild.Engine.Runs;

/// <summary>Changes label, tags, mark and comments of a run, in the form that Guild AI reads.</summary>
public sealed class RunAnnotations(RunDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Makes the change. Each attribute is replaced whole, so a reader sees it as it was or as it is; and of several processes that change a run at once, each
    /// sees what the one before it wrote.
    /// </summary>
    /// <exception cref="RequestException">There is no comment of a number that is given. Nothing is changed then.</exception>
    /// <exception cref="NameNotFoundException">The run is gone, by another process perhaps.</exception>
    /// <exception cref="HomeException">The run cannot be written.</exception>
    public void Change(RunAnnotationChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        try
        {
            using var held = Lock();
            var comments = CommentChange.Apply(directory, change, time);
            ChangeTagsAndLabel(change);
            ChangeMark(change.IsMarked);
            if (comments is not null)
            {
                Write("comments", comments);
            }
        }
        catch (IOException) when (!Directory.Exists(directory.AttributesPath))
        {
            throw RunReferences.NotFound(directory.Id);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(directory.Path, $"Run '{directory.Id}' could not be changed: {error.Message}", inner: error);
        }
    }

    /// <summary>A comment as it stands in the attribute <c>comments</c>.</summary>
    internal static Dictionary<string, object?> NewComment(string body, string user, string host, TimeProvider time) =>
        CommentChange.NewComment(body, user, host, time);

    private IDisposable Lock()
    {
        using var limit = new CancellationTokenSource(LongestWait);
        try
        {
            return CacheLock.Take(directory.AnnotationLockPath, static () => { }, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new IOException($"another process has held '{directory.AnnotationLockPath}' for {LongestWait.TotalSeconds} seconds.");
        }
    }

    private void ChangeTagsAndLabel(RunAnnotationChange change)
    {
        var oldTags = (directory.ReadAttribute("tags") as IReadOnlyList<object?> ?? []).OfType<string>().ToList();
        var removed = change.ClearsTags ? oldTags : change.RemovedTags;
        if (change.ClearsTags || change.AddedTags.Count > 0 || change.RemovedTags.Count > 0)
        {
            Write("tags", [.. oldTags.Except(removed, StringComparer.Ordinal).Union(change.AddedTags, StringComparer.Ordinal)]);
        }

        var oldLabel = directory.ReadAttribute("label") as string ?? "";
        var label = LabelChange.Apply(oldLabel, change);
        if (change.SyncsLabel)
        {
            label = LabelChange.WithTags(label, change.AddedTags, removed);
        }

        if (label.Length == 0)
        {
            directory.DeleteAttribute("label");
        }
        else if (!string.Equals(label, oldLabel, StringComparison.Ordinal))
        {
            directory.WriteAttribute("label", label);
        }
    }

    private void ChangeMark(bool? isMarked)
    {
        if (isMarked == true)
        {
            directory.WriteAttribute("marked", true);
        }
        else if (isMarked == false)
        {
            directory.DeleteAttribute("marked");
        }
    }

    private void Write(string name, IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
        {
            directory.DeleteAttribute(name);
        }
        else
        {
            directory.WriteAttribute(name, values);
        }
    }
}
