namespace Guild.Host;

internal static class Program
{
    private static int Main(string[] words)
    {
        var warmUp = SessionWarmUp.Start();
        using var signals = TerminationSignals.Listen();
        using var session = HostSession.Open(signals, TextStream.StandardOutput(), TextStream.StandardError());
        warmUp.RestoreEnvironment();
        return session.Answer(HostRequest.Parse(words));
    }
}
