using System.IO.Compression;

namespace Guild.Engine.Runs.Transfer;

/// <summary>Writes one run into a zip file.</summary>
internal sealed class ZipRunWriter(ZipArchive zip, Run run, IEventSink events, RunCopying copying)
{
    private const int FolderBits = 0x4000;
    private const int FileBits = 0x8000;
    private const int DosFolder = 0x10;
    private const int RightsMask = 0x1ff;

    private int _emptied;
    private int _broken;

    /// <summary>Writes an entry. A link to a file becomes the file, a link to a folder an empty folder, and one that leads nowhere is left out.</summary>
    public void Write(string root, RunTreeEntry entry)
    {
        var path = Path.Join(root, entry.Path);
        var name = entry.Path.Length == 0 ? run.Id : $"{run.Id}/{entry.Path}";
        switch (entry.Kind)
        {
            case RunTreeKind.Folder:
                Create($"{name}/", path, FolderBits);
                break;
            case RunTreeKind.LinkToFolder:
                _emptied++;
                Create($"{name}/", path, FolderBits);
                break;
            case RunTreeKind.File:
                WriteFile(name, path, entry.Length);
                break;
            case RunTreeKind.Link when File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo { Exists: true } file:
                WriteFile(name, file.FullName, file.Length);
                break;
            default:
                _broken++;
                break;
        }
    }

    /// <summary>Tells what is not in the zip file as it is in the run.</summary>
    public void End()
    {
        if (_emptied > 0)
        {
            events.Report(new WarningEvent($"Run {run.ShortId}: {_emptied} linked folder(s) are empty in the zip file. With -CopyResource (--copy-resources) what is in them is exported too."));
        }

        if (_broken > 0)
        {
            events.Report(new WarningEvent($"Run {run.ShortId}: {_broken} link(s) that lead nowhere are not in the zip file."));
        }
    }

    private void WriteFile(string name, string path, long length)
    {
        using var content = Create(name, path, FileBits).Open();
        copying.CopyContent(path, content, length);
    }

    private ZipArchiveEntry Create(string name, string path, int kind)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        var rights = OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path) & RightsMask;
        entry.ExternalAttributes = ((kind | rights) << 16) | (kind == FolderBits ? DosFolder : 0);
        var time = File.GetLastWriteTime(path);
        if (time.Year is >= 1980 and < 2108)
        {
            entry.LastWriteTime = time;
        }

        return entry;
    }
}
