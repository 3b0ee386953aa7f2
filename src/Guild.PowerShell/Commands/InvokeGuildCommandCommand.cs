using System.Management.Automation;
using System.Runtime.CompilerServices;
using Guild.Engine;

namespace Guild.PowerShell.Commands;

/// <summary>
/// What the <c>guild</c> function calls: takes the classic words as PowerShell parsed them and does what they say.
/// The manifest does not export it.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "GuildCommand")]
public sealed class InvokeGuildCommandCommand : PSCmdlet
{
    /// <summary>The words after <c>guild</c>, untouched.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object?[]? ArgumentList { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        int exitCode = RunWords();
        SessionState.PSVariable.Set(new PSVariable("global:LASTEXITCODE", exitCode));
    }

    // Not inlined, so that importing the module or making the cmdlet loads no engine.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RunWords()
    {
        NullEventSink.Instance.Report(new DetailEvent("guild"));
        if (ArgumentList is [var word] && string.Equals(word?.ToString(), "--version", StringComparison.Ordinal))
        {
            Version version = typeof(NullEventSink).Assembly.GetName().Version!;
            WriteInformation(new HostInformationMessage { Message = $"guild {version.ToString(3)}" }, ["PSHOST"]);
            return 0;
        }

        return 2;
    }
}
