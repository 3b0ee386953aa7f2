using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Transfer;

/// <summary>Imports runs out of a folder.</summary>
internal sealed class FolderArchive : RunArchive
{
    private readonly Lazy<IReadOnlyList<Run>> _runs;

    public FolderArchive(string path, RunTransferOptions options)
        : base(path, options) => _runs = new(Read);

    public override IReadOnlyList<Run> Runs => _runs.Value;

    private protected override long Bring(Run run, RunStore store, string destination)
    {
        var tree = RunTree.Read(run.Directory.Path, Options.CopiesResources ? TreeLinks.AreFollowed : TreeLinks.AreKept, Options.Cancellation);
        ImportedRun.RequireSafe(run.Directory.Path);
        if (Options.IsMove && !Options.CopiesResources)
        {
            File.Delete(run.Directory.PendingPath);
            if (RunRelocation.TryMove(tree, destination))
            {
                return tree.Length;
            }
        }

        Progress.Begin(run, tree.Length);
        Publish(store, destination, staged => new RunCopying(Progress, Options.Cancellation).Copy(tree, staged));
        if (Options.IsMove)
        {
            Delete(run);
        }

        return tree.Length;
    }

    private IReadOnlyList<Run> Read()
    {
        var reader = new RunReader(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System));
        var (runs, odd) = (new List<Run>(), 0);
        try
        {
            foreach (var folder in new DirectoryInfo(Path).EnumerateDirectories())
            {
                Options.Cancellation.ThrowIfCancellationRequested();
                if (reader.Read(new RunDirectory(folder.FullName)) is not { } run)
                {
                    continue;
                }

                if (IsUsableId(folder.Name) && folder.LinkTarget is null)
                {
                    runs.Add(run);
                }
                else
                {
                    odd++;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunArchiveException(Path, $"'{Path}' cannot be read: {error.Message}", inner: error);
        }

        if (odd > 0)
        {
            PassOver(odd);
        }

        return NewestFirst(runs);
    }

    private void Delete(Run run)
    {
        try
        {
            File.Delete(run.Directory.OpRefPath);
            TreeDeletion.Delete(run.Directory.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Options.Events.Report(new WarningEvent($"Run {run.ShortId} was imported, but not all of '{run.Directory.Path}' could be deleted: {error.Message}"));
        }
    }
}
