using System.Management.Automation;
using Guild.Engine;

namespace Guild.PowerShell.Streams;

/// <summary>Hands events of an engine object that lives longer than one call to the call that is going on; there is none in between.</summary>
internal sealed class CurrentCall : IEventSink
{
    private volatile IEventSink? _call;

    /// <summary>Does work that reports to this.</summary>
    public T Run<T>(PSCmdlet cmdlet, Func<T> work, CancellationToken stop) => EngineCall.Run(
        cmdlet,
        null,
        events =>
        {
            _call = events;
            try
            {
                return work();
            }
            finally
            {
                _call = null;
            }
        },
        stop);

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent) => _call?.Report(engineEvent);
}
