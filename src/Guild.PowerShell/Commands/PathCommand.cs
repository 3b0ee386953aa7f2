using System.Management.Automation;
using Guild.Engine;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that work on folders or Guild files which are named by paths.</summary>
public abstract class PathCommand : GuildCommand
{
    /// <summary>The name of the parameter set in which paths are taken as they are.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The name of the parameter set in which paths can have wildcards.</summary>
    protected const string PathSet = "Path";

    private const string FileSystemProviderName = "FileSystem";

    /// <summary>Does some work for each path that is meant: those with wildcards, those taken as they are, else the session's folder.</summary>
    private protected void ForPaths(string[]? paths, string[]? literalPaths, Action<string> work)
    {
        if (paths is null && literalPaths is null)
        {
            ForCurrent(work);
            return;
        }

        foreach (var path in paths ?? literalPaths!)
        {
            ForItem(path, () =>
            {
                foreach (var folder in literalPaths is null ? Resolve(path) : [GetUnresolvedProviderPathFromPSPath(path)])
                {
                    work(folder);
                }
            });
        }
    }

    // A request for the current folder that cannot start ends the command; one bad name among those of a pipeline does not.
    private void ForCurrent(Action<string> work)
    {
        if (MyInvocation.ExpectingInput)
        {
            ForItem(null, () => work(Session.Location));
        }
        else
        {
            work(Session.Location);
        }
    }

    private IReadOnlyList<string> Resolve(string path)
    {
        try
        {
            var found = GetResolvedProviderPathFromPSPath(path, out var provider);

            // Brackets are wildcards, and all the same they stand in the names of files and folders.
            return found.Count > 0 ? found : AsItIs(path, provider) ?? Named(path) ?? [];
        }
        catch (ItemNotFoundException error)
        {
            return Named(path) ?? throw NotFound(error.ItemName);
        }
    }

    private string[]? AsItIs(string path, ProviderInfo provider) =>
        string.Equals(provider.Name, FileSystemProviderName, StringComparison.Ordinal) && GetUnresolvedProviderPathFromPSPath(path) is var literal && System.IO.Path.Exists(literal) ? [literal] : null;

    private string[]? Named(string name) => PathOf(name) is { } path ? [path] : null;

    /// <summary>The path of what has a name that is no path; null if nothing has it.</summary>
    private protected virtual string? PathOf(string name) => null;

    /// <summary>The error for a path that leads to nothing.</summary>
    private protected virtual GuildException NotFound(string path) => new GuildFileNotFoundException(path);
}
