namespace Guild.PowerShell.Classic;

/// <summary>Change the tags of runs, or list them: <c>guild tag</c>.</summary>
internal sealed record TagRunsCommand : ChangeRunsCommand
{
    /// <summary>The tags to add.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>The tags to remove.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Whether all tags go.</summary>
    public bool IsCleared { get; init; }

    /// <summary>Whether labels follow the tags.</summary>
    public bool SyncsLabels { get; init; }

    /// <summary>Whether the tags are only listed.</summary>
    public bool IsList { get; init; }
}

/// <summary>Mark runs, or remove their marks: <c>guild mark</c>.</summary>
internal sealed record MarkRunsCommand : ChangeRunsCommand
{
    /// <summary>Whether the marks go.</summary>
    public bool IsCleared { get; init; }
}

/// <summary>Add, list or remove comments: <c>guild comment</c>.</summary>
internal sealed record CommentRunsCommand : ChangeRunsCommand
{
    /// <summary>Whether the comments are only listed.</summary>
    public bool IsList { get; init; }

    /// <summary>The comment; null if it is to be written in an editor.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether it is written in an editor, which begins with <see cref="Comment"/>.</summary>
    public bool IsEdited { get; init; }

    /// <summary>The number of the comment that goes; null for none.</summary>
    public int? Deleted { get; init; }

    /// <summary>Whether all comments go.</summary>
    public bool IsCleared { get; init; }

    /// <summary>Who comments, as typed; null for the user of the session.</summary>
    public string? User { get; init; }
}

/// <summary>A command that takes runs out of a home or into one.</summary>
internal abstract record TransferRunsCommand : ChangeRunsCommand
{
    /// <summary>Whether they are moved.</summary>
    public bool IsMove { get; init; }

    /// <summary>Whether what links lead to is copied.</summary>
    public bool CopiesResources { get; init; }
}

/// <summary>Export runs: <c>guild export</c>.</summary>
internal sealed record ExportRunsCommand : TransferRunsCommand
{
    /// <summary>The folder or zip file, as typed.</summary>
    public required string Location { get; init; }
}

/// <summary>Import runs: <c>guild import</c>.</summary>
internal sealed record ImportRunsCommand : TransferRunsCommand
{
    /// <summary>The folder or zip file, as typed.</summary>
    public required string Archive { get; init; }
}

/// <summary>Move runs to an archive that is known by a name: <c>guild archive</c>.</summary>
internal sealed record ArchiveRunsCommand : TransferRunsCommand
{
    /// <summary>The name of the archive.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is made if there is none.</summary>
    public bool IsNew { get; init; }

    /// <summary>What is said of a new one; null for nothing.</summary>
    public string? Description { get; init; }
}

/// <summary>List the archives: <c>guild archive --list</c>.</summary>
internal sealed record ListArchivesCommand : ClassicCommand
{
    /// <summary>Whether it is shown where they are.</summary>
    public bool ShowsPaths { get; init; }
}

/// <summary>Open a run in another program: <c>guild open</c>.</summary>
internal sealed record OpenRunCommand : SelectedRunsCommand
{
    /// <summary>The path below the run's folder; null for the folder.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the path is below the run's source code.</summary>
    public bool IsSourceCode { get; init; }

    /// <summary>Whether it is the output that is opened.</summary>
    public bool IsOutput { get; init; }

    /// <summary>The program and its first arguments, as typed; null for what the system opens it with.</summary>
    public string? Program { get; init; }
}
