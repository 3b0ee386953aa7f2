namespace Guild.Engine.SourceCode;

/// <summary>What a source snapshot is told beside the rules of the Guild file.</summary>
public sealed record SourceSnapshotOptions
{
    /// <summary>True if the operation runs Python: caches, virtual environments and build folders of Python are left out by default.</summary>
    public bool IsPython { get; init; }

    /// <summary>The absolute path of the git program, or null if git is not installed.</summary>
    public string? GitProgram { get; init; }

    /// <summary>The environment that git is started with. Variables named <c>GIT_…</c> are not handed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Files and folders that the operation requires as resources, absolute or relative to the project's folder: they get into the
    /// run as resources, not as source code.
    /// </summary>
    public IReadOnlyList<string> LocalDependencies { get; init; } = [];

    /// <summary>Absolute paths of folders that are never looked into, such as the Guild home.</summary>
    public IReadOnlyList<string> ExcludedDirectories { get; init; } = [];

    /// <summary>The size in bytes up to which a text file is source code by default.</summary>
    public long MaximumFileSize { get; init; } = 1024 * 1024;

    /// <summary>How many bytes the default rules take in all.</summary>
    public long MaximumTotalSize { get; init; } = 100 * 1024 * 1024;

    /// <summary>True if it is said of the selection by which rules it was made, and what they leave out.</summary>
    public bool IsExplained { get; init; }

    /// <summary>The number of files above which a warning says where they are.</summary>
    public int ManyFiles { get; init; } = 2000;
}

/// <summary>Why a file is not in a source snapshot though nobody excluded it.</summary>
public enum LeftOutReason
{
    /// <summary>It is not text.</summary>
    Binary,

    /// <summary>It is larger than a source file may be by default.</summary>
    TooLarge,

    /// <summary>With it, the files would be larger in all than the default rules take.</summary>
    OverTotal,

    /// <summary>It, or its folder, cannot be read.</summary>
    Unreadable,

    /// <summary>Its name cannot stand in a run's record, such as one with a line break or one that is no UTF-8.</summary>
    UnusableName,

    /// <summary>It is a link to a folder that holds it.</summary>
    LinkCycle,
}

/// <summary>A file of a source snapshot.</summary>
/// <param name="Path">The path relative to the selection's root, with <c>/</c> between its parts.</param>
/// <param name="Size">The size in bytes when it was selected.</param>
public sealed record SourceFile(string Path, long Size);

/// <summary>A file that is not in a source snapshot though nobody excluded it.</summary>
/// <param name="Path">The path relative to the selection's root, with <c>/</c> between its parts.</param>
/// <param name="Reason">Why it was left out.</param>
/// <param name="Size">The size in bytes; 0 if it is not known.</param>
public sealed record LeftOutFile(string Path, LeftOutReason Reason, long Size);

/// <summary>Which files of a project are copied into a run: the result of looking, before anything is copied.</summary>
public sealed record SourceSelection
{
    /// <summary>The absolute path of the folder that the files' paths are relative to.</summary>
    public required string Root { get; init; }

    /// <summary>The folder of the run directory that the files go to, relative with <c>/</c>; <c>""</c> for the run directory itself.</summary>
    public string Destination { get; init; } = "";

    /// <summary>True if a digest of the files is recorded.</summary>
    public bool HasDigest { get; init; } = true;

    /// <summary>True if git told which files there are.</summary>
    public bool IsFromGit { get; init; }

    /// <summary>The files, those of a folder before those of its subfolders, in the order of their names.</summary>
    public IReadOnlyList<SourceFile> Files { get; init; } = [];

    /// <summary>What was left out though no rule excludes it, in the order in which it was found.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; init; } = [];

    /// <summary>True if no source code is wanted.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The rules in words, the last of which that applies wins; empty unless the selection is explained.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The files that rules leave out, and the folders that are not looked into, with <c>/</c> behind; empty unless the selection is explained.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>What a user should hear before the files are copied, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The size of all files in bytes.</summary>
    public long TotalSize => Files.Sum(file => file.Size);

    /// <summary>
    /// What was left out, as a value for the record of a run: from the reason's name to the number of files, their size in bytes and
    /// the first twenty paths. Null if nothing was left out.
    /// </summary>
    public static IReadOnlyDictionary<string, object?>? Summarize(IEnumerable<LeftOutFile> leftOut)
    {
        LeftOutFile[] files = [.. leftOut];
        return files.Length == 0
            ? null
            : files.GroupBy(file => file.Reason).OrderBy(group => group.Key).ToDictionary(
                group => SelectionMessages.Name(group.Key),
                group => (object?)new Dictionary<string, object?>
                {
                    ["count"] = group.LongCount(),
                    ["size"] = group.Sum(file => file.Size),
                    ["paths"] = group.Take(20).Select(file => (object?)file.Path).ToArray(),
                });
    }
}
