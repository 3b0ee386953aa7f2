using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Set-GuildRun, Remove-GuildRun and Start-GuildRun.</summary>
public sealed class ChangeRunTests : CommandTests
{
    public ChangeRunTests(SharedSession shared)
        : base(shared)
    {
        Run("$null = Invoke-GuildOperation other -Label old -Tag a, b -Quiet; $null = Invoke-GuildOperation other -Stage -Quiet; $null = Invoke-GuildOperation n:other -Quiet");
    }

    [Fact]
    public void Label_tags_mark_and_comment_are_changed()
    {
        var texts = Texts("Set-GuildRun 3 -Label new -AddTag c -RemoveTag a -Marked -Comment hello -PassThru | ForEach-Object { $_.Label; $_.Tags -join ','; $_.Marked; $_.Comments.Body }");

        Assert.Equal(["new", "b,c", "True", "hello"], texts);
    }

    [Fact]
    public void An_empty_label_removes_it_and_false_removes_the_mark()
    {
        Assert.Equal(["True", "False"], Texts("Set-GuildRun 3 -Marked; Set-GuildRun 3 -Label '' -Marked:$false; $r = Get-GuildRun 3; $null -eq $r.Label; $r.Marked"));
    }

    [Theory]
    [InlineData("Set-GuildRun 3 -Label x")]
    [InlineData("Remove-GuildRun 3")]
    [InlineData("Start-GuildRun 2 -Quiet -WhatIf")]
    public void Without_PassThru_changing_is_silent(string command)
    {
        var result = Run(command);

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("Set-GuildRun 1 -Label x -AddTag y -Marked -Comment z")]
    [InlineData("Get-GuildRun | Set-GuildRun -Label x")]
    [InlineData("Remove-GuildRun 1")]
    [InlineData("Get-GuildRun | Remove-GuildRun -Permanent -Force")]
    [InlineData("Start-GuildRun 2")]
    [InlineData("Invoke-GuildOperation other")]
    [InlineData("Invoke-GuildOperation other -Stage")]
    public void WhatIf_changes_nothing(string command)
    {
        var before = Store();

        var result = Run($"{command} -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(before, Store());
    }

    [Theory]
    [InlineData("Set-GuildRun 1 -Label x -AddTag y, z -Marked -Comment w", "Set label 'x', add tag 'y', add tag 'z', mark, add comment")]
    [InlineData("Set-GuildRun 1 -Label '' -RemoveTag y -Marked:$false", "Remove label, remove tag 'y', remove mark")]
    [InlineData("Remove-GuildRun 1", "Move to the trash")]
    [InlineData("Remove-GuildRun 1 -Permanent -Force", "Delete for good")]
    [InlineData("Restart-GuildRun 1", "Restart")]
    [InlineData("Restart-GuildRun 1 -Stage", "Stage again")]
    public void WhatIf_says_what_is_done_and_with_which_run(string command, string action)
    {
        var run = Texts("$r = Get-GuildRun 1; \"$($r.ShortId) ($($r.Operation))\"").Single();

        Assert.Equal([$"What if: Performing the operation \"{action}\" on target \"run {run}\"."], WhatIf(command));
    }

    [Fact]
    public void WhatIf_of_a_run_that_cannot_be_started_is_the_error_that_the_start_would_be()
    {
        var id = Texts("(Get-GuildRun -Status Completed -First 1).Id").Single();

        Assert.Equal("RunStateInvalid", IdOf(Error($"Start-GuildRun {id} -WhatIf")));
    }

    [Fact]
    public void One_bad_run_among_three_is_one_error()
    {
        var result = Run("Set-GuildRun 1, zz, 3 -Label x -PassThru");

        Assert.Equal(2, result.Output.Count);
        Assert.Null(result.Terminating);
        Assert.Equal(("RunNotFound", "zz"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Fact]
    public void Runs_and_rows_and_ids_come_by_the_pipeline()
    {
        Assert.Equal(
            ["x", "y", "z"],
            Texts("""
                $null = Get-GuildRun 1 | Set-GuildRun -Label x
                $null = [pscustomobject]@{ Id = (Get-GuildRun 2).Id } | Set-GuildRun -Label y
                $null = '3' | Set-GuildRun -Label z
                Get-GuildRun | ForEach-Object Label
                """));
    }

    [Fact]
    public void A_run_outside_the_home_is_changed_as_an_object()
    {
        Assert.Equal(["far"], Texts("Invoke-GuildOperation other -RunDirectory away -Quiet | Set-GuildRun -Label far -PassThru | ForEach-Object Label"));
    }

    [Fact]
    public void Removing_moves_to_the_trash()
    {
        var texts = Texts("Remove-GuildRun 1 -PassThru | ForEach-Object Operation; @(Get-GuildRun).Count; @(Get-GuildRun -Deleted).Count");

        Assert.Equal(["n:other", "2", "1"], texts);
    }

    [Theory]
    [InlineData("Restore-GuildRun 1 -PassThru")]
    [InlineData("Get-GuildRun -Deleted | Restore-GuildRun -PassThru")]
    public void Restoring_brings_a_run_back(string command)
    {
        Assert.Equal(["n:other", "3", "0", "True"], Texts($"Remove-GuildRun 1; $r = {command}; $r.Operation; @(Get-GuildRun).Count; @(Get-GuildRun -Deleted).Count; $r.Path -eq (Get-GuildRun $r.Id).Path"));
    }

    [Fact]
    public void Restoring_shows_what_it_would_do_and_does_nothing()
    {
        Run("Remove-GuildRun 1");
        var before = Store();

        Run("Restore-GuildRun 1 -WhatIf");

        Assert.Equal(before, Store());
    }

    [Fact]
    public void Stopping_a_run_that_is_not_running_changes_nothing()
    {
        Assert.Equal(["completed"], Texts("Stop-GuildRun 1 -PassThru -Timeout 30 | ForEach-Object Status"));
    }

    [Fact]
    public void A_range_is_removed_as_it_was_when_the_command_began()
    {
        var kept = Texts("(Get-GuildRun 3).Id");

        Assert.Equal(kept, Texts("Remove-GuildRun 1:2; Get-GuildRun | ForEach-Object Id"));
    }

    [Fact]
    public void Places_are_those_of_the_list_that_the_user_saw()
    {
        var kept = Texts("(Get-GuildRun 3).Id");

        Assert.Equal(kept, Texts("Remove-GuildRun 1, 2; Get-GuildRun | ForEach-Object Id"));
    }

    [Theory]
    [InlineData("-Permanent -Force")]
    [InlineData("-Permanent -Confirm:$false")]
    public void Deleting_for_good_leaves_nothing(string words)
    {
        Assert.Equal(["2", "0"], Texts($"Remove-GuildRun 1 {words}; @(Get-GuildRun).Count; @(Get-GuildRun -Deleted).Count"));
    }

    [Fact]
    public void Deleting_for_good_asks_and_a_session_that_cannot_ask_deletes_nothing()
    {
        var result = Run("Remove-GuildRun 1 -Permanent");

        Assert.NotEmpty(result.Errors);
        Assert.Equal(["3"], Texts("@(Get-GuildRun).Count"));
    }

    [Fact]
    public void A_run_that_is_gone_is_not_found()
    {
        var result = Run("$r = Get-GuildRun 1; Remove-GuildRun 1; $r | Remove-GuildRun; $r | Set-GuildRun -Label x; $r | Start-GuildRun; $r | Get-GuildRunOutput");

        Assert.Equal(["RunNotFound"], result.Errors.Select(IdOf).Distinct());
        Assert.Equal(4, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category));
    }

    [Fact]
    public void Only_a_staged_run_can_be_started()
    {
        var error = Error("Start-GuildRun 1");

        Assert.Equal(("RunStateInvalid", Texts("(Get-GuildRun 1).Id")[0]), (IdOf(error), TargetOf(error)));
    }

    [Fact]
    public void A_staged_run_that_fails_gives_the_run_and_an_error()
    {
        var result = Run("Invoke-GuildOperation fail -Stage | Start-GuildRun -Quiet");

        Assert.Equal("error", Assert.Single(result.Output)!.Properties["Status"].Value);
        Assert.Equal("OperationFailed", IdOf(Assert.Single(result.Errors)));
    }

    [Fact]
    public void A_running_run_cannot_be_removed()
    {
        var id = Texts("(Get-GuildRun 1).Id")[0];
        var guild = Path.Combine(Home, "runs", id, ".guild");
        File.Delete(Path.Combine(guild, "attrs", "exit_status"));
        File.WriteAllText(Path.Combine(guild, "LOCK"), Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));

        var error = Error("Remove-GuildRun $args[0]", id);

        Assert.Equal(("RunStateInvalid", id), (IdOf(error), TargetOf(error)));
    }
}
