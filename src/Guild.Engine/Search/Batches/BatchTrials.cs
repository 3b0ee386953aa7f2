using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>The trials of a batch, as its run directory has them: one link for each, named by the trial's id.</summary>
public static class BatchTrials
{
    /// <summary>The full ids of the trials, in no order. Reads folder names only. Trials that were deleted since can be among them.</summary>
    public static IEnumerable<string> Ids(RunDirectory batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Directory.Exists(batch.Path)
            ? Directory.EnumerateFileSystemEntries(batch.Path).Select(Path.GetFileName).OfType<string>().Where(RunId.IsValid)
            : [];
    }

    /// <summary>The full ids of the trials, in the order of their places; those that say none, as trials of Guild AI do, come last. Reads a file of each trial.</summary>
    public static IReadOnlyList<string> IdsInOrder(RunDirectory batch) =>
        [.. Directories(batch).Select(trial => (trial.Id, Number: TrialRecord.Read(trial)?.Number ?? int.MaxValue)).OrderBy(trial => trial.Number).ThenBy(trial => trial.Id, StringComparer.Ordinal).Select(trial => trial.Id)];

    /// <summary>The batch that a run says it is a trial of, by its full id, and its place there from 1; null if it says none, as trials of Guild AI do.</summary>
    public static TrialPlace? PlaceOf(RunDirectory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return TrialRecord.Read(trial) is { } record ? new TrialPlace(record.Batch, record.Number + 1) : null;
    }

    /// <summary>Where the trials are: where their links lead, else beside the batch. Whether they are still there is not looked at.</summary>
    internal static IEnumerable<RunDirectory> Directories(RunDirectory batch) => Ids(batch).Select(id =>
    {
        var link = Path.Join(batch.Path, id);
        var target = new FileInfo(link).LinkTarget is { } linked ? Path.GetFullPath(linked, batch.Path) : null;
        return new RunDirectory(target is not null && Directory.Exists(target) ? target : Path.Join(Path.GetDirectoryName(batch.Path), id));
    });

    /// <summary>Where a trial is: where its link leads, else among the runs of the home.</summary>
    internal static RunDirectory DirectoryOf(RunDirectory batch, string id, GuildHome home)
    {
        var link = Path.Join(batch.Path, id);
        var linked = new FileInfo(link).LinkTarget is { } target ? Path.GetFullPath(target, batch.Path) : null;
        var own = Path.Join(home.RunsDirectory, id);
        return new RunDirectory(linked is not null && Directory.Exists(linked) && !Directory.Exists(own) ? linked : own);
    }

    /// <summary>
    /// Links a batch to a trial that is about to be there: whoever is killed in between leaves a link that leads nowhere, and not a trial that nobody knows.
    /// </summary>
    internal static void Link(RunDirectory batch, RunDirectory trial)
    {
        var link = Path.Join(batch.Path, trial.Id);
        try
        {
            Directory.CreateSymbolicLink(link, Path.GetRelativePath(batch.Path, trial.Path));
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            // Without the right to make links, a file of the same name says where the trial is, until the trial is there for a junction.
            File.WriteAllText(link, Path.GetRelativePath(batch.Path, trial.Path));
        }
    }

    /// <summary>Completes the link to a trial that is there now.</summary>
    internal static void Complete(RunDirectory batch, RunDirectory trial)
    {
        if (!OperatingSystem.IsWindows())
        {
            return;
        }

        var link = Path.Join(batch.Path, trial.Id);
        if (File.Exists(link) && new FileInfo(link).LinkTarget is null)
        {
            File.Delete(link);
            if (!WindowsLinks.TryCreate(trial.Path, link))
            {
                File.WriteAllText(link, Path.GetRelativePath(batch.Path, trial.Path));
            }
        }
    }

    /// <summary>Takes away a link that leads nowhere.</summary>
    internal static void Unlink(RunDirectory batch, string id)
    {
        var link = Path.Join(batch.Path, id);
        if (new DirectoryInfo(link) is { LinkTarget: not null } folder && OperatingSystem.IsWindows())
        {
            folder.Delete();
        }
        else
        {
            File.Delete(link);
        }
    }
}

/// <summary>Of which batch a run is a trial.</summary>
/// <param name="BatchId">The full id of the batch.</param>
/// <param name="Number">Its place in the batch, from 1.</param>
public sealed record TrialPlace(string BatchId, int Number);
