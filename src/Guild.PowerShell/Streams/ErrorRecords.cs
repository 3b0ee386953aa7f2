using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Streams;

/// <summary>Makes error records: a stable id, a category, the user's own input as target, and what to do next.</summary>
internal static class ErrorRecords
{
    /// <summary>True if an exception is one that a user is told of, not a fault of this module.</summary>
    public static bool IsExpected(Exception error) => error is GuildException or IOException or UnauthorizedAccessException;

    /// <summary>The record of an error that the engine raised.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">What the user typed, if the error does not say it itself.</param>
    public static ErrorRecord Of(Exception error, object? target = null)
    {
        var (id, category) = ErrorIds.Of(error);
        var subject = (error as GuildException)?.Subject ?? target;
        var record = new ErrorRecord(error, id, category, subject);
        var details = new ErrorDetails(error.Message);
        if (error is GuildException { RecommendedAction: { } action })
        {
            details.RecommendedAction = action;
            record.ErrorDetails = details;
        }

        return record;
    }

    /// <summary>The record of a run whose program could not be started; its target is the run.</summary>
    public static ErrorRecord NotStarted(GuildException fault, GuildRun run)
    {
        var (id, category) = ErrorIds.Of(fault);
        return new ErrorRecord(fault, id, category, run)
        {
            ErrorDetails = new ErrorDetails(fault.Message) { RecommendedAction = fault.RecommendedAction ?? "" },
        };
    }

    /// <summary>The record of an input that is not as the run took it; its target is the run.</summary>
    public static ErrorRecord InputChanged(GuildInputFinding finding, GuildRun run)
    {
        var how = finding.Change switch
        {
            "missing" => $"is gone from '{finding.SourcePath}'",
            "size" when finding.RecordedLength is not null => FormattableString.Invariant($"has {finding.PresentLength} bytes now instead of {finding.RecordedLength}"),
            _ => "has other content now",
        };
        var error = new InputChangedException($"Input '{finding.Path}' ({finding.Source}) of run {run.ShortId} {how}.", finding);
        return new ErrorRecord(error, ErrorIds.InputChanged, ErrorCategory.InvalidResult, run)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = $"See what it was and what it is with: Test-GuildRun {run.ShortId} -PassThru" },
        };
    }

    /// <summary>The record of a row that cannot be a trial; its target is the row.</summary>
    public static ErrorRecord BadRow(FlagException error, object row)
    {
        var (id, category) = ErrorIds.Of(error);
        return new ErrorRecord(error, id, category, row)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.RecommendedAction ?? "" },
        };
    }

    /// <summary>The record of a batch that was ended before all of its trials were made; its target is the batch.</summary>
    public static ErrorRecord BatchEnded(GuildRun batch, string reason)
    {
        var error = new OperationFailedException($"The batch {batch.ShortId} ({batch.Operation}) was ended: {reason}", batch);
        return new ErrorRecord(error, ErrorIds.OperationFailed, ErrorCategory.OperationStopped, batch)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = $"See its trials with: Get-GuildRun -Batch {batch.ShortId}. Go on with: Restart-GuildRun {batch.ShortId}" },
        };
    }

    /// <summary>The record of an error in a Guild file; its target is the file or folder that was tested.</summary>
    public static ErrorRecord InvalidGuildFile(GuildFileFinding finding)
    {
        var error = new InvalidGuildFileException(finding);
        return new ErrorRecord(error, ErrorIds.GuildFileInvalid, ErrorCategory.ParserError, finding.TestedPath)
        {
            ErrorDetails = new ErrorDetails($"{finding} ({finding.Id})") { RecommendedAction = "Correct the file and test it again." },
        };
    }

    /// <summary>The record of an operation whose program did not end well; its target is the run.</summary>
    public static ErrorRecord OperationFailed(GuildRun run)
    {
        var how = run.Record.Status == RunStatus.Terminated
            ? run.ExitCode is < 0 ? $"was ended by signal {-run.ExitCode}" : "was terminated"
            : run.ExitCode is { } code ? $"failed with exit code {code}" : "failed" + (run.StatusReason is null ? "" : $": {run.StatusReason}");
        var isPipeline = PipelineSteps.IsPipeline(run.Record);
        var which = isPipeline && run.Record.Notes is [.., var note] ? " " + note : "";
        var error = new OperationFailedException($"Operation '{run.Operation}' {how} (run {run.ShortId}).{which}", run);
        var advice = $"See its output with: Get-GuildRunOutput {run.ShortId}"
            + (isPipeline ? $". When what was wrong is put right, go on with: Restart-GuildRun {run.ShortId}" : "");
        return new ErrorRecord(error, ErrorIds.OperationFailed, ErrorCategory.OperationStopped, run)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice },
        };
    }
}
