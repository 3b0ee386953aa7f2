using System.Buffers;
using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Transfer;

/// <summary>Copies the files of a run to a place where nobody sees them yet.</summary>
internal sealed class RunCopying(TransferProgress progress, CancellationToken cancellation)
{
    // Smaller files are copied by the system, which may share blocks between the two; that cannot be interrupted.
    private const long SystemCopyLimit = 64L << 20;

    private const int BufferSize = 1 << 20;

    /// <summary>Copies all of it into a folder that is not there.</summary>
    public void Copy(RunTree tree, string to)
    {
        var real = RealPath.Of(tree.Root);
        Directory.CreateDirectory(to);
        foreach (var entry in tree.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            var (source, target) = (Path.Join(tree.Root, entry.Path), Path.Join(to, entry.Path));
            switch (entry.Kind)
            {
                case RunTreeKind.Folder:
                    Directory.CreateDirectory(target);
                    break;
                case RunTreeKind.File:
                    CopyFile(source, target, entry.Length);
                    break;
                default:
                    RunLinks.Create(target, RunLinks.Elsewhere(real, entry.Path, entry.Target!), entry.Kind == RunTreeKind.LinkToFolder);
                    break;
            }
        }

        // Last, because each file that is made gives its folder a new time; and a folder may be one that nobody may write to.
        foreach (var entry in tree.Entries.Where(entry => entry.Kind == RunTreeKind.Folder).Reverse())
        {
            CopyFolderFacts(Path.Join(tree.Root, entry.Path), Path.Join(to, entry.Path));
        }

        CopyFolderFacts(tree.Root, to);
    }

    /// <summary>Copies the content of a file, at most as many bytes as it had when it was looked at, so that one that grows has an end.</summary>
    public void CopyContent(string source, Stream target, long length)
    {
        if (length == 0)
        {
            return;
        }

        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var rest = length;
            while (rest > 0 && from.Read(buffer, 0, (int)Math.Min(buffer.Length, rest)) is var count and > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                target.Write(buffer, 0, count);
                rest -= count;
                progress.Add(count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CopyFile(string source, string target, long length)
    {
        // What has no size is not opened: a pipe has none either, and opening one could wait for ever.
        if (length is > 0 and <= SystemCopyLimit)
        {
            File.Copy(source, target);
            progress.Add(length);
            return;
        }

        using (var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            CopyContent(source, to, length);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(source) & (UnixFileMode)0x1ff);
        }

        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(source));
    }

    private static void CopyFolderFacts(string source, string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            File.SetUnixFileMode(target, (File.GetUnixFileMode(source) & (UnixFileMode)0x1ff) | owner);
        }

        Directory.SetLastWriteTimeUtc(target, Directory.GetLastWriteTimeUtc(source));
    }
}
