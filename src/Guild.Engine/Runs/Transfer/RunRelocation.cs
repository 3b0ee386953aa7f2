namespace Guild.Engine.Runs.Transfer;

/// <summary>Moves the folder of a run by one rename, where the file system can.</summary>
internal static class RunRelocation
{
    /// <summary>Moves a run to where nothing is; false if that is on another file system, and the run is where it was then.</summary>
    public static bool TryMove(RunTree tree, string destination)
    {
        RunLinks.MakeMovable(tree);
        RunTree.RemoveLeftBehind(tree.Root);
        try
        {
            Directory.Move(tree.Root, destination);
        }
        catch (IOException error) when (TreeMove.IsOtherFileSystem(error, tree.Root, destination))
        {
            return false;
        }

        return true;
    }

    /// <summary>Deletes what is not wanted, as far as that can be done: what led here is told to the caller.</summary>
    public static void Discard(string path)
    {
        try
        {
            TreeDeletion.DeletePrepared(new RunDirectory(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has a name that nobody takes for a run, and whoever comes next sweeps it.
        }
    }
}
