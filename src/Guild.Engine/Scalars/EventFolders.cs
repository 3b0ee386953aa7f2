using System.IO.Enumeration;
using Guild.Engine.Runs;

namespace Guild.Engine.Scalars;

/// <summary>The folders of a run that hold event files.</summary>
internal sealed class EventFolders
{
    // What it holds is known, and it has more files than all other folders of most runs.
    private const string AttributesFolder = ".guild/attrs";

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<string> _paths = [];
    private readonly bool _isBatch;

    private EventFolders(bool isBatch) => _isBatch = isBatch;

    /// <summary>The folders by their paths in the run, with <c>/</c>, in ordinal order.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>True if some of them are those of other runs, which can change while this one does not.</summary>
    public bool LeadsToOtherRuns { get; private set; }

    /// <summary>Looks for them. The trials that a batch links to are runs of their own, and there can be ten thousand: those links are not followed.</summary>
    public static EventFolders Of(string runPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(runPath);
        var folders = new EventFolders(Directory.Exists(Path.Join(runPath, ".guild", "proto")));
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
            foreach (var name in new FileSystemEnumerable<string>(directory.FullName, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)
            {
                // The name comes first: to ask of a link whether it leads to a folder is a look at the disk.
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                {
                    if (_isBatch && folder.Length == 0 && RunId.IsValid(entry.FileName))
                    {
                        return false;
                    }

                    if (entry.IsDirectory)
                    {
                        return true;
                    }

                    hasEvents |= EventFiles.IsEventFile(entry.FileName);
                    return false;
                },
            })
            {
                var path = folder.Length == 0 ? name : $"{folder}/{name}";
                if (path != AttributesFolder)
                {
                    VisitChild(new DirectoryInfo(Path.Join(directory.FullName, name)), path, linkedFrom);
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
