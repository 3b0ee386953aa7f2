namespace Guild.Engine.SourceCode;

/// <summary>The commit that a project is at, as the attribute <c>vcs_commit</c> has it.</summary>
public static class SourceCommit
{
    /// <summary>
    /// The last commit that changed something in the folder, as <c>git:HASH</c>, with <c>*</c> behind it if the work tree has changes; null if git does not
    /// know the folder or has no commit of it.
    /// </summary>
    /// <param name="directory">The absolute path of the project's folder.</param>
    /// <param name="options">Where git is, and its environment.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static string? Read(string directory, SourceSnapshotOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.GitProgram is null || !GitFiles.IsInRepository(directory))
        {
            return null;
        }

        try
        {
            var status = Task.Run(() => GitProgram.Ask(directory, options, ["status", "--porcelain"], cancellation), CancellationToken.None);
            var commit = GitProgram.Ask(directory, options, ["log", "-1", "--format=%H", "--", "."], cancellation).Trim();
            var isChanged = status.GetAwaiter().GetResult().Length > 0;
            return commit.Length == 0 ? null : $"git:{commit}{(isChanged ? "*" : "")}";
        }
        catch (GitListingException)
        {
            // A repository without a commit, or one that git does not trust: the run has no commit to record.
            return null;
        }
    }
}
