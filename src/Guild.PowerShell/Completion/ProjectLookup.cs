using System.Collections;
using System.Management.Automation;
using Guild.Engine.Operations;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Completion;

/// <summary>Finds the project that a command being typed is about. Completion never raises: where there is nothing to offer it offers nothing.</summary>
internal static class ProjectLookup
{
    /// <summary>The project of the folder that <c>-Path</c> names, else of the session's folder, or null.</summary>
    public static Project? Find(IDictionary boundParameters)
    {
        try
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            var location = shell.Runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath;
            var named = boundParameters["Path"] ?? boundParameters["LiteralPath"];
            return Project.Open(named is null ? location : Path.GetFullPath(named.ToString()!, location));
        }
        catch (Exception error) when (Streams.ErrorRecords.IsExpected(error) || error is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The session's context, or null where there is none.</summary>
    public static EngineContext? Context()
    {
        try
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            return new SessionContext(shell.Runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath).EngineContext();
        }
        catch (Exception error) when (Streams.ErrorRecords.IsExpected(error) || error is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
