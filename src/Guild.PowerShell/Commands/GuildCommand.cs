using System.Management.Automation;
using Guild.Engine.Operations;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>
/// The base of all cmdlets: it owns the token that Ctrl-C cancels, and turns the engine's errors into error records.
/// </summary>
public abstract class GuildCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Ends what the cmdlet is doing.</summary>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline can be stopped at the very moment at which the cmdlet ends by itself.
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <summary>Does the work for one object of the pipeline.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Does what remains after the last object.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Releases the token.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>True if the caller only wants to see what would be done: by <c>-WhatIf</c>, else by the session's preference.</summary>
    internal bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    internal SessionContext Session => new(this);

    internal EngineContext EngineContext => Session.EngineContext();

    /// <summary>Does something for one item, so that an error of the engine ends that item only.</summary>
    internal void ForItem(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (ErrorRecords.IsExpected(error))
        {
            WriteError(ErrorRecords.Of(error, target));
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception error) when (ErrorRecords.IsExpected(error))
        {
            ThrowTerminatingError(ErrorRecords.Of(error));
        }
    }
}
