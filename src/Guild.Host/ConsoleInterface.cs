using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Guild.Host;

/// <summary>
/// Results and what a program prints go to standard output; errors, warnings, detail and progress to standard error.
/// </summary>
internal sealed class ConsoleInterface : PSHostUserInterface
{
    // The tags that the module gives to what a program wrote to its standard error, and to what is said beside results.
    private static readonly string[] ErrorTags = ["GuildError", "GuildNote"];

    private readonly TextStream _output;
    private readonly TextStream _error;
    private readonly ProgressLine _progress;
    private readonly ConsoleInput _input;
    private bool _isNextForError;
    private bool _isAllForError;

    /// <summary>Creates the interface.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where all else goes.</param>
    /// <param name="stopping">Cancelled when the session is to end; what waits for the keyboard waits no longer.</param>
    internal ConsoleInterface(TextStream output, TextStream error, CancellationToken stopping)
    {
        _output = output;
        _error = error;
        _progress = new ProgressLine(error);
        _input = new ConsoleInput(error, stopping);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ConsoleScreen();

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => _output.HasColour;

    private TextStream Output => _isAllForError ? _error : _output;

    /// <summary>Sends ordinary output to standard error as well, until the result is disposed of.</summary>
    internal IDisposable SendOutputToError() => new Redirection(this);

    /// <summary>Takes a progress line off the terminal.</summary>
    internal void EndProgress() => _progress.Clear();

    /// <inheritdoc/>
    public override void WriteInformation(InformationRecord record)
    {
        // PowerShell calls this right before it writes the same record as text.
        _isNextForError = record.Tags.Any(ErrorTags.Contains);
    }

    /// <inheritdoc/>
    public override void Write(string value) => WriteTo(TakeInformationStream(), value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => WriteTo(TakeInformationStream(), value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => WriteTo(_error, value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteTo(_error, $"WARNING: {message}{Environment.NewLine}");

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteTo(_error, $"VERBOSE: {message}{Environment.NewLine}");

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteTo(_error, $"DEBUG: {message}{Environment.NewLine}");

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    /// <inheritdoc/>
    public override string ReadLine() => _input.ReadLine();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _input.ReadSecret();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        _progress.Clear();
        return _input.AskForFields(caption, message, descriptions);
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _progress.Clear();
        return _input.AskForChoice(caption, message, choices, defaultChoice);
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        _progress.Clear();
        return _input.AskForCredential(caption, message, userName);
    }

    private TextStream TakeInformationStream()
    {
        bool isForError = _isNextForError;
        _isNextForError = false;
        return isForError ? _error : Output;
    }

    private void WriteTo(TextStream stream, string text)
    {
        _progress.Clear();
        stream.Write(text);
    }

    private sealed class Redirection : IDisposable
    {
        private readonly ConsoleInterface _interface;

        internal Redirection(ConsoleInterface owner)
        {
            _interface = owner;
            _interface._isAllForError = true;
        }

        public void Dispose() => _interface._isAllForError = false;
    }
}
