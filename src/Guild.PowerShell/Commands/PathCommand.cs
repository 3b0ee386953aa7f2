using System.Collections.ObjectModel;
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

    private Collection<string> Resolve(string path)
    {
        try
        {
            return GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException error)
        {
            throw NotFound(error.ItemName);
        }
    }

    /// <summary>The error for a path that leads to nothing.</summary>
    private protected virtual GuildException NotFound(string path) => new GuildFileNotFoundException(path);
}
