using Guild.Engine.GuildFiles;

namespace Guild.Engine.SourceCode;

/// <summary>
/// The source snapshot of a run: which files of a project belong to it, and their copy. A run keeps the source code that it ran, so
/// that it can be read, compared and run again when the project has moved on.
/// </summary>
public static class SourceSnapshot
{
    /// <summary>The name of the empty file that keeps a folder out of source snapshots.</summary>
    public const string NoCopyMarker = ".guild-nocopy";

    /// <summary>
    /// Looks which files belong to the snapshot, without copying any. Raises <see cref="RequestException"/> if the definitions name
    /// a root that does not exist or a destination outside the run directory.
    /// </summary>
    /// <param name="projectDirectory">The absolute path of the folder of the Guild file.</param>
    /// <param name="definitions">The model's rules and then the operation's, as far as there are any.</param>
    /// <param name="options">What else is to be known.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static SourceSelection Plan(
        string projectDirectory,
        IReadOnlyList<SourceCodeDefinition> definitions,
        SourceSnapshotOptions options,
        CancellationToken cancellation = default)
    {
        var project = Path.TrimEndingDirectorySeparator(Path.GetFullPath(projectDirectory));
        var selection = new SourceSelection
        {
            Root = Root(project, definitions.LastOrDefault(d => d.Root is { Length: > 0 })?.Root),
            Destination = Destination(definitions.LastOrDefault(d => d.Destination is { Length: > 0 })?.Destination),
            HasDigest = definitions.All(definition => definition.HasDigest),
        };
        return IsDisabled(definitions) ? selection with { IsDisabled = true } : Select(selection, project, definitions, options, cancellation);
    }

    /// <summary>
    /// Copies the files of a selection and hashes them on the way. Files that vanished or cannot be read are left out. Raises
    /// <see cref="HomeException"/> if the run directory cannot be written.
    /// </summary>
    /// <param name="selection">What to copy.</param>
    /// <param name="runDirectory">The absolute path of the run directory, or of the folder that will become it.</param>
    /// <param name="cancellation">Ends the copy.</param>
    public static SourceCopy Copy(SourceSelection selection, string runDirectory, CancellationToken cancellation = default)
    {
        using var copy = new SourceCopying(selection, runDirectory);
        return copy.Run(cancellation);
    }

    /// <summary>
    /// The digest that a copy of the files would have, without copying any: what two runs of the same source code have in common. Null if there are none, or no digest
    /// is wanted.
    /// </summary>
    /// <param name="selection">The files.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static string? DigestOf(SourceSelection selection, CancellationToken cancellation)
    {
        using var copy = new SourceCopying(selection, runDirectory: null);
        return selection.HasDigest ? copy.Run(cancellation).Digest : null;
    }

    private static SourceSelection Select(
        SourceSelection selection,
        string project,
        IReadOnlyList<SourceCodeDefinition> definitions,
        SourceSnapshotOptions options,
        CancellationToken cancellation)
    {
        var warnings = new List<string>();
        var git = FindGitFiles(selection.Root, options, warnings, cancellation);
        var rules = SelectionRules.Create(selection.Root, definitions, options, git);
        var walk = new ProjectWalk(selection.Root, project, rules, options, cancellation);
        walk.Run();

        warnings.AddRange(SelectionMessages.LeftOut(walk.LeftOut, options));
        if (walk.Files.Count > options.ManyFiles)
        {
            warnings.Add(SelectionMessages.ManyFiles(walk.Files));
        }

        return selection with { IsFromGit = git is not null, Files = walk.Files, LeftOut = walk.LeftOut, Warnings = warnings, Rules = options.IsExplained ? [.. rules.Describe()] : [], Skipped = walk.Skipped };
    }

    private static GitFiles? FindGitFiles(
        string root, SourceSnapshotOptions options, List<string> warnings, CancellationToken cancellation)
    {
        if (!GitFiles.IsInRepository(root))
        {
            return null;
        }

        if (options.GitProgram is null)
        {
            warnings.Add(
                $"The project in '{root}' is kept in git, but git is not installed, so files that git ignores are not told apart: "
                + "the source code is all text files. Install git to have its rules applied.");
            return null;
        }

        try
        {
            // A folder that the repository around it ignores, as in a home folder kept in git, is not part of that repository.
            var files = GitFiles.List(root, options, cancellation);
            return files.IsEmpty ? null : files;
        }
        catch (GitListingException error)
        {
            warnings.Add($"git could not list the files of '{root}', so the source code is all text files: {error.Message}");
            return null;
        }
    }

    // An operation's own rules bring back what the model switched off.
    private static bool IsDisabled(IReadOnlyList<SourceCodeDefinition> definitions) =>
        definitions.Count > 0 && (definitions[^1].IsDisabled || (definitions.Any(d => d.IsDisabled) && definitions[^1].Rules.Count == 0));

    private static string Root(string project, string? root)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root ?? ".", project));
        return Directory.Exists(path)
            ? path
            : throw new RequestException(
                $"There is no folder '{path}', which the Guild file names as the root of the source code.",
                root ?? project,
                "Correct 'root' under 'sourcecode' in the Guild file.");
    }

    private static string Destination(string? destination)
    {
        var path = (destination ?? "").Replace('\\', '/').Trim('/');
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return !Path.IsPathRooted(destination ?? "") && !parts.Contains("..")
            ? string.Join('/', parts)
            : throw new RequestException(
                $"The destination '{destination}' of the source code lies outside the run directory.",
                destination,
                "Name a relative folder in 'dest' under 'sourcecode' in the Guild file.");
    }
}
