using System.Runtime.CompilerServices;

namespace Guild.Host;

internal static class Program
{
    private static int Main(string[] words) => Supervision.IsAsked(words) ? Supervision.Run(words) : RunSession(words);

    // Not inlined, so that nothing of PowerShell is loaded where a run is only supervised.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunSession(string[] words)
    {
        var warmUp = SessionWarmUp.Start();
        using var signals = TerminationSignals.Listen();
        var request = HostRequest.Parse(words);
        using var session = HostSession.Open(request, signals, TextStream.StandardOutput(), TextStream.StandardError());
        warmUp.RestoreEnvironment();
        return session.Answer(request);
    }
}
