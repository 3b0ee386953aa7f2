using System.Runtime.InteropServices;

namespace Guild.Host;

/// <summary>
/// Ctrl-C and the signals that ask a program to end. They stop what runs, politely; the process ends when that has ended,
/// so that a run can still be recorded as terminated.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _stopping = new();
    private Action? _stop;
    private int _exitCode;

    /// <summary>Cancelled at the first signal.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>What a shell reports for a program that this signal ended, such as 130 for Ctrl-C; null if there was none.</summary>
    internal int? ExitCode
    {
        get
        {
            lock (_gate)
            {
                return _exitCode == 0 ? null : _exitCode;
            }
        }
    }

    /// <summary>Takes over the signals until it is disposed of.</summary>
    internal static TerminationSignals Listen()
    {
        var signals = new TerminationSignals();
        signals.Register(PosixSignal.SIGINT, 130);
        signals.Register(PosixSignal.SIGTERM, 143);
        signals.Register(PosixSignal.SIGHUP, 129);
        return signals;
    }

    /// <summary>Says how to stop what runs now, or null when nothing does. Called at once if a signal came earlier; each further signal calls it again.</summary>
    internal void OnSignal(Action? stop)
    {
        bool isLate;
        lock (_gate)
        {
            _stop = stop;
            isLate = _exitCode != 0;
        }

        if (isLate)
        {
            stop?.Invoke();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stopping.Dispose();
    }

    private void Register(PosixSignal signal, int exitCode)
    {
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Take(exitCode);
        }));
    }

    private void Take(int exitCode)
    {
        Action? stop;
        lock (_gate)
        {
            _exitCode = _exitCode == 0 ? exitCode : _exitCode;
            stop = _stop;
        }

        _stopping.Cancel();
        stop?.Invoke();
    }
}
