using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Guild.PowerShell.Tests.Hosting;

/// <summary>
/// A PowerShell session in this process with the staged module imported. It has PowerShell's Core commands only:
/// no Write-Output, Select-Object or Sort-Object.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    internal ModuleSession()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([BuiltFiles.Manifest]);
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>Runs a script. An error that ends it is among <see cref="SessionResult.Errors"/> and the last of them.</summary>
    internal SessionResult Run(string script, params object?[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        var output = new PSDataCollection<PSObject?>();
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output, null);
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }

        List<ErrorRecord> errors = [.. shell.Streams.Error];
        if (terminating is not null)
        {
            errors.Add(terminating);
        }

        return new SessionResult(
            [.. output],
            errors,
            terminating,
            [.. shell.Streams.Information],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Progress]);
    }

    internal object? GetVariable(string name) => _runspace.SessionStateProxy.GetVariable(name);

    internal void SetVariable(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    public void Dispose() => _runspace.Dispose();
}

/// <summary>What a script gave, by stream.</summary>
internal sealed record SessionResult(
    IReadOnlyList<PSObject?> Output,
    IReadOnlyList<ErrorRecord> Errors,
    ErrorRecord? Terminating,
    IReadOnlyList<InformationRecord> Information,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The output as text, an item each.</summary>
    internal IEnumerable<string> Text => Output.Select(item => item?.ToString() ?? "");

    /// <summary>The information stream as text, a record each.</summary>
    internal IEnumerable<string> InformationText => Information.Select(record => record.MessageData.ToString() ?? "");
}
