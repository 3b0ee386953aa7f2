using System.Globalization;

namespace Guild.Engine.SourceCode;

/// <summary>What is said of a selection to the user.</summary>
internal static class SelectionMessages
{
    private const int ShownPaths = 5;

    public static string Name(LeftOutReason reason) => reason switch
    {
        LeftOutReason.Binary => "binary",
        LeftOutReason.TooLarge => "too large",
        LeftOutReason.OverTotal => "over the limit in all",
        LeftOutReason.Unreadable => "unreadable",
        LeftOutReason.UnusableName => "unusable name",
        _ => "link cycle",
    };

    /// <summary>One sentence a reason. Binary files are no surprise beside source code, so they are recorded but not warned of.</summary>
    public static IEnumerable<string> LeftOut(IReadOnlyList<LeftOutFile> leftOut, SourceSnapshotOptions options) =>
        leftOut.Count == 0 ? [] :
        from file in leftOut
        where file.Reason != LeftOutReason.Binary
        group file by file.Reason into files
        orderby files.Key
        select $"{Sentence(files.Key, [.. files], options)}: {Paths([.. files])}.";

    /// <summary>Where the many files are, and how they are kept out.</summary>
    public static string ManyFiles(IReadOnlyList<SourceFile> files)
    {
        var folders = LargestFolders(files).ToArray();
        var count = files.Count.ToString("N0", CultureInfo.InvariantCulture);
        var places = string.Join(", ", folders.Select(f => $"{f.Count.ToString("N0", CultureInfo.InvariantCulture)} in '{f.Path}'"));
        return folders.Length == 0
            ? $"{count} source code files are copied into each run. Exclude some with 'sourcecode' in the Guild file."
            : $"{count} source code files are copied into each run: {places}. What is not source code is kept out by a rule under "
                + $"'sourcecode' in the Guild file, such as '- exclude: {folders[0].Path}', or by an empty file "
                + $"'{SourceSnapshot.NoCopyMarker}' in the folder.";
    }

    private static string Sentence(LeftOutReason reason, IReadOnlyList<LeftOutFile> files, SourceSnapshotOptions options)
    {
        var what = files.Count == 1 ? "1 file is" : $"{files.Count.ToString("N0", CultureInfo.InvariantCulture)} files are";
        var why = reason switch
        {
            LeftOutReason.TooLarge => $"larger than {Size(options.MaximumFileSize)} (an 'include' rule under 'sourcecode' takes it)",
            LeftOutReason.OverTotal => $"the source code is larger than {Size(options.MaximumTotalSize)} in all",
            LeftOutReason.Unreadable => "not readable",
            LeftOutReason.UnusableName => "named with a line break, or not in UTF-8, which the record of a run cannot hold",
            _ => "linked to a folder that holds the link",
        };
        return reason == LeftOutReason.OverTotal
            ? $"{what} not copied as source code, because {why}"
            : $"{what} not copied as source code, being {why}";
    }

    private static string Paths(IReadOnlyList<LeftOutFile> files)
    {
        var shown = string.Join(", ", files.Take(ShownPaths).Select(file => $"'{file.Path.ReplaceLineEndings("?")}'"));
        return files.Count > ShownPaths ? $"{shown} and {files.Count - ShownPaths} more" : shown;
    }

    private static string Size(long bytes) => bytes >= 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.#} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    // The three folders with most files, each followed downwards as long as one subfolder holds nearly all.
    private static IEnumerable<(string Path, int Count)> LargestFolders(IReadOnlyList<SourceFile> files) =>
        Children(files.Select(file => file.Path), prefix: "")
            .OrderByDescending(group => group.Count())
            .Take(3)
            .Select(group => Narrow(group.Key, [.. group]));

    private static (string Path, int Count) Narrow(string folder, IReadOnlyList<string> paths)
    {
        var largest = Children(paths, $"{folder}/").MaxBy(group => group.Count());
        return largest is not null && largest.Count() >= paths.Count * 0.9
            ? Narrow($"{folder}/{largest.Key}", [.. largest])
            : (folder, paths.Count);
    }

    private static IEnumerable<IGrouping<string, string>> Children(IEnumerable<string> paths, string prefix) =>
        from path in paths
        let end = path.IndexOf('/', prefix.Length)
        where end > 0
        group path by path[prefix.Length..end];
}
