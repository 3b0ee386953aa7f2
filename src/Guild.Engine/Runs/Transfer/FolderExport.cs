using Guild.Engine.Resources;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Runs.Transfer;

/// <summary>Exports runs into a folder. A run gets its name there when it is whole.</summary>
internal sealed class FolderExport(string path, RunTransferOptions options) : RunExport(path, options)
{
    private const string UnfinishedPrefix = ".guild-export-";

    private bool _isPrepared;
    private bool _isOurs;
    private bool _hasExported;

    public override IReadOnlyList<RunTransfer> Complete() => [];

    private protected override RunTransfer AddStill(Run run)
    {
        var destination = System.IO.Path.Join(Path, run.Id);
        if (System.IO.Path.Exists(destination))
        {
            return new RunTransfer(run, destination, RunTransferOutcome.Exists);
        }

        if (RealPath.IsWithin(RealPath.Of(Path), RealPath.Of(run.Directory.Path)))
        {
            throw new RunArchiveException(Path, $"Run {run.ShortId} cannot be exported to '{Path}', which is in the run itself.", "Name another folder.");
        }

        Prepare();
        var tree = RunTree.Read(run.Directory.Path, Options.CopiesResources ? TreeLinks.AreFollowed : TreeLinks.AreKept, Options.Cancellation);
        if (Options.IsMove && !Options.CopiesResources && RunRelocation.TryMove(tree, destination))
        {
            _hasExported = true;
            return new RunTransfer(run, destination, RunTransferOutcome.Done) { Length = tree.Length };
        }

        Copy(run, tree, destination);
        _hasExported = true;
        if (Options.IsMove)
        {
            DeleteExported(run);
        }

        return new RunTransfer(run, destination, RunTransferOutcome.Done) { Length = tree.Length };
    }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing && _isOurs && !_hasExported)
        {
            RemoveFolder();
        }
    }

    private void RemoveFolder()
    {
        try
        {
            File.Delete(System.IO.Path.Join(Path, SourceSnapshot.NoCopyMarker));
            Directory.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else has put something there.
        }
    }

    private void Copy(Run run, RunTree tree, string destination)
    {
        var unfinished = System.IO.Path.Join(Path, UnfinishedPrefix + RunId.New());
        try
        {
            var owner = new RunDirectory(unfinished);
            Directory.CreateDirectory(owner.GuildPath);
            RunStaging.SayWhoPrepares(owner);
            Progress.Begin(run, tree.Length);
            var copy = System.IO.Path.Join(unfinished, run.Id);
            new RunCopying(Progress, Options.Cancellation).Copy(tree, copy);
            Directory.Move(copy, destination);
        }
        finally
        {
            RunRelocation.Discard(unfinished);
        }
    }

    private void Prepare()
    {
        if (_isPrepared)
        {
            return;
        }

        _isOurs = !Directory.Exists(Path);
        Directory.CreateDirectory(Path);

        // As Guild AI does, so that runs that lie in a project are not taken for its source code.
        var marker = System.IO.Path.Join(Path, SourceSnapshot.NoCopyMarker);
        if (!File.Exists(marker))
        {
            File.Create(marker).Dispose();
        }

        RunStaging.SweepFolder(Path, UnfinishedPrefix + "*", ProcessLiveness.OfThisHost, TimeProvider.System);
        _isPrepared = true;
    }
}
