using System.IO.Compression;
using Guild.Engine.Resources;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Runs.Transfer;

/// <summary>
/// Exports runs into a zip file, all at once: the file is written beside its place and gets its name when it is whole. What is in it already is kept. A run
/// that turns out to be unreadable while it is written is left out, and the writing begins anew.
/// </summary>
internal sealed class ZipExport(string path, RunTransferOptions options) : RunExport(path, options)
{
    private const int MostAttempts = 3;

    private readonly List<(Run Run, RunTree Tree)> _accepted = [];
    private HashSet<string>? _known;

    private protected override RunTransfer AddStill(Run run)
    {
        _known ??= ZipContents.RunsIn(Path);
        if (_known.Contains(run.Id) || _accepted.Exists(taken => string.Equals(taken.Run.Id, run.Id, StringComparison.Ordinal)))
        {
            return new RunTransfer(run, Path, RunTransferOutcome.Exists);
        }

        _accepted.Add((run, ReadTree(run)));
        return new RunTransfer(run, Path, RunTransferOutcome.Accepted);
    }

    public override IReadOnlyList<RunTransfer> Complete()
    {
        var failed = new List<RunTransfer>();
        try
        {
            for (var attempt = 1; _accepted.Count > 0; attempt++)
            {
                var before = ZipContents.StampOf(Path);
                if (TryWrite(failed, before, isLast: attempt >= MostAttempts))
                {
                    break;
                }
            }
        }
        catch (ArchiveException error)
        {
            throw new RunArchiveException(Path, $"'{Path}' could not be written anew: {error.Detail}", error.Advice, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RunArchiveException(Path, $"'{Path}' could not be written: {error.Message}", "It is as it was before. See to it that there is room, and that it is a zip file if it is there.", error);
        }
        finally
        {
            Progress.End();
        }

        return [.. failed, .. Finish()];
    }

    private IEnumerable<RunTransfer> Finish()
    {
        foreach (var (run, tree) in _accepted)
        {
            if (Options.IsMove)
            {
                DeleteExported(run);
            }

            yield return new RunTransfer(run, Path, RunTransferOutcome.Done) { Length = tree.Length };
        }
    }

    // As Guild AI does, a file that a link leads to is in the zip file itself: no reader of zip files can be relied on to make links.
    private RunTree ReadTree(Run run)
    {
        var tree = RunTree.Read(run.Directory.Path, Options.CopiesResources ? TreeLinks.AreFollowed : TreeLinks.AreKept, Options.Cancellation);
        foreach (var entry in tree.Entries.Where(entry => entry.Kind == RunTreeKind.File && entry.Length > 0))
        {
            // Better now than when a gigabyte is written.
            using var handle = File.OpenHandle(System.IO.Path.Join(tree.Root, entry.Path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        return tree;
    }

    // False if it has to be done again: without the run that failed, or with what somebody else put into the zip file meanwhile.
    private bool TryWrite(List<RunTransfer> failed, (long Length, DateTime Time)? before, bool isLast)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        Directory.CreateDirectory(folder);
        var unfinished = System.IO.Path.Join(folder, $".{System.IO.Path.GetFileName(Path)}.{RunId.New()}.part");
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 128 * 1024))
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                ZipContents.CopyAll(Path, zip, Options.Cancellation);
                foreach (var taken in _accepted)
                {
                    if (TryWrite(taken.Run, taken.Tree, zip) is { } error)
                    {
                        failed.Add(new RunTransfer(taken.Run, Path, RunTransferOutcome.Failed) { Error = error });
                        _accepted.Remove(taken);
                        return false;
                    }
                }
            }

            Options.Cancellation.ThrowIfCancellationRequested();
            if (ZipContents.StampOf(Path) != before)
            {
                return isLast ? throw new IOException("it is changed by another process again and again.") : false;
            }

            File.Move(unfinished, Path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private GuildException? TryWrite(Run run, RunTree tree, ZipArchive zip)
    {
        Progress.Begin(run, tree.Length);
        var writer = new ZipRunWriter(zip, run, Options.Events, new RunCopying(Progress, Options.Cancellation));
        foreach (var entry in tree.Entries.Prepend(new RunTreeEntry("", RunTreeKind.Folder)))
        {
            Options.Cancellation.ThrowIfCancellationRequested();
            try
            {
                writer.Write(tree.Root, entry);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && !IsReadable(tree.Root, entry))
            {
                return Failure(run, error);
            }
        }

        writer.End();
        return null;
    }

    // A disk that is full and a run that is gone both raise the same.
    private static bool IsReadable(string root, RunTreeEntry entry)
    {
        try
        {
            var path = System.IO.Path.Join(root, entry.Path);
            if (entry.Kind == RunTreeKind.File && entry.Length > 0)
            {
                using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                return true;
            }

            return System.IO.Path.Exists(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
