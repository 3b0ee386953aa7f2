namespace Guild.Engine.Runs;

/// <summary>The deleted runs of a home, and the room that they take.</summary>
public static class RunTrash
{
    /// <summary>
    /// When a run was deleted: the time of its folder, which is set then. Guild AI does not set it; of a run that it deleted this is when something was last
    /// made or removed in the folder.
    /// </summary>
    /// <param name="run">A run in the trash.</param>
    public static DateTimeOffset TimeOf(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new DateTimeOffset(Directory.GetLastWriteTimeUtc(run.Directory.Path));
    }

    internal static void NoteTime(RunDirectory deleted, TimeProvider time)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(deleted.Path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The run is deleted; only its age in the trash is not known exactly.
        }
    }
}
