using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Classic;

/// <summary>A runspace in which the module's own guild function hands its arguments to a cmdlet that gives back the words.</summary>
public sealed class TypedWords : IDisposable
{
    private readonly Runspace _runspace;

    public TypedWords()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Invoke-GuildCommand", typeof(GiveWordsCommand), null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Invoke(File.ReadAllText(Path.Combine(BuiltFiles.RepositoryRoot, "Guild.psm1")));
    }

    public IReadOnlyList<string> Of(string line) => [.. Invoke(line).Select(word => (string)word.BaseObject)];

    public IReadOnlyList<string> OfProgramArguments(params string[] arguments)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddCommand("guild");
        foreach (string argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return [.. shell.Invoke<string>()];
    }

    public void Dispose() => _runspace.Dispose();

    private Collection<PSObject> Invoke(string script)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(_runspace);
        return shell.AddScript(script).Invoke();
    }
}

/// <summary>Stands in for the module's hidden cmdlet: the same parameter, and the words as its output.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GuildCommand")]
public sealed class GiveWordsCommand : PSCmdlet
{
    [Parameter(ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object?[]? ArgumentList { get; set; }

    protected override void EndProcessing() => WriteObject(ClassicWords.FromArguments(ArgumentList ?? []), enumerateCollection: true);
}
