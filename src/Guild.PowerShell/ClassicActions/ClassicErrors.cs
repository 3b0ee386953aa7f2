using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Guild.Engine;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary>Something that ends a classic command with an exit code of its own.</summary>
/// <param name="record">What is reported.</param>
/// <param name="exitCode">The exit code.</param>
internal sealed class ClassicFailureException(ErrorRecord record, int exitCode) : Exception(record.Exception.Message, record.Exception)
{
    public ErrorRecord Record { get; } = record;

    public int ExitCode { get; } = exitCode;
}

/// <summary>Makes the error records of the classic commands: the message as a shell shows it, with what to do next on a line of its own.</summary>
internal static class ClassicErrors
{
    /// <summary>The name under which the view of such errors is found: <c>guild: MESSAGE</c>, without a position in the module's own script.</summary>
    private const string ViewName = "Guild.ClassicError";

    private const string PreferenceName = "ErrorActionPreference";

    /// <summary>True for what a user is told of, and not a fault of this module.</summary>
    public static bool IsExpected(Exception error) => error is ClassicUsageException or ClassicFailureException || ErrorRecords.IsExpected(error);

    /// <summary>The record of an error and the exit code that goes with it.</summary>
    public static (ErrorRecord Record, int ExitCode) Of(Exception error) => error switch
    {
        ClassicUsageException usage => (Shown(new ErrorRecord(usage, ErrorIds.UsageInvalid, ErrorCategory.InvalidArgument, null), null), ClassicUsageException.ExitCode),
        ClassicFailureException failure => (Shown(failure.Record, failure.Record.ErrorDetails?.RecommendedAction), failure.ExitCode),
        _ => (Shown(ErrorRecords.Of(error), (error as GuildException)?.RecommendedAction), ClassicExit.Failure),
    };

    /// <summary>
    /// True if whoever called <c>guild</c> wants an error to end the script. A function of a module does not see the variables of its caller, only the
    /// session's, so the calling scopes are looked through from the inside out.
    /// </summary>
    public static bool StopsOnErrors(PSCmdlet cmdlet)
    {
        var ofCaller = Runspace.DefaultRunspace?.Debugger?.GetCallStack()
            .Skip(1)
            .Select(frame => frame.GetFrameVariables().GetValueOrDefault(PreferenceName)?.Value)
            .FirstOrDefault(value => value is not null);
        var preference = ofCaller ?? cmdlet.GetVariableValue(PreferenceName);
        return string.Equals(preference?.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);
    }

    private static ErrorRecord Shown(ErrorRecord record, string? action)
    {
        var message = string.IsNullOrEmpty(action) ? record.Exception.Message : $"{record.Exception.Message}\n{action}";
        record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = action ?? "" };
        PSObject.AsPSObject(record).TypeNames.Insert(0, ViewName);
        return record;
    }
}
