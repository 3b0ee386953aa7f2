using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Ends one trial before its time.</summary>
internal sealed class TrialControl(RunDirectory directory, TrialRecord record) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _terminate = new();
    private bool _isOver;

    public RunDirectory Directory => directory;

    public CancellationToken Terminate => _terminate.Token;

    /// <summary>Why it was ended; null if it was not.</summary>
    public TrialEnd? End { get; private set; }

    /// <summary>What its record says of that.</summary>
    public string? Note { get; private set; }

    /// <summary>Terminates the trial politely, once.</summary>
    public void EndBefore(TrialEnd end, string note)
    {
        lock (_gate)
        {
            if (_isOver || End is not null)
            {
                return;
            }

            (End, Note) = (end, note);
            try
            {
                // First the mark: a trial that was ended so is done, and does not run again when the batch goes on.
                directory.WriteAttribute(TrialRecord.Attribute, (record with { End = end }).ToValue());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It is ended all the same.
            }
        }

        _terminate.Cancel();
    }

    /// <summary>Completes the record of a trial that has ended.</summary>
    public void Complete(TrialEnd end)
    {
        lock (_gate)
        {
            _isOver = true;
        }

        try
        {
            if (end == End && Note is not null)
            {
                var notes = directory.ReadAttribute(RunMarks.NotesAttribute) as IReadOnlyList<object?> ?? [];
                directory.WriteAttribute(RunMarks.NotesAttribute, new List<object?>([.. notes, Note]));
            }
            else if (end is TrialEnd.Failed or TrialEnd.Terminated || End is not null)
            {
                directory.WriteAttribute(TrialRecord.Attribute, (record with { End = end is TrialEnd.Completed or TrialEnd.Interrupted ? null : end }).ToValue());
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // How it ended is said by its exit status.
        }
    }

    public void Dispose() => _terminate.Dispose();
}
