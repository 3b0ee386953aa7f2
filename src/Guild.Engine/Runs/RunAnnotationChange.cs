namespace Guild.Engine.Runs;

/// <summary>What is to change of what people say of a run. What is null or empty stays as it is.</summary>
public sealed record RunAnnotationChange
{
    /// <summary>The new label; an empty text removes it; null leaves it.</summary>
    public string? Label { get; init; }

    /// <summary>What goes before the label, with a space between; null for nothing.</summary>
    public string? LabelPrefix { get; init; }

    /// <summary>What goes behind the label, with a space between; null for nothing.</summary>
    public string? LabelSuffix { get; init; }

    /// <summary>What is taken out of the label, as whole words.</summary>
    public IReadOnlyList<string> RemovedLabelParts { get; init; } = [];

    /// <summary>Tags to add; those that are there already are not added again.</summary>
    public IReadOnlyList<string> AddedTags { get; init; } = [];

    /// <summary>Tags to remove, before others are added.</summary>
    public IReadOnlyList<string> RemovedTags { get; init; } = [];

    /// <summary>True to remove all tags, before others are added.</summary>
    public bool ClearsTags { get; init; }

    /// <summary>True to put added tags before the label too, where it has them not, and to take removed ones out of it.</summary>
    public bool SyncsLabel { get; init; }

    /// <summary>Whether the run is marked; null leaves it.</summary>
    public bool? IsMarked { get; init; }

    /// <summary>A comment to add, or the new text of <see cref="EditedComment"/>; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>The number from 1 of the comment whose text is replaced by <see cref="Comment"/>; null to add a new one.</summary>
    public int? EditedComment { get; init; }

    /// <summary>The numbers from 1 of comments to remove, as they were before the change.</summary>
    public IReadOnlyList<int> RemovedComments { get; init; } = [];

    /// <summary>True to remove all comments, before one is added.</summary>
    public bool ClearsComments { get; init; }

    /// <summary>Who comments.</summary>
    public string User { get; init; } = "";

    /// <summary>The machine that the comment is written on.</summary>
    public string Host { get; init; } = "";
}
