using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>What becomes of a cmdlet when its pipeline is stopped.</summary>
public sealed class StopTests(SharedSession shared) : CommandTests(shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Stopping_ends_the_program_and_its_children_and_the_record_says_so()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", "tree:\n  exec: sh -c \"sleep 300 & echo child $! ; echo self $$ ; wait\"\n  sourcecode: no\n");
        using var command = Start("Invoke-GuildOperation tree");
        var pids = WaitFor(() => Run("Get-GuildRun | Get-GuildRunOutput | ForEach-Object Text").Text.ToList() is { Count: 2 } lines ? lines.Select(l => int.Parse(l.Split(' ')[1], null)).ToList() : null);
        var clock = Stopwatch.StartNew();

        command.Shell.Stop();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.All(pids, pid => Assert.False(IsAlive(pid), $"{pid} is alive"));
        Assert.Equal(["terminated"], Texts("(Get-GuildRun 1).Status"));
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(Path.Combine(Home, "staging")));
        Assert.Equal(PSInvocationState.Stopped, command.Shell.InvocationStateInfo.State);
    }

    [Fact]
    public void Stopping_a_batch_ends_all_of_its_trials_and_it_goes_on_later()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("guild.yml", $"op:\n  exec: 'sh -c \"if [ ! -e {Directory}/go ]; then echo pid $$; sleep 300; fi\"'\n  flags: {{x: 1}}\n  sourcecode: no\n");
        using var command = Start("Invoke-GuildOperation op -x 1,2,3 -ThrottleLimit 2");
        var pids = WaitFor(() => Texts("Get-GuildRun -Operation op | Get-GuildRunOutput | ForEach-Object Text").Where(l => l.StartsWith("pid ", StringComparison.Ordinal)).ToList() is { Count: 2 } lines
            ? lines.Select(l => int.Parse(l[4..], null)).ToList()
            : null);

        command.Shell.Stop();

        Assert.All(pids, pid => Assert.False(IsAlive(pid), $"{pid} is alive"));
        Assert.Equal(["terminated"], Texts("(Get-GuildRun | Where-Object IsBatch).Status"));
        Assert.Empty(Texts("Get-GuildRun -Status Running"));
        File.WriteAllText(Path.Combine(Directory, "go"), "");
        Assert.Equal(["completed 3 3"], Texts("$b = Get-GuildRun | Where-Object IsBatch; $b = Restart-GuildRun $b.Id -Quiet; \"$($b.Status) $($b.TrialIds.Count) $($b.TrialStatus.completed)\""));
    }

    [Fact]
    public void Stopping_a_pipeline_ends_the_programs_of_all_its_steps_and_it_goes_on_later()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var step = $"exec: 'sh -c \"if [ ! -e {Directory}/go ]; then echo pid $$; sleep 300; fi\"', sourcecode: no";
        Write("guild.yml", $"first: {{exec: 'true', sourcecode: no}}\nleft: {{{step}}}\nright: {{{step}}}\nlast: {{exec: 'true', sourcecode: no}}\nall: {{steps: [first, left, right, last]}}\n");
        using var command = Start("Invoke-GuildOperation all -ThrottleLimit 2");
        var pids = WaitFor(() => Texts("Get-GuildRun -Operation left, right | Get-GuildRunOutput | ForEach-Object Text").Where(l => l.StartsWith("pid ", StringComparison.Ordinal)).ToList() is { Count: 2 } lines
            ? lines.Select(l => int.Parse(l[4..], null)).ToList()
            : null);

        command.Shell.Stop();

        Assert.All(pids, pid => Assert.False(IsAlive(pid), $"{pid} is alive"));
        Assert.Equal(["all terminated 0", "left terminated 0", "right terminated 0"], Texts("Get-GuildRun -Operation all, left, right | ForEach-Object { \"$($_.Operation) $($_.Status) $($_.Problems.Count)\" }").Order(StringComparer.Ordinal));
        Assert.Empty(Texts("Get-GuildRun -Status Running, Pending"));
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(Path.Combine(Home, "staging")));
        var before = Texts("$r = Get-GuildRun -Operation all; $r.Steps.first; $r.Steps.left; $r.Steps.right");
        File.WriteAllText(Path.Combine(Directory, "go"), "");
        Assert.Equal([.. before, "completed 4"], Texts("$r = Restart-GuildRun (Get-GuildRun -Operation all).Id -Quiet; $r.Steps.first; $r.Steps.left; $r.Steps.right; \"$($r.Status) $($r.Steps.Count)\""));
    }

    [Fact]
    public void The_session_goes_on_after_a_stop()
    {
        using var command = Start("Invoke-GuildOperation wait");
        WaitFor(() => Texts("@(Get-GuildRun -Status Running).Count") is ["1"] ? "running" : null);
        command.Shell.Stop();
        using var next = System.Management.Automation.PowerShell.Create(command.Runspace);

        var run = Assert.Single(next.AddScript("Invoke-GuildOperation other -Quiet").Invoke());

        Assert.Equal("completed", run.Properties["Status"].Value);
    }

    [Fact]
    public void A_consumer_that_has_enough_ends_the_listing_early()
    {
        Run("1..3 | ForEach-Object { $null = Invoke-GuildOperation other -Stage -Quiet }");

        var result = Run("$seen = 0; foreach ($once in 1) { Get-GuildRun -Verbose | ForEach-Object { $seen++; break } }; $seen");

        Assert.Equal(["1"], result.Text);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void A_run_whose_consumer_stops_the_pipeline_has_ended_and_is_recorded()
    {
        Assert.Equal(["completed"], Texts("foreach ($once in 1) { 'other', 'other' | Invoke-GuildOperation -Quiet | ForEach-Object { break } }; Get-GuildRun | ForEach-Object Status"));
    }

    private RunningCommand Start(string script)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([BuiltFiles.Manifest]);
        Runspace runspace;
        lock (SessionStart.Gate)
        {
            runspace = RunspaceFactory.CreateRunspace(state);
            runspace.Open();
        }

        runspace.SessionStateProxy.Path.SetLocation(Directory);
        var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddScript(script).BeginInvoke();
        return new RunningCommand(runspace, shell);
    }

    private static T WaitFor<T>(Func<T?> find)
        where T : class
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Limit;)
        {
            if (find() is { } found)
            {
                return found;
            }

            Thread.Sleep(50);
        }

        throw new TimeoutException("It did not come.");
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            // One whose new parent has not collected it yet has ended all the same.
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && !(File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private sealed record RunningCommand(Runspace Runspace, System.Management.Automation.PowerShell Shell) : IDisposable
    {
        public void Dispose()
        {
            Shell.Dispose();
            Runspace.Dispose();
        }
    }
}
