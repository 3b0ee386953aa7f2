using Guild.Engine.Runs;

namespace Guild.Bench;

/// <summary>What a run costs beyond its program, in a session that has run something before and in a home with ten thousand runs.</summary>
internal static class Runs
{
    private const int Rounds = 101;

    internal static IEnumerable<Comparison> Comparisons()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return new Comparison(
            "engine: a run of true : a bare spawn of true",
            () => BareSpawn.Run(Projects.TrueProgram),
            () => Projects.RunNoop(Projects.FullHome),
            Rounds,
            WarmUpRounds: 60);
        yield return new Comparison(
            "engine: a run of true : spawn and plain writes",
            () =>
            {
                BareSpawn.Run(Projects.TrueProgram);
                Projects.WriteFilesOfNoop();
            },
            () => Projects.RunNoop(Projects.FullHome),
            Rounds,
            WarmUpRounds: 20);
        yield return new Comparison(
            "Invoke-GuildOperation true : a bare spawn of true",
            () => BareSpawn.Run(Projects.TrueProgram),
            InvokeNoop("Invoke-GuildOperation noop -InformationAction Ignore"),
            Rounds,
            WarmUpRounds: 60);
        yield return new Comparison(
            "Invoke-GuildOperation true, shown : not shown",
            InvokeNoop("Invoke-GuildOperation noop -InformationAction Ignore"),
            InvokeNoop("Invoke-GuildOperation noop"),
            Rounds,
            WarmUpRounds: 60);
        yield return new Comparison(
            "list 10,000 runs : list their folders",
            () => _ = Directory.GetDirectories(Projects.FullHome.Home.RunsDirectory).Length,
            () => _ = new RunStore(Projects.FullHome.Home).List().Count(),
            Rounds: 3);
    }

    private static Action InvokeNoop(string command)
    {
        var session = new Session(() => Projects.FullHome.Home.Path, () => Projects.Empty);
        return () => session.Invoke(command);
    }
}
