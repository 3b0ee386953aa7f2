using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Execution;

/// <summary>Who may start a run that is there already.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RunClaimTests : IDisposable
{
    private readonly TempProject _project = new("{op: {exec: 'echo ${x}', flags: {x: 1}}}");

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public void Of_many_that_start_a_run_at_once_one_gets_it()
    {
        var run = _project.Run("op");
        var results = new string[16];

        Parallel.For(0, results.Length, i =>
        {
            try
            {
                RunClaim.Take(run.Directory, TimeProvider.System);
                results[i] = "mine";
            }
            catch (RunStateException error)
            {
                results[i] = error.Message;
            }
        });

        Assert.Single(results, "mine");
        Assert.All(results.Where(r => r != "mine"), r => Assert.Equal($"Run {run.ShortId} cannot be started, because another process is about to start it.", r));
        Assert.Equal(RunStatus.Pending, _project.Store.TryRead(run.Id)!.Status);
    }

    [UnixFact]
    public void A_claimed_run_has_no_end_any_more()
    {
        var run = _project.Run("op");

        RunClaim.Take(run.Directory, TimeProvider.System);

        Assert.False(run.Directory.HasAttribute("exit_status"));
        Assert.False(run.Directory.HasAttribute("stopped"));
    }

    [UnixFact]
    public void A_run_that_was_claimed_by_a_process_that_is_gone_is_no_longer_pending_and_can_be_started()
    {
        var run = _project.Run("op");
        RunClaim.Take(run.Directory, TimeProvider.System);
        ClaimOf(run, id: 1, start: 12345);

        Assert.Equal(RunStatus.Error, _project.Store.TryRead(run.Id)!.Status);

        RunClaim.Take(run.Directory, TimeProvider.System);

        Assert.Equal(Environment.ProcessId, ProcessRecord.Read(run.Directory.ProcessPath)!.SupervisorId);
    }

    [UnixFact]
    public void A_claim_is_given_on_to_nobody_but_who_has_it_from_its_owner()
    {
        var run = _project.Run("op");
        RunClaim.Take(run.Directory, TimeProvider.System);

        RunClaim.Take(run.Directory, TimeProvider.System, ClaimOwner.ThisProcess);

        Assert.Throws<RunStateException>(() => RunClaim.Take(run.Directory, TimeProvider.System, new ClaimOwner(Environment.ProcessId, 1)));
        Assert.Throws<RunStateException>(() => RunClaim.Take(run.Directory, TimeProvider.System, new ClaimOwner(1, ProcessIdentity.StartOf(1))));
    }

    [UnixFact]
    public void A_claim_is_not_given_on_by_an_owner_that_is_gone_because_the_run_has_been_seen_to_end_with_it()
    {
        var run = _project.Run("op");
        RunClaim.Take(run.Directory, TimeProvider.System);
        ClaimOf(run, id: 1, start: 12345);

        var error = Assert.Throws<RunStateException>(() => RunClaim.Take(run.Directory, TimeProvider.System, new ClaimOwner(1, 12345)));

        Assert.EndsWith("but the process that was to start it is gone.", error.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Error, _project.Store.TryRead(run.Id)!.Status);
    }

    [UnixFact]
    public void A_used_up_process_id_does_not_keep_a_run_running()
    {
        var run = _project.Run("op");

        // A lock and a record of a process whose number another one has by now.
        File.WriteAllText(run.Directory.LockPath, "1");
        run.Directory.DeleteAttribute("exit_status");
        (ProcessRecord.Current(1) with { Start = 1, SupervisorStart = 1 }).Write(run.Directory.ProcessPath);

        Assert.Equal(RunStatus.Error, _project.Store.TryRead(run.Id)!.Status);
        RunClaim.Take(run.Directory, TimeProvider.System);
        Assert.False(File.Exists(run.Directory.LockPath));
    }

    private static void ClaimOf(Run run, int id, long start) =>
        (ProcessRecord.Current(null) with { SupervisorId = id, SupervisorStart = start }).Write(run.Directory.ProcessPath);
}
