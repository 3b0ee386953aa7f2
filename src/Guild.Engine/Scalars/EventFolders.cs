namespace Guild.Engine.Scalars;

/// <summary>The folders of a run that hold event files.</summary>
internal sealed class EventFolders
{
    private readonly List<string> _paths = [];

    private EventFolders()
    {
    }

    /// <summary>The folders by their paths in the run, with <c>/</c>, in ordinal order.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>True if some of them are those of other runs, which can change while this one does not.</summary>
    public bool LeadsToOtherRuns { get; private set; }

    public static EventFolders Of(string runPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(runPath);
        var folders = new EventFolders();
        var run = new DirectoryInfo(runPath);
        folders.Visit(run, "", [run.FullName]);
        folders._paths.Sort(StringComparer.Ordinal);
        return folders;
    }

    private void Visit(DirectoryInfo directory, string folder, IReadOnlyList<string> linkedFrom)
    {
        try
        {
            var hasEvents = false;
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo child)
                {
                    VisitChild(child, folder.Length == 0 ? child.Name : $"{folder}/{child.Name}", linkedFrom);
                }
                else
                {
                    hasEvents |= EventFiles.IsEventFile(entry.Name);
                }
            }

            if (hasEvents)
            {
                _paths.Add(folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that may not be looked into, or that is deleted just now, shows no scalars.
        }
    }

    private void VisitChild(DirectoryInfo child, string folder, IReadOnlyList<string> linkedFrom)
    {
        if (child.LinkTarget is null)
        {
            Visit(child, folder, linkedFrom);
            return;
        }

        if (!File.Exists(System.IO.Path.Join(child.FullName, ".guild", "opref")))
        {
            return;
        }

        LeadsToOtherRuns = true;

        // Runs that link to each other would otherwise be visited without end.
        if (child.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target && !linkedFrom.Contains(target, StringComparer.Ordinal))
        {
            Visit(child, folder, [.. linkedFrom, target]);
        }
    }
}
