using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>A person who gives one answer to every question, and sees what is shown.</summary>
internal sealed class ScriptedScreen(string answer) : PSHostUserInterface
{
    internal StringBuilder Shown { get; } = new();

    public override PSHostRawUserInterface RawUI => null!;

    public override string ReadLine() => answer;

    public override void Write(string value) => Shown.Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Shown.Append(value);

    public override void WriteLine(string value) => Shown.Append(value).Append('\n');

    public override void WriteErrorLine(string value) => Shown.Append(value).Append('\n');

    public override void WriteWarningLine(string message) => Shown.Append(message).Append('\n');

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();
}
