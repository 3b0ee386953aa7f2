using System.Management.Automation;
using System.Runtime.CompilerServices;
using Guild.Engine.GuildFiles;
using Guild.PowerShell.Classic;
using Guild.PowerShell.ClassicActions;

namespace Guild.PowerShell.Commands;

/// <summary>
/// What the <c>guild</c> function calls: takes the classic words as PowerShell parsed them and does what they say.
/// The manifest does not export it.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "GuildCommand")]
public sealed class InvokeGuildCommandCommand : GuildCommand
{
    // What is left if the pipeline is stopped before anything else is known.
    private int _exitCode = ClassicExit.Interrupted;

    /// <summary>The words after <c>guild</c>, untouched.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object?[]? ArgumentList { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        try
        {
            RunWords();
        }
        finally
        {
            SessionState.PSVariable.Set(new PSVariable("global:LASTEXITCODE", _exitCode));
        }
    }

    // Not inlined, so that importing the module or making the cmdlet loads no engine.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunWords()
    {
        try
        {
            var request = ClassicCommandLine.Parse(ClassicWords.FromArguments(ArgumentList ?? []), NearestNames.Nearest);
            _exitCode = ClassicAction.Do(request.Command, new ClassicSession(this, request.Globals, StopToken));
        }
        catch (Exception error) when (ClassicErrors.IsExpected(error))
        {
            (var record, _exitCode) = ClassicErrors.Of(error);
            if (ClassicErrors.StopsOnErrors(this))
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
    }
}
