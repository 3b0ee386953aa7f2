namespace Guild.Engine.Runs;

/// <summary>Moves the folder of a run. Within a file system that is one rename; a home whose folders lie on several disks needs a copy.</summary>
internal static class TreeMove
{
    private const int NotSameDeviceOfUnix = 18;
    private const int NotSameDeviceOfWindows = unchecked((int)0x80070011);

    /// <summary>Moves a run to where nothing is.</summary>
    public static void Move(RunDirectory from, RunDirectory to) => Move(from.Path, to.Path, lastFile: to.OpRefPath);

    /// <summary>
    /// Moves a run to where an older copy of it can lie, which is then deleted. Of several processes that do so at once one does it: only who has taken the run
    /// away from its place deletes anything.
    /// </summary>
    public static void Replace(RunDirectory from, RunDirectory to)
    {
        if (!Path.Exists(to.Path))
        {
            try
            {
                Move(from, to);
                return;
            }
            catch (IOException) when (Directory.Exists(from.Path) && Path.Exists(to.Path))
            {
                // Another process was quicker to put one there.
            }
        }

        var taken = new RunDirectory($"{to.Path}.{Guid.NewGuid():N}");
        Move(from, taken);
        TreeDeletion.Delete(to.Path);
        Directory.Move(taken.Path, to.Path);
    }

    /// <summary>Moves a folder to where nothing is.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">Its new path, whose folder is there.</param>
    /// <param name="lastFile">The file below the new path that makes the folder a run, so that nobody sees a part of one.</param>
    /// <exception cref="IOException">It cannot be moved; it is still where it was, and nothing is at its new path.</exception>
    public static void Move(string from, string to, string lastFile)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException error) when (error.HResult is NotSameDeviceOfUnix or NotSameDeviceOfWindows || !HaveOneRoot(from, to))
        {
            MoveByCopy(from, to, lastFile);
        }
    }

    /// <summary>Moves a folder as between two file systems.</summary>
    internal static void MoveByCopy(string from, string to, string lastFile)
    {
        if (Path.Exists(to))
        {
            throw new IOException($"'{to}' is there already.");
        }

        var last = Path.GetRelativePath(to, lastFile);
        try
        {
            Copy(new DirectoryInfo(from), to, skipped: Path.Join(from, last));
            if (File.Exists(Path.Join(from, last)))
            {
                File.Copy(Path.Join(from, last), lastFile);
            }
        }
        catch
        {
            TreeDeletion.Delete(to);
            throw;
        }

        // From here on there are two of it, so what makes a run of the old one goes first.
        File.Delete(Path.Join(from, last));
        TreeDeletion.Delete(from);
    }

    private static void Copy(DirectoryInfo from, string to, string skipped)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var target = Path.Join(to, entry.Name);
            if (entry.LinkTarget is { } text)
            {
                _ = entry is DirectoryInfo ? Directory.CreateSymbolicLink(target, text) : File.CreateSymbolicLink(target, text);
            }
            else if (entry is DirectoryInfo folder)
            {
                Copy(folder, target, skipped);
            }
            else if (entry.FullName != skipped)
            {
                File.Copy(entry.FullName, target);
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, from.UnixFileMode);
        }

        Directory.SetLastWriteTimeUtc(to, from.LastWriteTimeUtc);
    }

    private static bool HaveOneRoot(string from, string to) =>
        string.Equals(Path.GetPathRoot(from), Path.GetPathRoot(to), StringComparison.OrdinalIgnoreCase);
}
