namespace Guild.PowerShell.Tests.Commands;

/// <summary>-KeepRun and -ForceSourceCode.</summary>
public sealed class KeptRunCommandTests : CommandTests
{
    public KeptRunCommandTests(SharedSession shared)
        : base(shared) => Write("guild.yml", TestGuildFile.Text.Replace("sourcecode: no", "sourcecode: '*.txt'", StringComparison.Ordinal).Replace("    say:\n", "    say:\n      delete-on-success: yes\n", StringComparison.Ordinal));

    [Fact]
    public void A_run_of_an_operation_with_delete_on_success_is_given_and_lies_in_the_trash()
    {
        Assert.Equal(["completed", "0", "1"], Texts("(Invoke-GuildOperation say -Quiet).Status; @(Get-GuildRun).Count; @(Get-GuildRun -Deleted).Count"));
    }

    [Fact]
    public void It_is_kept_by_whoever_runs_stages_or_starts_it()
    {
        Assert.Equal(["1", "2", "3", "3"], Texts("""
            $null = Invoke-GuildOperation say -Quiet -KeepRun; @(Get-GuildRun).Count
            $null = Invoke-GuildOperation say -Stage -KeepRun | Start-GuildRun -Quiet; @(Get-GuildRun).Count
            $null = Invoke-GuildOperation say -Stage | Start-GuildRun -Quiet -KeepRun; @(Get-GuildRun).Count
            $null = Get-GuildRun 1 | Restart-GuildRun -Quiet -Flag @{ count = 2 }; @(Get-GuildRun).Count
            """));
    }

    [Fact]
    public void A_run_in_the_background_is_kept_too()
    {
        Assert.Equal(["completed"], Texts("$run = Start-GuildOperation say -KeepRun; $null = Wait-GuildRun $run.Id -Timeout 120; (Get-GuildRun $run.Id).Status"));
    }

    [Fact]
    public void Trials_are_kept()
    {
        Assert.Equal(["0", "2"], Texts("""
            $null = Invoke-GuildOperation say -count 1, 2 -Quiet; @(Get-GuildRun | Where-Object { -not $_.IsBatch }).Count
            $null = Invoke-GuildOperation say -count 1, 2 -Quiet -KeepRun; @(Get-GuildRun | Where-Object { -not $_.IsBatch }).Count
            """));
    }

    [Fact]
    public void A_run_is_started_again_with_the_source_code_of_today()
    {
        Assert.Equal(["data", "changed", "True"], Texts("""
            $run = Invoke-GuildOperation say -Quiet -KeepRun
            [IO.File]::WriteAllText("$TestLocation/data.txt", "changed`n")
            $again = Restart-GuildRun $run.Id -Quiet
            [IO.File]::ReadAllText("$($again.Path)/data.txt").Trim()
            $forced = $run | Restart-GuildRun -ForceSourceCode -Quiet
            [IO.File]::ReadAllText("$($forced.Path)/data.txt").Trim()
            $forced.Id -eq $run.Id
            """));
    }

    [Fact]
    public void A_preview_of_it_changes_nothing()
    {
        Assert.Equal(["data"], Texts("""
            $run = Invoke-GuildOperation say -Quiet -KeepRun
            [IO.File]::WriteAllText("$TestLocation/data.txt", "changed`n")
            Restart-GuildRun $run.Id -ForceSourceCode -KeepRun -WhatIf
            [IO.File]::ReadAllText("$($run.Path)/data.txt").Trim()
            """));
    }

    [Fact]
    public void A_batch_is_not_given_other_source_code()
    {
        Assert.Equal("RunStateInvalid", IdOf(Error("$b = Invoke-GuildOperation say -count 1, 2 -Quiet; Restart-GuildRun $b.Id -ForceSourceCode")));
    }
}
