using System.Globalization;

namespace Guild.Bench;

/// <summary>What it costs to list and to start trials that were staged, in a batch of ten thousand beside one of a hundred: no trial may have to read all others.</summary>
internal static class StagedTrials
{
    private const int Few = 100;
    private const int Many = 10_000;
    private const int Started = 5;

    private static readonly Lazy<string> Project = new(MakeProject);

    private static readonly Batch Small = new(Few);

    private static readonly Batch Large = new(Many);

    internal static IEnumerable<Comparison> Comparisons()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return new Comparison(
            "start 5 of 10,000 staged trials by their ids : 5 of 100",
            Small.Start,
            Large.Start,
            Rounds: 9,
            WarmUpRounds: 2)
        {
            Before = () =>
            {
                Small.Prepare();
                Large.Prepare();
            },
        };
        yield return new Comparison(
            "list the trials of a batch of 10,000 : all runs of the home",
            () => Large.Do("$null = Get-GuildRun"),
            () => Large.Do("$null = Get-GuildRun -Batch $batch"),
            Rounds: 9,
            WarmUpRounds: 2)
        {
            Before = Large.Prepare,
        };
    }

    private static string MakeProject()
    {
        string project = Scratch.NewFolder("staged-project");
        File.WriteAllText(Path.Join(project, "guild.yml"), "noop:\n  exec: 'true'\n  sourcecode: no\n  flags: {n: 1}\n");
        return project;
    }

    // A batch in a home of its own, made when it is first asked for.
    private sealed class Batch
    {
        private readonly Lazy<string> _home = new(() => Scratch.NewFolder("staged-home"));
        private readonly Session _session;
        private readonly int _count;
        private bool _isThere;
        private int _next;

        public Batch(int count)
        {
            _count = count;
            _session = new Session(() => _home.Value, () => Project.Value);
        }

        public void Do(string command) => _session.Invoke(command);

        public void Start()
        {
            _session.Invoke(string.Create(CultureInfo.InvariantCulture, $"$null = $ids[{_next}..{_next + Started - 1}] | Start-GuildRun -Quiet"));
            _next += Started;
        }

        public void Prepare()
        {
            if (_isThere)
            {
                return;
            }

            _session.Invoke(string.Create(CultureInfo.InvariantCulture, $"$global:batch = (Invoke-GuildOperation noop 'n=range[1:{_count}]' -StageTrial -Quiet).Id; $global:ids = (Get-GuildRun $batch).TrialIds; if ($ids.Count -ne {_count}) {{ throw 'Trials are missing.' }}"));

            // The index takes what is two seconds old.
            Thread.Sleep(TimeSpan.FromSeconds(3));
            _session.Invoke("$null = Get-GuildRun");
            _isThere = true;
        }
    }
}
