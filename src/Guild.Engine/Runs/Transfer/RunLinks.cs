using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Transfer;

/// <summary>The links of a run that goes elsewhere: they lead on to where they led.</summary>
internal static class RunLinks
{
    /// <summary>What a link must say elsewhere: the same if it stays in the run or is absolute; else the path that it leads to.</summary>
    /// <param name="root">The real path of the run, without links in it.</param>
    /// <param name="path">The path of the link in the run.</param>
    /// <param name="text">What it says.</param>
    public static string Elsewhere(string root, string path, string text)
    {
        if (Path.IsPathRooted(text))
        {
            return text;
        }

        var leadsTo = Path.GetFullPath(text, Path.GetDirectoryName(Path.Join(root, path))!);
        return RealPath.IsWithin(leadsTo, root) ? text : leadsTo;
    }

    /// <summary>Makes a link.</summary>
    public static void Create(string path, string text, bool isToFolder) =>
        _ = isToFolder ? Directory.CreateSymbolicLink(path, text) : File.CreateSymbolicLink(path, text);

    /// <summary>Makes the links of a run such that they lead to the same wherever the run is moved to. They mean the same as before where it is.</summary>
    public static void MakeMovable(RunTree tree)
    {
        var real = RealPath.Of(tree.Root);
        foreach (var entry in tree.Entries.Where(entry => entry.Target is not null))
        {
            var text = Elsewhere(real, entry.Path, entry.Target!);
            if (!string.Equals(text, entry.Target, StringComparison.Ordinal))
            {
                Replace(Path.Join(tree.Root, entry.Path), entry, text);
            }
        }
    }

    private static void Replace(string path, RunTreeEntry entry, string text)
    {
        var isToFolder = entry.Kind == RunTreeKind.LinkToFolder;
        Delete(path, isToFolder);
        try
        {
            Create(path, text, isToFolder);
        }
        catch
        {
            Create(path, entry.Target!, isToFolder);
            throw;
        }
    }

    private static void Delete(string path, bool isToFolder)
    {
        if (isToFolder)
        {
            Directory.Delete(path);
        }
        else
        {
            File.Delete(path);
        }
    }
}
