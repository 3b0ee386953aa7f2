using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Transfer;

/// <summary>What is seen to before a run of others becomes one of this home.</summary>
internal static class ImportedRun
{
    /// <summary>
    /// Raises <see cref="RunArchiveException"/> for a run whose record is not its own: what writes to a label, an output or a mark that is a link would write
    /// to wherever that leads.
    /// </summary>
    public static void RequireSafe(string root)
    {
        var guild = Path.Join(root, ".guild");
        if (IsLink(root) || IsLink(guild))
        {
            throw Unsafe(root, ".guild");
        }

        if (!Directory.Exists(guild))
        {
            throw new RunArchiveException(root, $"Run {RunId.Short(Path.GetFileName(root))} has no record.", "Export it again.");
        }

        // Files that resources of a batch's prototype link to are no record.
        var record = Tree.Entries(guild, TreeLinks.AreKept, CancellationToken.None)
            .FirstOrDefault(entry => entry.IsLink && !(entry.Path.StartsWith("proto/", StringComparison.Ordinal) && !entry.Path.StartsWith("proto/.guild", StringComparison.Ordinal)));
        if (record is not null)
        {
            throw Unsafe(root, $".guild/{record.Path}");
        }
    }

    /// <summary>Removes all that would let the run seem to be alive: whatever it was, its processes are not here.</summary>
    public static void MakeDead(string root)
    {
        RunTree.RemoveLeftBehind(root);
        File.Delete(new RunDirectory(root).PendingPath);
    }

    private static bool IsLink(string path) => new DirectoryInfo(path).LinkTarget is not null || new FileInfo(path).LinkTarget is not null;

    private static RunArchiveException Unsafe(string root, string what) => new(
        root,
        $"Run {RunId.Short(Path.GetFileName(root))} is not imported: '{what}' is a link, and a record has none.",
        "Export the run again, or replace the link by what it leads to if you trust it.");
}
