namespace Guild.PowerShell.Tests.Commands;

/// <summary>Many flag values by one command: what asks for a batch, what is planned, and what comes out.</summary>
public sealed class BatchTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void Lists_are_a_grid_and_only_the_batch_comes_out()
    {
        var result = Run("Invoke-GuildOperation say -Flag @{ count = 1, 2; rate = 0.1, 0.2 } -Quiet");

        Assert.Empty(result.Errors);
        var batch = Assert.Single(result.Output)!;
        Assert.Equal("m:say+", batch.Properties["Operation"].Value);
        Assert.Equal(true, batch.Properties["IsBatch"].Value);
        Assert.Equal(4, ((string[])batch.Properties["TrialIds"].Value).Length);
        Assert.Equal(["m:say completed 1 0.1", "m:say completed 1 0.2", "m:say completed 2 0.1", "m:say completed 2 0.2"], Texts(
            "Get-GuildRun -Batch $args[0] | ForEach-Object { \"$($_.Operation) $($_.Status) $($_.Flags.count) $($_.Flags.rate)\" }", batch).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_plan_has_the_trials_of_a_grid_in_the_order_of_flag_names()
    {
        Assert.Equal(
            ["4 grid minimize loss", "1: 1 0.1", "2: 1 0.2", "3: 2 0.1", "4: 2 0.2"],
            Texts("$p = Get-GuildPlan say -Flag @{ rate = 0.1, 0.2; count = 1, 2 }; \"$($p.TrialCount) $($p.Optimizer) $($p.Objective)\"; $p.Trials | ForEach-Object { \"$($_.Number): $($_.Flags.count) $($_.Flags.rate)\" }"));
    }

    [Fact]
    public void A_plan_shows_the_command_of_the_first_trial()
    {
        Assert.Equal(["--count 1", "1,2", "1"], Texts("$p = Get-GuildPlan say -count 1,2; \"$($p.Command[3..4])\"; $p.Flags.count -join ','; $p.Environment.FLAG_COUNT"));
    }

    [Fact]
    public void An_ordered_table_keeps_its_order()
    {
        Assert.Equal(
            ["1 0.1", "2 0.1", "1 0.2", "2 0.2"],
            Texts("(Get-GuildPlan say -Flag ([ordered]@{ rate = 0.1, 0.2; count = 1, 2 })).Trials | ForEach-Object { \"$($_.Flags.count) $($_.Flags.rate)\" }"));
    }

    [Theory]
    [InlineData("say -count 1,2 -rate 0.5", "1 0.5|2 0.5")]
    [InlineData("say -Flag @{ count = 'range[1:3]' }", "1 0.1|2 0.1|3 0.1")]
    [InlineData("say count=[1,2] rate=0.5", "1 0.5|2 0.5")]
    [InlineData("say 'count=[1, 2]'", "1 0.1|2 0.1")]
    [InlineData("say -Flag @{ count = (New-GuildSpace -Choice 4, 5) }", "4 0.1|5 0.1")]
    public void Parameters_words_and_spaces_take_lists(string request, string trials)
    {
        Assert.Equal(trials.Split('|'), Texts($"(Get-GuildPlan {request}).Trials | ForEach-Object {{ \"$($_.Flags.count) $($_.Flags.rate)\" }}"));
    }

    [Theory]
    [InlineData("-Flag @{ rate = (New-GuildSpace 0.001 1 -Distribution LogUniform) }")]
    [InlineData("-rate '[0.001:1]'")]
    [InlineData("-Flag @{ rate = 'loguniform[0.001:1]' }")]
    [InlineData("rate=uniform[0.001:1]")]
    public void A_range_asks_for_a_random_search(string flags)
    {
        var values = Texts($"$p = Get-GuildPlan say {flags} -MaxTrials 5 -RandomSeed 3; \"$($p.Optimizer) $($p.TrialCount)\"; $p.Trials | ForEach-Object {{ $_.Flags.rate }}");

        Assert.Equal("random 5", values[0]);
        Assert.Equal(5, values.Skip(1).Distinct().Count());
        Assert.All(values.Skip(1), v => Assert.InRange(double.Parse(v, System.Globalization.CultureInfo.InvariantCulture), 0.001, 1));
    }

    [Fact]
    public void A_seed_makes_the_same_trials_again()
    {
        const string Plan = "(Get-GuildPlan say -Flag @{ rate = '[0:1]' } -MaxTrials 4 -RandomSeed 11).Trials | ForEach-Object { $_.Flags.rate }";

        Assert.Equal(Texts(Plan), Texts(Plan));
    }

    [Fact]
    public void Rows_of_the_pipeline_are_one_batch()
    {
        var lines = Texts("$rows = [pscustomobject]@{ count = '2'; text = 'a b' }, @{ count = 3 }; $b = $rows | Invoke-GuildOperation say -rate 0.5 -Quiet; $b.Operation; Get-GuildRun -Batch $b | ForEach-Object { \"$($_.Flags.count.GetType().Name) $($_.Flags.count) $($_.Flags.text) $($_.Flags.rate)\" }");

        Assert.Equal("m:say+", lines[0]);
        Assert.Equal(["Int32 2 a b 0.5", "Int32 3 hello 0.5"], lines.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_row_is_a_plain_run()
    {
        Assert.Equal(["m:say False 7"], Texts("$r = [pscustomobject]@{ count = '7' } | Invoke-GuildOperation say -Quiet; \"$($r.Operation) $($r.IsBatch) $($r.Flags.count)\""));
    }

    [Fact]
    public void Trials_of_a_plan_are_rows()
    {
        Assert.Equal(["2"], Texts("$b = (Get-GuildPlan say -Flag @{ count = 1, 2, 3 }).Trials | Where-Object Number -ne 2 | Invoke-GuildOperation say -Quiet; $b.TrialIds.Count"));
    }

    [Fact]
    public void A_column_that_is_no_flag_is_one_error_with_its_row_and_nothing_is_run()
    {
        var result = Run("$rows = @{ count = 1 }, [pscustomobject]@{ cuont = 1 }, [pscustomobject]@{ cuont = 2 }; $rows | Invoke-GuildOperation say -Quiet");

        var error = Assert.Single(result.Errors);
        Assert.Equal("FlagInvalid", IdOf(error));
        Assert.Contains("Trial 2", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("cuont", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("@{cuont=1}", TargetOf(error));
        Assert.Empty(result.Output);
        Assert.Empty(Texts("Get-GuildRun"));
    }

    [Fact]
    public void What_is_no_row_is_an_error_before_anything_is_run()
    {
        var error = Error("@{ count = 1 }, 5 | Invoke-GuildOperation say -Quiet");

        Assert.Equal("RequestInvalid", IdOf(error));
        Assert.Contains("Int32", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Texts("Get-GuildRun"));
    }

    [Fact]
    public void A_file_of_trials_is_a_batch()
    {
        Write("trials.csv", "count,text\n1,a\n2,b\n");

        Assert.Equal(["1 a", "2 b"], Texts("(Get-GuildPlan say '@trials.csv').Trials | ForEach-Object { \"$($_.Flags.count) $($_.Flags.text)\" }"));
    }

    [Fact]
    public void Names_objects_and_runs_of_the_pipeline_still_name_operations()
    {
        Assert.Equal(
            ["m:say", "m:other", "m:say", "m:other"],
            Texts("'say' | Invoke-GuildOperation -Quiet | ForEach-Object Operation; Get-GuildOperation m:other | Invoke-GuildOperation -Quiet | ForEach-Object Operation; Get-GuildRun -Operation say | Invoke-GuildOperation -Quiet | ForEach-Object Operation; [pscustomobject]@{ FullName = 'm:other' } | Invoke-GuildOperation -Quiet | ForEach-Object Operation"));
    }

    [Fact]
    public void Trials_that_fail_are_a_warning_and_not_an_error()
    {
        Write("guild.yml", Fickle());
        var result = Run("$global:batch = Invoke-GuildOperation op -Flag @{ code = 0, 3, 0 } -Quiet; $batch");

        Assert.Empty(result.Errors);
        Assert.Contains("1 of 3 trials failed", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["completed", "2", "1"], Texts("$batch.Status; $batch.TrialStatus.completed; $batch.TrialStatus.error"));
        Assert.Equal(["3"], Texts("Get-GuildRun -Batch $batch.ShortId -Status error | ForEach-Object ExitCode"));
    }

    [Fact]
    public void A_batch_that_a_failure_ends_is_an_error_with_the_batch_as_target()
    {
        Write("guild.yml", Fickle());
        var result = Run("Invoke-GuildOperation op -Flag @{ code = 3, 0, 0 } -StopOnError -ThrottleLimit 1 -Quiet");

        var error = Assert.Single(result.Errors);
        var batch = Assert.Single(result.Output)!;
        Assert.Null(result.Terminating);
        Assert.Equal(("OperationFailed", batch.Properties["Id"].Value), (IdOf(error), TargetOf(error)));
        Assert.Equal(3, batch.Properties["ExitCode"].Value);
    }

    [Fact]
    public void The_best_trial_is_known_by_the_objective()
    {
        Write("guild.yml", Fickle());

        Assert.Equal(
            ["maximize score", "0.5", "2", "True"],
            Texts("$b = Invoke-GuildOperation op -Flag @{ x = 0.25, 0.5, 0.125 } -Maximize score -Quiet; $b.Objective; $b.BestValue; $t = Get-GuildRun $b.BestTrialId; $t.TrialNumber; $t.BatchId -eq $b.Id"));
    }

    [Fact]
    public void A_search_has_one_objective()
    {
        Assert.Equal("RequestInvalid", IdOf(Error("Get-GuildPlan say -count 1,2 -Minimize a -Maximize b")));
    }

    [Fact]
    public void What_only_a_batch_has_is_a_warning_for_a_single_run()
    {
        var result = Run("Get-GuildPlan say -MaxTrials 3 | ForEach-Object Warnings");

        Assert.Contains("MaxTrials", Assert.Single(result.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_shows_the_first_trials_and_how_many_more()
    {
        var result = Run("Invoke-GuildOperation say -Flag @{ count = 1..10; rate = 0.1, 0.2, 0.3 } -WhatIf");

        Assert.Empty(result.Output);
        Assert.Empty(Texts("Get-GuildRun"));
    }

    [Fact]
    public void A_run_that_is_no_batch_has_no_trials()
    {
        Assert.Equal(["True", "0", "True"], Texts("$r = Invoke-GuildOperation say -Quiet; $null -eq $r.BestValue; $r.TrialIds.Count; $null -eq $r.BatchId"));
        Assert.Equal("RequestInvalid", IdOf(Error("Get-GuildRun -Batch 1")));
    }

    [Fact]
    public void Staged_trials_are_started_one_by_one()
    {
        Assert.Equal(
            ["2", "", "2", "completed"],
            Texts("$b = Invoke-GuildOperation say -count 1,2 -StageTrial -Quiet; $b.TrialStatus.staged; $b.TrialStatus.completed; Get-GuildRun -Batch $b | Start-GuildRun -Quiet | ForEach-Object Status | ForEach-Object { $global:done = 1 + $global:done }; $global:done; (Get-GuildRun -Batch $b -First 1).Status"));
    }

    [Fact]
    public void Staged_trials_are_run_by_a_restart_of_their_batch()
    {
        Assert.Equal(["3", "3 "], Texts("$b = Invoke-GuildOperation say -count 1,2,3 -StageTrial -Quiet; $b.TrialStatus.staged; $b = Restart-GuildRun $b.Id -Quiet; \"$($b.TrialStatus.completed) $($b.TrialStatus.staged)\""));
    }

    [Fact]
    public void A_staged_batch_is_started()
    {
        Assert.Equal(
            ["staged 0", "completed 2"],
            Texts("$b = Invoke-GuildOperation say -count 1,2 -Stage -Quiet; \"$($b.Status) $($b.TrialIds.Count)\"; $b = $b | Start-GuildRun -Quiet; \"$($b.Status) $($b.TrialIds.Count)\""));
    }

    [Fact]
    public void A_batch_goes_on_where_it_was_ended()
    {
        Write("guild.yml", Fickle());
        var lines = Texts("$global:b = try { Invoke-GuildOperation op -Flag @{ code = 3, 0, 0 } -StopOnError -ThrottleLimit 1 -Quiet -ErrorAction SilentlyContinue } catch { }; $b = Get-GuildRun | Where-Object IsBatch; $b.TrialIds.Count; $b = Restart-GuildRun $b.Id -Quiet -ErrorAction SilentlyContinue -WarningAction SilentlyContinue; $b.TrialStatus.completed");

        Assert.Equal(["1", "2"], lines);
    }

    [Fact]
    public void Flags_of_a_batch_cannot_be_changed()
    {
        var error = Error("$b = Invoke-GuildOperation say -count 1,2 -Quiet; Restart-GuildRun $b.Id -Flag @{ count = 3 }");

        Assert.Equal("RequestInvalid", IdOf(error));
    }

    [Fact]
    public void A_batch_and_a_trial_are_deleted_each_for_itself()
    {
        Assert.Equal(
            ["2", "1", "1"],
            Texts("$b = Invoke-GuildOperation say -count 1,2 -Quiet; $t = @(Get-GuildRun -Batch $b); $t.Count; Remove-GuildRun $t[0].Id; @(Get-GuildRun -Batch $b).Count; Remove-GuildRun $b.Id; @(Get-GuildRun).Count"));
    }

    [Fact]
    public void A_batch_in_the_background_is_waited_for()
    {
        Assert.Equal(
            ["completed 2", "True"],
            Texts("$b = Start-GuildOperation say -count 1,2 | Wait-GuildRun -Timeout 120; \"$($b.Status) $($b.TrialStatus.completed)\"; @(Get-GuildRunOutput $b.Id | Where-Object Text -like '*Running trial*').Count -eq 2"));
    }

    [Fact]
    public void A_batch_that_is_there_already_is_not_run_again_if_only_what_is_needed_is_wanted()
    {
        Assert.Equal(
            ["True", "False"],
            Texts("$a = Invoke-GuildOperation say -count 1,2 -Quiet; $b = Invoke-GuildOperation say -count 1,2 -Needed -Quiet 6>$null; $a.Id -eq $b.Id; (Invoke-GuildOperation say -count 1,3 -Needed -Quiet).Id -eq $a.Id"));
    }

    [Fact]
    public void A_batch_as_prototype_is_searched_again_in_its_project()
    {
        Assert.Equal(
            ["True", "random 2 0 3", "grid 2"],
            Texts("$b = Invoke-GuildOperation say -Flag @{ rate = '[0:3]' } -MaxTrials 2 -Quiet; $b.ProjectPath -eq $TestLocation; $p = $b | Get-GuildPlan -MaxTrials 2; $r = $p.Flags.rate; \"$($p.Optimizer) $($p.TrialCount) $($r.TrimStart('[').Split(':')[0]) $($r.TrimEnd(']').Split(':')[1])\"; $g = Invoke-GuildOperation say -count 1,2 -Quiet | Get-GuildPlan; \"$($g.Optimizer) $($g.TrialCount)\""));
    }

    [Fact]
    public void Gpus_are_shown_to_a_plain_run()
    {
        Assert.Equal(["0,1"], Texts("(Get-GuildPlan say -Gpu 0,1).Environment.CUDA_VISIBLE_DEVICES"));
    }

    [Fact]
    public void A_run_that_takes_longer_than_it_may_is_terminated()
    {
        var result = Run("Invoke-GuildOperation wait -Timeout 1 -Quiet");
        const string Because = "The run was ended because it took longer than 1 second.";

        Assert.Equal("OperationFailed", IdOf(Assert.Single(result.Errors)));
        var run = Assert.Single(result.Output)!;
        Assert.Equal(("terminated", Because), (run.Properties["Status"].Value, run.Properties["StatusReason"].Value));
        Assert.Equal([Because], result.Warnings);
        Assert.Equal([Because], Texts("(Get-GuildRun 1).Notes"));
    }

    [Fact]
    public void A_run_in_the_background_that_takes_longer_than_it_may_says_so_like_any_other()
    {
        var run = Assert.Single(Run("Start-GuildOperation wait -Timeout 0.5 | Wait-GuildRun -Timeout 60").Output)!;

        Assert.Equal("terminated", run.Properties["Status"].Value);
        Assert.Equal("The run was ended because it took longer than 0.5 seconds.", run.Properties["StatusReason"].Value);
        Assert.Equal(["The run was ended because it took longer than 0.5 seconds."], Texts("(Get-GuildRun 1).Notes"));
    }

    [Theory]
    [InlineData("Invoke-GuildOperation wait -Quiet -Timeout ([timespan]'60.00:00:00')")]
    [InlineData("Invoke-GuildOperation wait -Quiet -TrialTimeout ([timespan]'-00:00:05')")]
    [InlineData("Start-GuildOperation wait -Timeout ([timespan]'60.00:00:00')")]
    [InlineData("Wait-GuildRun 1 -Timeout ([timespan]'60.00:00:00')")]
    public void A_limit_that_no_timer_can_keep_is_refused_before_anything_is_run(string command)
    {
        Assert.StartsWith("ParameterArgumentValidationError", Error(command).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Texts("Get-GuildRun"));
    }

    // Exits as it is told, and prints its score.
    private static string Fickle() => TestGuildFile.Text.Split("    say:")[0] + """
            op:
              exec: 'sh -c "echo score: ${x}; exit ${code}"'
              flags: {x: 0.5, code: 0}
        """;
}
