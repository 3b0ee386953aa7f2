using System.Diagnostics;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Host;

/// <summary>What is left when the program <c>guild</c> is killed while it runs an operation. The engine's tests kill more often, this one the real host.</summary>
public sealed class KilledHostTests : IDisposable
{
    private const int Kills = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_host_leaves_runs_that_are_listed_as_ended_and_the_next_run_works()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.Write("project/guild.yml", "op: {exec: \"sh -c 'sleep 0.3; echo loss: 1'\"}\n");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < Kills; i++)
        {
            int before = Runs();
            using Process host = ProcessRun.StartGuild(Words("run", "op", "-y"));

            // Every other kill comes while there is a run for sure.
            await Eventually(() => i % 2 == 0 || host.HasExited || Runs() > before, seed);
            await Task.Delay(random.Next(0, i % 2 == 0 ? 1500 : 500));
            host.Kill();
            await host.WaitForExitAsync();
        }

        await Eventually(() => !List().Contains("running", StringComparison.Ordinal), seed);
        Assert.All(List().Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(" (completed|error)\\s*$", line));

        ProcessRun next = ProcessRun.Guild(Words("run", "op", "-y"));
        Assert.Equal((0, "loss: 1\n"), (next.ExitCode, next.Output));
        Assert.StartsWith("[1:", List(), StringComparison.Ordinal);
        Assert.Matches("^\\[1:[0-9a-f]+\\] .* completed", List());
    }

    private string[] Words(params string[] words) => ["-H", Path.Combine(_folder.Path, "home"), "-C", Path.Combine(_folder.Path, "project"), .. words];

    private string List() => ProcessRun.Guild(Words("runs")).Output;

    private int Runs()
    {
        var runs = Path.Combine(_folder.Path, "home", "runs");
        return Directory.Exists(runs) ? Directory.GetDirectories(runs).Length : 0;
    }

    private static async Task Eventually(Func<bool> isSo, int seed)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < Limit, $"It did not come about in time, with the seed {seed}.");
            await Task.Delay(10);
        }
    }
}
