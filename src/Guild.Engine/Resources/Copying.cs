namespace Guild.Engine.Resources;

/// <summary>Copies files and folders; where the file system can share blocks, the framework lets it.</summary>
internal static class Copying
{
    /// <summary>Copies a file or a whole folder to a path where nothing is.</summary>
    public static void Copy(string source, string target, CancellationToken cancellation)
    {
        if (!Directory.Exists(source))
        {
            CopyFile(source, target);
            return;
        }

        Directory.CreateDirectory(target);
        foreach (var entry in Tree.Entries(source, TreeLinks.AreKept, cancellation).ToArray())
        {
            var (from, to) = (Path.Join(source, entry.Path), Path.Join(target, entry.Path));
            if (entry.LinkTarget is not null)
            {
                CopyLink(from, to, entry.LinkTarget, source, entry.IsDirectory);
            }
            else if (entry.IsDirectory)
            {
                Directory.CreateDirectory(to);
            }
            else
            {
                CopyFile(from, to);
            }
        }
    }

    // The run may write what is its own, whatever rights the original had.
    private static void CopyFile(string source, string target)
    {
        // What has no size is not opened: a pipe has none either, and opening one could wait for ever.
        if (InputState.IsWithoutContent(source))
        {
            File.Create(target).Dispose();
            return;
        }

        File.Copy(source, target);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // A link inside the folder leads to the copy's own file; any other must not depend on where it stands.
    private static void CopyLink(string from, string to, string text, string root, bool isDirectory)
    {
        var leadsTo = Path.GetFullPath(text, Path.GetDirectoryName(from)!);
        var kept = !Path.IsPathRooted(text) && RealPath.IsWithin(leadsTo, root) ? text : leadsTo;
        _ = isDirectory ? Directory.CreateSymbolicLink(to, kept) : File.CreateSymbolicLink(to, kept);
    }
}
