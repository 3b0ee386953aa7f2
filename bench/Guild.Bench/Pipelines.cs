using System.Globalization;
using System.Text;

namespace Guild.Bench;

/// <summary>What it costs to see that nothing of a pipeline of a thousand steps is to be done, beside listing the same runs.</summary>
internal static class Pipelines
{
    private const int Pairs = 500;

    private static readonly Lazy<string> Home = new(() => Scratch.NewFolder("pipeline-home"));

    private static readonly Lazy<string> Project = new(Make);

    private static readonly Session Session = new(() => Home.Value, () => Project.Value);

    private static bool s_hasRun;

    internal static IEnumerable<Comparison> Comparisons()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        yield return new Comparison("up-to-date check of a pipeline of 1,000 steps : Get-GuildRun", () => Session.Invoke("$null = Get-GuildRun"), Check, Rounds: 9, WarmUpRounds: 2) { Before = RunOnce };
    }

    private static void Check() => Session.Invoke("$steps = (Get-GuildPlan all).Steps; if ($steps.Needed -contains $true -or $steps.Count -ne 1000) { throw 'Steps are needed.' }");

    // The first run makes all there is to compare with; the index takes what is two seconds old.
    private static void RunOnce()
    {
        if (!s_hasRun)
        {
            Session.Invoke("$null = Invoke-GuildOperation all -Quiet");
            Thread.Sleep(TimeSpan.FromSeconds(3));
            Session.Invoke("$null = Get-GuildRun");
            s_hasRun = true;
        }
    }

    private static string Make()
    {
        string folder = Scratch.NewFolder("pipeline-project");
        var text = new StringBuilder();
        text.Append("make: {exec: touch made, flags: {i: 0}, requires: {file: data.csv}}\n");
        text.Append("use: {exec: 'true', flags: {i: 0}, requires: {operation: make, select: made}}\n");
        text.Append("all:\n  steps:\n");
        for (int i = 0; i < Pairs; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - make i={i}\n    - use i={i}\n");
        }

        File.WriteAllText(Path.Join(folder, "guild.yml"), text.ToString());
        File.WriteAllText(Path.Join(folder, "data.csv"), "1,2,3\n");
        return folder;
    }
}
