namespace Guild.Host;

internal static class Program
{
    private static int Main(string[] words)
    {
        var warmUp = SessionWarmUp.Start();
        using var signals = TerminationSignals.Listen();
        using var session = HostSession.Open(signals);
        warmUp.RestoreEnvironment();
        return HostRequest.Parse(words) switch
        {
            CommandRequest request => session.RunText(request),
            FileRequest request => session.RunFile(request),
            WordsRequest request => session.RunWords(request),
            HostRequest request => throw new InvalidOperationException($"The host has no answer to {request}."),
        };
    }
}
