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

    /// <summary>Deletes a run that was being prepared, and only when all else is gone the file that says by whom: who is killed on the way leaves what the next one can tell from a run in the making.</summary>
    /// <exception cref="IOException">Not all of it can be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Not all of it may be deleted.</exception>
    public static void DeletePrepared(RunDirectory directory)
    {
        if (File.Exists(directory.ProcessPath))
        {
            DeleteContent(directory.Path, except: directory.GuildPath);
            DeleteContent(directory.GuildPath, except: directory.ProcessPath);
        }

        Delete(directory.Path);
    }

    private static void DeleteContent(string path, string except)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(path).Where(entry => !string.Equals(entry, except, StringComparison.Ordinal)).ToList())
        {
            if (Directory.Exists(entry))
            {
                Delete(entry);
            }
            else
            {
                File.Delete(entry);
            }
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
