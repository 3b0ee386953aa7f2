namespace Guild.Bench;

/// <summary>What questions to a home of ten thousand runs cost, against looking at the same folders.</summary>
internal static class RunLists
{
    private const int Rounds = 15;

    internal static IEnumerable<Comparison> Comparisons()
    {
        var session = new Session(() => ManyRuns.Home.Path, () => Projects.Empty);
        void Invoke(string command) => session.Invoke(command);

        yield return Of("first look at 10,000 runs, no index", () => Invoke("$null = Get-GuildRun"), rounds: 3) with { Before = ManyRuns.DeleteIndex };
        yield return Of("Get-GuildRun of 10,000", () => Invoke("$null = Get-GuildRun"));
        yield return Of("Get-GuildRun -First 20 of 10,000", () => Invoke("$null = Get-GuildRun -First 20"));
        yield return Of("first filter by a scalar over 10,000, no index", () => Invoke("$null = Get-GuildRun -Filter 'loss < 0.005'"), rounds: 3) with { Before = ManyRuns.DeleteIndex };
        yield return Of("Get-GuildRun -Filter by a flag and a scalar over 10,000", () => Invoke("$null = Get-GuildRun -Filter 'lr < 0.05 and loss < 0.005'"));
        yield return Of("Get-GuildRun -Filter that gives none of 10,000", () => Invoke("$null = Get-GuildRun -Filter 'optimizer = none'"));
        yield return Of("Get-GuildRun by id prefix of 10,000", () => Invoke($"$null = Get-GuildRun {ManyRuns.AnyPrefix}"));
        yield return Of("Compare-GuildRun of 10,000", () => Invoke("$null = Compare-GuildRun")) with { Before = ManyRuns.LoadScalars };
        yield return Of("Compare-GuildRun of 10,000, -Column '=lr, min loss'", () => Invoke("$null = Compare-GuildRun -Column '=lr, min loss'")) with { Before = ManyRuns.LoadScalars };
        yield return new("Scalars of one run of a million values : read their bytes", ManyRuns.ReadLongFile, ManyRuns.ReadLongScalars, Rounds);
        yield return Of("Get-GuildRun of 10,000, 100 of them changed", () => Invoke("$null = Get-GuildRun")) with { Before = ManyRuns.ChangeHundred };
    }

    private static Comparison Of(string name, Action subject, int rounds = Rounds) => new($"{name} : enumerate and stat", ManyRuns.EnumerateAndLook, subject, rounds);
}
