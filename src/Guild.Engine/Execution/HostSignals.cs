using System.Runtime.InteropServices;

namespace Guild.Engine.Execution;

/// <summary>
/// Hears when this process itself is asked to end, by SIGTERM or SIGHUP, so that it can end its runs first. While one is there, such a signal does not end
/// the process; when the last one is disposed of, the signal is raised again, and then it does.
/// </summary>
public sealed class HostSignals : IDisposable
{
    private static readonly Lock Gate = new();
    private static int s_listening;
    private static int? s_postponed;

    private readonly CancellationTokenSource _terminate = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    private HostSignals()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, Posix.SigTerm)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Take(context, Posix.SigHup)));
    }

    /// <summary>The tokens for a supervised run: a first signal terminates it, a second one kills it.</summary>
    /// <param name="interrupt">What interrupts the run, such as Ctrl-C.</param>
    public StopTokens With(CancellationToken interrupt) => new(interrupt, _terminate.Token, _kill.Token);

    /// <summary>Begins to listen.</summary>
    public static HostSignals Listen()
    {
        lock (Gate)
        {
            s_listening++;
        }

        return new HostSignals();
    }

    /// <summary>Ends the listening. If a signal came, and nobody else listens, this process ends by it.</summary>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _terminate.Dispose();
        _kill.Dispose();
        int? postponed;
        lock (Gate)
        {
            postponed = --s_listening == 0 ? s_postponed : null;
        }

        if (postponed is { } signal && !OperatingSystem.IsWindows())
        {
            _ = Posix.kill(System.Environment.ProcessId, signal);
        }
    }

    private void Take(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        lock (Gate)
        {
            s_postponed = signal;
        }

        (_terminate.IsCancellationRequested ? _kill : _terminate).Cancel();
    }
}
