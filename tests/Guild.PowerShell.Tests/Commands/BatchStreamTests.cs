using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>What is seen of a batch while it runs, and what can be done with one that is there.</summary>
public sealed class BatchStreamTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void Trials_that_run_one_after_the_other_show_what_they_print()
    {
        string[] texts = [.. Enumerable.Range(0, 12).Select(i => $"{(char)('a' + i)}")];

        var lines = Run($"$null = Invoke-GuildOperation say -text {string.Join(',', texts)} -ThrottleLimit 1").InformationText.Where(l => l.Contains("Running trial", StringComparison.Ordinal) || texts.Contains(l.Trim('"'), StringComparer.Ordinal)).ToList();

        Assert.Equal(texts.Length * 2, lines.Count);
        Assert.All(texts.Index(), text =>
        {
            Assert.Contains($", text={text.Item}, ", lines[text.Index * 2], StringComparison.Ordinal);
            Assert.Equal($"\"{text.Item}\"", lines[(text.Index * 2) + 1]);
        });
    }

    [Fact]
    public void Trials_side_by_side_show_when_they_begin_and_nothing_else()
    {
        var result = Run("$global:batch = Invoke-GuildOperation say -text a,b -ThrottleLimit 2 -Verbose");

        Assert.Equal(2, result.Information.Count);
        Assert.All(result.InformationText, l => Assert.Contains("Running trial", l, StringComparison.Ordinal));
        Assert.Equal(2, result.Verbose.Count(v => v.EndsWith("completed.", StringComparison.Ordinal)));
        Assert.Contains("\"a\"", Texts("Get-GuildRun -Batch $batch | Get-GuildRunOutput | ForEach-Object Text"));
    }

    [Fact]
    public void A_bar_counts_trials_and_names_the_best()
    {
        Write("guild.yml", TestGuildFile.Text.Split("    say:")[0] + "    op:\n      exec: 'sh -c \"echo score: ${x}\"'\n      flags: {x: 1}\n");

        var bars = Run("$null = Invoke-GuildOperation op -x 0.5,0.25 -Minimize score -ThrottleLimit 1 -Quiet").Progress.Where(p => p.Activity.StartsWith("m:op: ", StringComparison.Ordinal)).ToList();

        Assert.Contains(bars, p => p.Activity == "m:op: 0 of 2 done, 1 running");
        Assert.Contains(bars, p => p.Activity == "m:op: 1 of 2 done, 1 running" && p.StatusDescription == "best score 0.5 (x=0.5)");
        Assert.Equal(ProgressRecordType.Completed, bars[^1].RecordType);
        Assert.Contains("best score 0.25 (x=0.25)", bars[^1].StatusDescription, StringComparison.Ordinal);
        Assert.Single(bars.Select(p => p.ActivityId).Distinct());
    }

    [Fact]
    public void Trials_share_out_the_devices()
    {
        Write("guild.yml", "op:\n  exec: 'sh -c \"echo device $CUDA_VISIBLE_DEVICES\"'\n  flags: {x: 1}\n");
        Run("$global:batch = Invoke-GuildOperation op -x 1,2,3,4 -Gpu 2,3 -Quiet");

        var devices = Texts("Get-GuildRun -Batch $batch | Get-GuildRunOutput | ForEach-Object Text");

        Assert.Equal(4, devices.Count);
        Assert.All(devices, d => Assert.Contains(d, new[] { "device 2", "device 3" }));
    }

    [Fact]
    public void A_batch_in_the_background_is_stopped_with_its_trials()
    {
        Write("guild.yml", TestGuildFile.Text.Split("    say:")[0] + "    op:\n      exec: 'sleep 300'\n      flags: {x: 1}\n");
        Run("$global:batch = Start-GuildOperation op -x 1,2 -ThrottleLimit 2");
        var begun = DateTime.UtcNow;
        while (Texts("@(Get-GuildRun -Batch $batch -Status Running).Count").Single() != "2")
        {
            Assert.True(DateTime.UtcNow - begun < TimeSpan.FromMinutes(2), string.Join('\n', Texts("Get-GuildRun | ForEach-Object { \"$($_.Operation) $($_.Status) $($_.StatusReason)\" }")));
        }

        var result = Run("(Stop-GuildRun $batch.Id -PassThru).Status; @(Get-GuildRun -Batch $batch -Status Running).Count");

        Assert.Empty(result.Errors.Select(e => e.ToString()));
        Assert.Equal(["terminated", "0"], result.Text);
    }

    [Fact]
    public void A_batch_is_exported_and_imported_with_its_trials()
    {
        Run("$global:batch = Invoke-GuildOperation say -count 1,2 -Quiet");
        var archive = Path.Combine(Home, "elsewhere", "runs.zip");

        Assert.Equal(
            ["2", "completed"],
            Texts($"$null = Get-GuildRun | Export-GuildRun -DestinationPath '{archive}'; Get-GuildRun | Remove-GuildRun -Permanent -Confirm:$false; $null = Import-GuildRun '{archive}'; $b = Get-GuildRun $batch.Id; @(Get-GuildRun -Batch $b).Count; $b.Status"));
    }

    [Theory]
    [InlineData("tpe")]
    [InlineData("gp")]
    public void Optimizers_that_learn_find_values_of_the_range(string optimizer)
    {
        Write("guild.yml", TestGuildFile.Text.Split("    say:")[0] + "    op:\n      exec: 'sh -c \"echo score: ${x}\"'\n      flags: {x: 1.0}\n");

        Assert.Equal(
            ["5", "minimize score", "True"],
            Texts($"$b = Invoke-GuildOperation op -Flag @{{ x = '[0.5:2.0]' }} -Optimizer {optimizer} -Minimize score -MaxTrials 5 -RandomSeed 2 -Quiet; $b.TrialStatus.completed; $b.Objective; $b.BestValue -ge 0.5 -and $b.BestValue -le 2"));
    }
}
