namespace Guild.PowerShell.Tests.Commands;

/// <summary>Pipelines, and runs that are not needed, as a user of the cmdlets meets them.</summary>
public sealed class PipelineTests(SharedSession shared) : CommandTests(shared)
{
    private const string GuildFile = """
        - model: m
          operations:
            one: {exec: "sh -c 'echo one > one.txt'", flags: {x: 1}}
            two: {exec: cat one.txt, requires: {operation: one, select: one.txt}}
            bad: {exec: sh -c 'exit 9'}
            all: {flags: {x: 1}, steps: ['one x=${x}', two]}
            failing: {steps: [one, bad]}
        """;

    [Fact]
    public void A_pipeline_gives_its_run_with_the_ids_of_its_steps()
    {
        Write("guild.yml", GuildFile);

        Assert.Equal(
            ["m:all completed", "m:one", "m:two", "2"],
            Texts("$r = Invoke-GuildOperation m:all -Quiet; \"$($r.Operation) $($r.Status)\"; (Get-GuildRun $r.Steps.one).Operation; (Get-GuildRun $r.Steps.two).Operation; $r.Steps.Count"));
    }

    [Fact]
    public void The_error_of_a_pipeline_says_which_step_failed()
    {
        Write("guild.yml", GuildFile);

        var result = Run("Invoke-GuildOperation m:failing -Quiet");

        var error = Assert.Single(result.Errors);
        Assert.Equal("OperationFailed", IdOf(error));
        Assert.Contains("failed with exit code 9", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Step 'bad'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Restart-GuildRun", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_has_the_steps_with_their_reasons()
    {
        Write("guild.yml", GuildFile);
        Assert.Equal(["one True new", "two True new"], Texts("(Get-GuildPlan m:all).Steps | ForEach-Object { \"$($_.Name) $($_.Needed) $($_.Reason)\" }"));
        Run("Invoke-GuildOperation m:all -Quiet");

        Assert.Equal(["one False up to date", "two False up to date"], Texts("(Get-GuildPlan m:all).Steps | ForEach-Object { \"$($_.Name) $($_.Needed) $($_.Reason)\" }"));
        Assert.Equal(["one x: 1 → 2 m:one x=2", "two  m:two"], Texts("(Get-GuildPlan m:all -Flag @{x=2}).Steps | ForEach-Object { \"$($_.Name) $($_.Detail) $($_.Command)\" }"));
    }

    [Fact]
    public void What_is_not_needed_is_not_run_again_and_the_run_that_is_there_is_given()
    {
        Write("guild.yml", GuildFile);

        Assert.Equal(["True", "1"], Texts("$a = Invoke-GuildOperation m:one -Quiet; $b = Invoke-GuildOperation m:one -Needed -Quiet; $a.Id -eq $b.Id; @(Get-GuildRun).Count"));
        Assert.Equal(["True"], Texts("$a = Invoke-GuildOperation m:all -Needed -Quiet; $b = Invoke-GuildOperation m:all -Needed -Quiet; $a.Steps.two -eq $b.Steps.two"));
    }

    [Fact]
    public void Of_a_batch_only_the_trials_are_run_that_are_not_there()
    {
        Write("guild.yml", GuildFile);

        Assert.Equal(
            ["False up to date", "True flag changed", "True True", "2"],
            Texts("$r = Invoke-GuildOperation m:one -x 1 -Quiet; $p = Get-GuildPlan m:one -x 1,2 -Needed; $p.Trials | ForEach-Object { \"$($_.Needed) $($_.Reason)\" }; \"$($p.Needed) $($p.Trials[0].RunId -eq $r.Id)\"; $null = Invoke-GuildOperation m:one -x 1,2 -Needed -Quiet; @(Get-GuildRun -Operation one | Where-Object Operation -eq m:one).Count"));
    }

    [Fact]
    public void A_plan_says_whether_a_run_or_any_step_is_needed_if_that_is_asked()
    {
        Write("guild.yml", GuildFile);
        Run("Invoke-GuildOperation m:all -Quiet");

        Assert.Equal(["False up to date", "True flag changed one", "False up to date", "True"], Texts("(Get-GuildPlan m:one -Needed) | ForEach-Object { \"$($_.Needed) $($_.Reason)\" }; (Get-GuildPlan m:all -x 5 -Needed) | ForEach-Object { \"$($_.Needed) $($_.Reason) $($_.Detail)\" }; (Get-GuildPlan m:all -Needed) | ForEach-Object { \"$($_.Needed) $($_.Reason)\" }; $null -eq (Get-GuildPlan m:one).Needed"));
    }

    [Fact]
    public void A_failed_pipeline_is_continued_by_Restart_GuildRun_with_what_was_mended()
    {
        Write("guild.yml", GuildFile);
        Run("Invoke-GuildOperation m:failing -Quiet");
        const string Restart = "$r = Get-GuildRun -Operation failing -First 1; $one = $r.Steps.one; $bad = $r.Steps.bad; $n = Restart-GuildRun $r.Id -Quiet -ErrorAction SilentlyContinue; $n.Status; $n.Steps.one -eq $one; $n.Steps.bad -eq $bad";

        Assert.Equal(["error", "True", "True"], Texts(Restart));
        Write("guild.yml", GuildFile.Replace("exit 9", "exit 0", StringComparison.Ordinal));
        Assert.Equal(["completed", "True", "False"], Texts(Restart));
    }

    [Fact]
    public void What_does_not_need_a_failed_step_goes_on_if_that_is_asked_for()
    {
        Write("guild.yml", GuildFile.Replace("failing: {steps: [one, bad]}", "third: {exec: 'true', requires: {operation: bad, select: x}}\n    failing: {steps: [bad, third, one, two]}", StringComparison.Ordinal));

        Assert.Equal(["bad", "error 9", "one", "two"], Texts("$r = Invoke-GuildOperation m:failing -KeepGoing -Quiet -ErrorAction SilentlyContinue; \"$($r.Status) $($r.ExitCode)\"; $r.Steps.Keys").Order(StringComparer.Ordinal));
        Assert.Equal(["bad"], Texts("(Invoke-GuildOperation m:failing -Quiet -ErrorAction SilentlyContinue).Steps.Keys"));
    }

    [Fact]
    public void A_pipeline_that_is_continued_can_go_on_without_what_fails()
    {
        Write("guild.yml", GuildFile.Replace("failing: {steps: [one, bad]}", "failing: {steps: [bad, one, two]}", StringComparison.Ordinal));
        Run("$global:failed = Invoke-GuildOperation m:failing -Quiet -ErrorAction SilentlyContinue");

        Assert.Equal(["bad"], Texts("(Restart-GuildRun $failed -Quiet -ErrorAction SilentlyContinue).Steps.Keys"));
        Assert.Equal(["bad", "error", "one", "two"], Texts("$r = Restart-GuildRun $failed -KeepGoing -Quiet -ErrorAction SilentlyContinue; $r.Status; $r.Steps.Keys").Order(StringComparer.Ordinal));
        Assert.Contains("keep_going: true", PipelineOptions(), StringComparison.Ordinal);
        Run("$null = Restart-GuildRun $failed -ThrottleLimit 2 -Quiet -ErrorAction SilentlyContinue");
        Assert.Contains("keep_going: true", PipelineOptions(), StringComparison.Ordinal);
        Run("$null = Restart-GuildRun $failed -KeepGoing:$false -Quiet -ErrorAction SilentlyContinue");
        Assert.Contains("keep_going: false", PipelineOptions(), StringComparison.Ordinal);
        Run("$null = Restart-GuildRun $failed -ThrottleLimit 1 -Quiet -ErrorAction SilentlyContinue");
        Assert.Contains("throttle_limit: 1", PipelineOptions(), StringComparison.Ordinal);

        string PipelineOptions() => string.Join('\n', Texts("$f = \"$($failed.Path)/.guild/attrs/pipeline_options\"; if ([IO.File]::Exists($f)) { [IO.File]::ReadAllText($f) }"));
    }

    [Fact]
    public void Only_a_pipeline_can_keep_going()
    {
        Write("guild.yml", GuildFile);
        Run("$null = Invoke-GuildOperation m:one -Quiet");
        var error = Error("Restart-GuildRun 1 -KeepGoing");

        Assert.Equal("RequestInvalid", IdOf(error));
        Assert.Matches("^Run [0-9a-f]{8} \\(m:one\\) is no pipeline", error.Exception.Message);
        Assert.Equal(["completed"], Texts("(Get-GuildRun 1).Status"));
    }

    [Fact]
    public void A_pipeline_is_staged_again_and_its_steps_see_the_devices_that_are_given()
    {
        Write("guild.yml", GuildFile.Replace("failing: {steps: [one, bad]}", "failing: {steps: [see]}\n    see: {exec: 'sh -c \"echo gpus=$CUDA_VISIBLE_DEVICES; exit 5\"'}", StringComparison.Ordinal));
        Run("$global:failed = Invoke-GuildOperation m:failing -Quiet -ErrorAction SilentlyContinue");

        Assert.Equal(["staged"], Texts("(Restart-GuildRun $failed -Stage -Gpu 3).Status"));
        Run("$null = Start-GuildRun $failed -Quiet -ErrorAction SilentlyContinue");
        Assert.Equal(["gpus=3"], Texts("Get-GuildRunOutput (Get-GuildRun $failed.Id).Steps.see | Where-Object Text -like gpus=3* | ForEach-Object Text").Distinct());
    }

    [Fact]
    public void What_if_says_of_each_step_why_it_is_run_or_not()
    {
        Write("guild.yml", GuildFile.Replace("'one x=${x}', two]", "'one x=${x}', two, {run: one, name: kept, needed: yes}, {run: failing, name: inner}]", StringComparison.Ordinal));

        Assert.Equal(["one: m:one x=1 (new)", "two: m:two (new)", "kept: m:one --needed (new)", "inner: m:failing (new: inner/one)", "inner/one: m:one (new)", "inner/bad: m:bad (new)"], Steps("m:all"));
        Run("$null = Invoke-GuildOperation m:one -Quiet; $null = Invoke-GuildOperation m:two -Quiet");
        Assert.Equal(
            ["one: m:one x=1 (up to date, run all the same)", "two: m:two (up to date, run all the same)", "kept: m:one --needed (up to date, not run)", "inner: m:failing (new: inner/bad)", "inner/one: m:one (up to date, run all the same)", "inner/bad: m:bad (new)"],
            Steps("m:all"));
        Assert.Equal(
            ["one: m:one x=3 (flag changed: x: 1 → 3)", "two: m:two (upstream changed)", "kept: m:one --needed (up to date, not run)", "inner: m:failing (new: inner/bad)", "inner/one: m:one (up to date, not run)", "inner/bad: m:bad (new)"],
            Steps("m:all -x 3 -Needed"));
    }

    [Fact]
    public void What_if_says_of_each_trial_why_it_is_run_or_not()
    {
        Write("guild.yml", GuildFile);
        Run("$null = Invoke-GuildOperation m:one -x 2 -Quiet");

        Assert.Equal(["1   x=2 (up to date, run all the same)", "2   x=5 (flag changed: x: 2 → 5)"], Lines("m:one -Flag @{ x = 2, 5 }", "trial "));
        Assert.Equal(["1   x=2 (up to date, not run)", "2   x=5 (flag changed: x: 2 → 5)"], Lines("m:one -Flag @{ x = 2, 5 } -Needed", "trial "));
        Assert.Equal(["flag changed: x: 2 → 6"], Lines("m:one -x 6 -Needed", "reason    "));
        Assert.Empty(Lines("m:one -x 6", "reason    "));
    }

    [Fact]
    public void A_pipeline_that_takes_longer_than_it_may_says_so_and_its_step_is_terminated()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile.Replace("failing: {steps: [one, bad]}", "failing: {steps: [slow]}\n    slow: {exec: sleep 100}", StringComparison.Ordinal));
        var result = Run("Invoke-GuildOperation m:failing -Timeout 2 -Quiet");
        const string Because = "The run was ended because it took longer than 2 seconds.";

        Assert.EndsWith(Because, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["terminated", Because, "terminated", "0"],
            Texts("$r = Get-GuildRun -Operation failing; $r.Status; $r.StatusReason; $s = Get-GuildRun $r.Steps.slow; $s.Status; $s.Notes.Count"));
    }

    private IReadOnlyList<string> Steps(string request) => Lines(request, "step      ");

    // What -WhatIf says goes to the host, and nothing of it to the pipeline.
    private IReadOnlyList<string> Lines(string request, string kind) => [.. WhatIf($"Invoke-GuildOperation {request}").Select(l => l.Trim()).Where(l => l.StartsWith(kind, StringComparison.Ordinal)).Select(l => l[kind.Length..])];
}
