using System.Diagnostics;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Start-GuildOperation, Wait-GuildRun, Restart-GuildRun and Get-GuildRunOutput -Wait.</summary>
public sealed class DetachedRunTests(SharedSession shared) : CommandTests(shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const string GuildFile = """
        op:
          exec: 'sh -c "echo begun ${x}; while [ ! -e go ]; do sleep 0.05; done; echo loss: 1; echo ended >&2; exit ${code}"'
          flags: {x: 1, code: 0}
          sourcecode: no
        """;

    [Fact]
    public void A_started_operation_gives_its_run_at_once_and_is_waited_for()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        var run = Texts("$r = Start-GuildOperation op -x 5; \"$($r.Id) $($r.Status)\"").Single().Split(' ');
        Assert.Contains(run[1], new[] { "pending", "running" });
        Assert.Empty(Texts("Wait-GuildRun 1 -Timeout 0.1"));
        File.WriteAllText(Path.Combine(Texts("(Get-GuildRun 1).Path").Single(), "go"), "");

        Assert.Equal([$"{run[0]} completed 1"], Texts("$r = Get-GuildRun 1 | Wait-GuildRun; \"$($r.Id) $($r.Status) $($r.Scalars.loss)\""));
        Assert.Equal(["begun 5", "loss: 1", "ended"], Texts("Get-GuildRunOutput 1 | ForEach-Object Text").Order(StringComparer.Ordinal).OrderBy(l => l == "ended").ThenBy(l => l[0]));
    }

    [Fact]
    public void Live_output_ends_with_the_run_and_leaves_nothing_out()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        var path = Texts("$global:live = Start-GuildOperation op; $live.Path").Single();
        var lines = Texts("$live | Get-GuildRunOutput -Wait | ForEach-Object { if ($_.Text -like 'begun*') { [IO.File]::WriteAllText(\"$($live.Path)/go\", '') }; \"$($_.Stream) $($_.Text)\" }");

        Assert.True(File.Exists(Path.Combine(path, "go")));
        Assert.Equal(["Error ended", "Output begun 1", "Output loss: 1"], lines.Order(StringComparer.Ordinal));
        Assert.Equal(["ended"], Texts("$live | Get-GuildRunOutput -Wait -Stream Error | ForEach-Object Text"));
        Assert.Single(Texts("$live | Get-GuildRunOutput -Wait -Tail 1 | ForEach-Object Text"));
    }

    [Fact]
    public void Any_is_the_first_that_ends()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        var first = Texts("$a = Start-GuildOperation op; $b = Start-GuildOperation op -code 3; [IO.File]::WriteAllText(\"$($b.Path)/go\", ''); $b.Id");

        Assert.Equal(first, Texts("($a, $b | Wait-GuildRun -Any).Id"));
        Assert.Equal([$"{first.Single()} error", "running"], Texts("($a, $b | Wait-GuildRun -Timeout 0.2) | ForEach-Object { \"$($_.Id) $($_.Status)\" }; (Get-GuildRun $a.Id).Status"));
        Texts("Stop-GuildRun $a.Id");
        Assert.Equal(["terminated"], Texts("(Get-GuildRun $a.Id).Status"));
    }

    [Fact]
    public void The_end_of_the_session_leaves_the_run_going_and_it_stays_recorded()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        using var session = ProcessRun.StartGuild("-H", Home, "-C", Directory, "run", "op", "-b", "-y");
        var ended = ProcessRun.Finish(session);
        Assert.Equal(0, ended.ExitCode);
        var path = Texts("(Get-GuildRun 1).Path").Single();
        Eventually(() => File.Exists(Path.Combine(path, ".guild", "LOCK")));

        File.WriteAllText(Path.Combine(path, "go"), "");

        Assert.Equal(["completed", "0"], Texts("$r = Wait-GuildRun 1 -Timeout 60; $r.Status; $r.ExitCode"));
        Assert.Contains("loss: 1", Texts("Get-GuildRunOutput 1 | ForEach-Object Text"));
    }

    [Fact]
    public void A_session_that_is_killed_with_its_pipes_leaves_the_run_going()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        using (var session = ProcessRun.StartGuild("-Command", $"$env:GUILD_HOME = '{Home}'; $null = Start-GuildOperation op -Path '{Directory}'; 'started'; while ($true) {{ [Threading.Thread]::Sleep(50) }}"))
        {
            Assert.Equal("started", session.StandardOutput.ReadLine());
            session.Kill();
            session.WaitForExit();
        }

        var path = Texts("(Get-GuildRun 1).Path").Single();
        Assert.Contains(Texts("(Get-GuildRun 1).Status").Single(), new[] { "pending", "running" });
        File.WriteAllText(Path.Combine(path, "go"), "");
        Assert.Equal(["completed"], Texts("(Wait-GuildRun 1 -Timeout 60).Status"));
    }

    [Fact]
    public void Nothing_of_PowerShell_is_in_the_supervisor()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        var path = Texts("(Start-GuildOperation op).Path").Single();
        var process = File.ReadAllLines(Path.Combine(path, ".guild", "PROCESS")).Single(l => l.StartsWith("supervisor:", StringComparison.Ordinal)).Split(' ')[1];
        Eventually(() => File.Exists(Path.Combine(path, ".guild", "LOCK")));
        var maps = File.ReadAllText($"/proc/{process}/maps");

        File.WriteAllText(Path.Combine(path, "go"), "");
        Assert.Contains("Guild.Engine.dll", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Management.Automation", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("Guild.PowerShell", maps, StringComparison.Ordinal);
        Texts("$null = Wait-GuildRun 1 -Timeout 60");
    }

    [Fact]
    public void A_run_is_started_again_in_place_with_other_flags()
    {
        Texts("$global:first = Invoke-GuildOperation say -text one -Quiet");

        Assert.Equal(["True", "two"], Texts("$again = Restart-GuildRun $first.Id -Flag @{ text = 'two' } -Quiet; $again.Id -eq $first.Id; $again.Flags.text"));
        Assert.Contains("\"two\"", Texts("Get-GuildRunOutput 1 | ForEach-Object Text"));
        Assert.Equal("FlagInvalid", IdOf(Error("Restart-GuildRun $first.Id -Flag @{ count = 99 }")));
        Assert.Equal("completed", Texts("(Get-GuildRun 1).Status").Single());
    }

    [Fact]
    public void A_label_made_of_flags_says_the_new_ones_after_a_restart()
    {
        Texts("$global:first = Invoke-GuildOperation say -text one -Quiet");

        Assert.Contains("text=two", Texts("(Restart-GuildRun $first.Id -Flag @{ text = 'two' } -Quiet).Label").Single(), StringComparison.Ordinal);
        Assert.Equal(["of three"], Texts("$run = Invoke-GuildOperation say -text one -Label 'of ${text}' -Quiet; (Restart-GuildRun $run.Id -Flag @{ text = 'three' } -Quiet).Label"));
        Assert.Equal(["of four"], Texts("(Restart-GuildRun 1 -Flag @{ text = 'four' } -Quiet).Label"));
    }

    [Fact]
    public void A_label_that_somebody_wrote_stays_after_a_restart()
    {
        Texts("$global:first = Invoke-GuildOperation say -text one -Quiet; Set-GuildRun $first.Id -Label mine");

        Assert.Equal(["mine"], Texts("(Restart-GuildRun $first.Id -Flag @{ text = 'two' } -Quiet).Label"));
        Assert.Equal(["mine"], Texts("(Restart-GuildRun $first.Id -Quiet).Label"));
        Assert.Equal(["True"], Texts("Set-GuildRun $first.Id -Label ''; $null -eq (Restart-GuildRun $first.Id -Flag @{ text = 'three' } -Quiet).Label"));
    }

    [Fact]
    public void Tags_stay_before_the_label_after_a_restart()
    {
        Texts("$global:first = Invoke-GuildOperation say -text one -Tag red -Quiet");

        Assert.Matches("^red .*text=two", Texts("(Restart-GuildRun $first.Id -Flag @{ text = 'two' } -Quiet).Label").Single());
        Assert.Equal(["red"], Texts("(Get-GuildRun 1).Tags"));
    }

    [Fact]
    public void A_restart_shows_only_what_comes_now()
    {
        Texts("$global:first = Invoke-GuildOperation say -text one -Quiet");

        var shown = Run("Restart-GuildRun $first.Id -Flag @{ text = 'two' } 6>&1 | ForEach-Object { if ($_ -is [Management.Automation.InformationRecord]) { \"$_\" } }").Text;

        Assert.Contains("\"two\"", shown);
        Assert.DoesNotContain("\"one\"", shown);
    }

    [Fact]
    public void A_running_run_is_not_started_again_and_a_staged_one_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", GuildFile);
        Texts("$global:going = Start-GuildOperation op");
        Eventually(() => Texts("(Get-GuildRun $going.Id).Status").Single() == "running");

        var error = Error("Restart-GuildRun $going.Id");

        Assert.Equal("RunStateInvalid", IdOf(error));
        Assert.Contains("because it is running", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("RunStateInvalid", IdOf(Error("Invoke-GuildOperation op -Stage | Wait-GuildRun")));
        var classic = Error("guild run --restart $going.Id -y");
        Assert.StartsWith($"cannot restart run {Texts("$going.ShortId").Single()} because it's running", classic.ToString(), StringComparison.Ordinal);
        Texts("Stop-GuildRun $going.Id");
    }

    [Fact]
    public void A_secret_is_given_again_to_a_run_in_the_background()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", "op: {exec: 'sh -c \"echo $FLAG_KEY | tr a-z b-za\"', flags: {key: {secret: yes}}, sourcecode: no}");
        Assert.Equal(["tfdsfu"], Texts("$null = Start-GuildOperation op -Flag @{ key = 'secret' } | Wait-GuildRun -Timeout 60; Get-GuildRunOutput 1 | ForEach-Object Text"));

        Assert.Equal("FlagInvalid", IdOf(Error("Restart-GuildRun 1 -Detached")));
        Assert.Equal(["tfdsfu", "puifs"], Texts("$null = Restart-GuildRun 1 -Detached -Flag @{ key = 'other' } | Wait-GuildRun -Timeout 60; Get-GuildRunOutput 1 | ForEach-Object Text"));
    }

    [Fact]
    public void Only_words_come_of_WhatIf()
    {
        Texts("$global:first = Invoke-GuildOperation other -Quiet");
        var before = Store();

        Run("Start-GuildOperation other -WhatIf; Restart-GuildRun $first.Id -WhatIf; Restart-GuildRun $first.Id -Detached -WhatIf");

        Assert.Equal(before, Store());
    }

    private static void Eventually(Func<bool> isSo)
    {
        for (var watch = Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(watch.Elapsed < Limit, "It did not come about.");
            Thread.Sleep(20);
        }
    }

    [Fact]
    public void A_run_is_staged_again_with_other_flags_and_devices_and_then_started()
    {
        Write("guild.yml", TestGuildFile.Text);
        Run("$global:run = Invoke-GuildOperation other -Quiet");

        Assert.Equal(["staged", "8", "True"], Texts("$r = Restart-GuildRun $run -Stage -Gpu 1, 2 -Flag @{ 'only-here' = 8 }; $r.Status; $r.Flags['only-here']; $null -eq $r.ExitCode"));
        Assert.Equal("RunStateInvalid", IdOf(Error("Restart-GuildRun $run -Stage")));
        Assert.Equal(["staged"], Texts("(Restart-GuildRun $run -Stage -Gpu @()).Status"));
        Assert.Equal(["completed 8"], Texts("$r = Start-GuildRun $run -Quiet; \"$($r.Status) $($r.Flags['only-here'])\""));
        Assert.Equal("RequestInvalid", IdOf(Error("Restart-GuildRun $run -Stage -Detached")));
    }

    [Fact]
    public void The_program_of_a_run_that_starts_again_sees_the_devices_that_are_given_from_then_on()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", "see: {exec: 'sh -c \"echo gpus=[$CUDA_VISIBLE_DEVICES]\"', sourcecode: no}");
        Run("$null = Invoke-GuildOperation see -Gpu 0 -Quiet");
        foreach (var options in new[] { "-Gpu 1, 2", "", "-Gpu @()", "-Gpu 3 -Detached" })
        {
            Run($"$null = Restart-GuildRun 1 -Quiet {options} | Wait-GuildRun -Timeout 60");
        }

        Assert.Equal(["gpus=[0]", "gpus=[1,2]", "gpus=[1,2]", "gpus=[]", "gpus=[3]"], Texts("Get-GuildRunOutput 1 | ForEach-Object Text"));
    }

    [Theory]
    [InlineData("-Stage")]
    [InlineData("-Gpu 0")]
    [InlineData("-KeepGoing")]
    public void What_only_a_run_of_its_own_can_have_is_refused_for_a_batch(string option)
    {
        Write("guild.yml", TestGuildFile.Text);
        Run("$global:batch = Invoke-GuildOperation say -count 1, 2 -Quiet");

        Assert.Equal("RequestInvalid", IdOf(Error($"Restart-GuildRun $batch {option}")));
        Assert.Equal(["completed"], Texts("(Get-GuildRun $batch.Id).Status"));
    }
}
