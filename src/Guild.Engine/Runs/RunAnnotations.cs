namespace Guild.Engine.Runs;

/// <summary>What is to change of what people say of a run. What is null or empty stays as it is.</summary>
public sealed record RunAnnotationChange
{
    /// <summary>The new label; an empty text removes it; null leaves it.</summary>
    public string? Label { get; init; }

    /// <summary>Tags to add; those that are there already are not added again.</summary>
    public IReadOnlyList<string> AddedTags { get; init; } = [];

    /// <summary>Tags to remove.</summary>
    public IReadOnlyList<string> RemovedTags { get; init; } = [];

    /// <summary>Whether the run is marked; null leaves it.</summary>
    public bool? IsMarked { get; init; }

    /// <summary>A comment to add, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Who comments.</summary>
    public string User { get; init; } = "";

    /// <summary>The machine that the comment is written on.</summary>
    public string Host { get; init; } = "";
}

/// <summary>Changes label, tags, mark and comments of a run, in the form that Guild AI reads.</summary>
public sealed class RunAnnotations(RunDirectory directory, TimeProvider time)
{
    /// <summary>Makes the change. Each attribute is replaced whole, so a reader sees it as it was or as it is.</summary>
    /// <exception cref="HomeException">The run cannot be written.</exception>
    public void Change(RunAnnotationChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        try
        {
            ChangeLabel(change.Label);
            ChangeTags(change);
            ChangeMark(change.IsMarked);
            AddComment(change);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(directory.Path, $"Run '{directory.Id}' could not be changed: {error.Message}", inner: error);
        }
    }

    private void ChangeLabel(string? label)
    {
        if (label is { Length: 0 })
        {
            directory.DeleteAttribute("label");
        }
        else if (label is not null)
        {
            directory.WriteAttribute("label", label);
        }
    }

    private void ChangeTags(RunAnnotationChange change)
    {
        if (change.AddedTags.Count == 0 && change.RemovedTags.Count == 0)
        {
            return;
        }

        var old = directory.ReadAttribute("tags") as IReadOnlyList<object?> ?? [];
        var tags = old.OfType<string>().Concat(change.AddedTags).Distinct(StringComparer.Ordinal).Except(change.RemovedTags, StringComparer.Ordinal).ToList();
        if (tags.Count == 0)
        {
            directory.DeleteAttribute("tags");
        }
        else
        {
            directory.WriteAttribute("tags", tags.Cast<object?>().ToList());
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

    private void AddComment(RunAnnotationChange change)
    {
        if (change.Comment is null)
        {
            return;
        }

        var old = directory.ReadAttribute("comments") as IReadOnlyList<object?> ?? [];
        directory.WriteAttribute("comments", old.Append(NewComment(change.Comment, change.User, change.Host, time)).ToList());
    }

    /// <summary>A comment as it stands in the attribute <c>comments</c>.</summary>
    internal static Dictionary<string, object?> NewComment(string body, string user, string host, TimeProvider time) => new(StringComparer.Ordinal)
    {
        ["body"] = body,
        ["host"] = host,
        ["time"] = time.GetUtcNow().Subtract(DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        ["user"] = user,
    };
}
