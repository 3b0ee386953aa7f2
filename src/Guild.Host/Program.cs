namespace Guild.Host;

internal static class Program
{
    private static int Main(string[] words)
    {
        var warmUp = SessionWarmUp.Start();
        using var signals = TerminationSignals.Listen();
        var request = HostRequest.Parse(words);
        using var session = HostSession.Open(request, signals, TextStream.StandardOutput(), TextStream.StandardError());
        warmUp.RestoreEnvironment();
        return session.Answer(request);
    }
}
