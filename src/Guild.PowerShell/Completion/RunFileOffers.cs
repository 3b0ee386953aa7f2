using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for what a run has: its files and its attributes.</summary>
internal static class RunFileOffers
{
    private const int Most = 200;

    /// <summary>Files and folders of the run, in the folder that was typed so far; Guild's own only to who types their name.</summary>
    public static IEnumerable<Offer> Of(Run? run, string typed)
    {
        var slash = typed.LastIndexOf('/') + 1;
        var folder = run is null ? null : Path.GetFullPath(Path.Join(run.Directory.Path, typed[..slash]));
        if (folder is null || !Directory.Exists(folder))
        {
            return [];
        }

        return new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry => entry.Name[0] != '.' || typed.AsSpan(slash).StartsWith("."))
            .Take(Most)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => new Offer(typed[..slash] + entry.Name + (entry is DirectoryInfo ? "/" : ""), entry.FullName, entry.Name));
    }

    /// <summary>The names of the attributes of the run.</summary>
    public static IEnumerable<Offer> Attributes(Run? run)
    {
        var folder = run is null ? null : Path.Combine(run.Directory.Path, ".guild", "attrs");
        return folder is null || !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder).Select(file => new Offer(Path.GetFileName(file), "")).OrderBy(o => o.Word, StringComparer.Ordinal);
    }
}
