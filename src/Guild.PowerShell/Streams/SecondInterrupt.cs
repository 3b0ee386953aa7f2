using System.Runtime.InteropServices;

namespace Guild.PowerShell.Streams;

/// <summary>
/// PowerShell tells a cmdlet of the first Ctrl-C only, and waits. This hears the next one itself, by which the user says that waiting has lasted long
/// enough.
/// </summary>
internal sealed class SecondInterrupt : IDisposable
{
    private readonly CancellationTokenSource _kill = new();
    private readonly PosixSignalRegistration? _registration;
    private readonly CancellationToken _stop;

    public SecondInterrupt(CancellationToken stop)
    {
        _stop = stop;
        try
        {
            _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
        }
        catch (Exception error) when (error is IOException or PlatformNotSupportedException)
        {
            // Where signals cannot be heard, the time limits end the program all the same.
            _registration = null;
        }
    }

    /// <summary>Cancelled by a Ctrl-C that comes while the pipeline is being stopped already.</summary>
    public CancellationToken Token => _kill.Token;

    public void Dispose()
    {
        _registration?.Dispose();
        _kill.Dispose();
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            context.Cancel = true;
            _kill.Cancel();
        }
    }
}
