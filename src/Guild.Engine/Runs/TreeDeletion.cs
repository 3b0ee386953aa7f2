namespace Guild.Engine.Runs;

/// <summary>Deletes folders with all that is in them. Links are deleted, not followed.</summary>
internal static class TreeDeletion
{
    /// <summary>Deletes a folder, or a link to one; nothing if it is not there.</summary>
    /// <exception cref="IOException">Not all of it can be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Not all of it may be deleted.</exception>
    public static void Delete(string path)
    {
        var directory = new DirectoryInfo(path);
        if (directory.LinkTarget is not null)
        {
            directory.Delete();
            return;
        }

        if (!directory.Exists)
        {
            return;
        }

        try
        {
            directory.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            MakeWritable(directory);
            directory.Delete(recursive: true);
        }
    }

    // Unpacked data sets often have folders that their owner may not write to.
    private static void MakeWritable(DirectoryInfo directory)
    {
        if (!OperatingSystem.IsWindows())
        {
            directory.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        foreach (var entry in directory.EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            if (entry is DirectoryInfo child)
            {
                MakeWritable(child);
            }
            else if (OperatingSystem.IsWindows())
            {
                entry.Attributes &= ~FileAttributes.ReadOnly;
            }
        }
    }
}
