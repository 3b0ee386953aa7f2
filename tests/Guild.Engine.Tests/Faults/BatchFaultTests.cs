using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Tests.Faults;

/// <summary>What comes of a batch when one of its trials takes all room of the disk.</summary>
public sealed class BatchFaultTests
{
    [DiskFact]
    public void A_trial_that_fills_the_disk_fails_and_the_record_is_whole_and_the_other_trials_run()
    {
        using var project = new DiskProject("{op: {exec: \"sh -c '[ $FLAG_A != 2 ] || dd if=/dev/zero of=big bs=4096 2> /dev/null && exit 0; rm big; exit 7'\", flags: {a: 1}, sourcecode: no}}", kilobytes: 2048);
        var result = RunThree(project);
        Assert.Null(result.Fault);
        var batch = project.Store.TryRead(result.Directory)!;
        var trials = project.Store.List().Where(run => !run.IsBatch).OrderBy(run => FlagGrammar.Encode(run.Flags["a"])).ToList();
        Assert.Equal([RunStatus.Completed, RunStatus.Error, RunStatus.Completed], trials.Select(trial => trial.Status));
        Assert.Equal((RunStatus.Completed, 7), (batch.Status, trials[1].ExitCode));
        Assert.All(trials.Append(batch), run => Assert.Empty(run.Problems));
    }

    [DiskFact]
    public void A_batch_without_room_for_its_next_trial_ends_with_one_fault_and_goes_on_when_there_is_room()
    {
        using var project = new DiskProject("{op: {exec: \"sh -c '[ $FLAG_A != 2 ] || [ -e ../../room ] || dd if=/dev/zero of=../../big bs=4096 2> /dev/null; true'\", flags: {a: 1}, sourcecode: no}}", kilobytes: 2048);
        var result = RunThree(project);
        Assert.NotNull(result.Fault);
        File.Delete(Path.Join(project.Home.Path, "big"));
        File.WriteAllText(Path.Join(project.Home.Path, "room"), "");

        var again = new BatchRunner(project.Context).Restart(project.Store.TryRead(result.Directory)!, new RunOptions(), project.Project.Events, CancellationToken.None);

        Assert.Null(again.Fault);
        Assert.Equal([1, 2, 3], BatchTrials.Ids(result.Directory).Select(id => BatchTrials.PlaceOf(project.Store.TryRead(id)!.Directory)!.Number).Order());
        Assert.Equal((3, RunStatus.Completed), (again.Completed, project.Store.TryRead(result.Directory)!.Status));
    }

    private static BatchResult RunThree(DiskProject project)
    {
        var request = project.Project.Request("op", "a=[1,2,3]") with { Search = new SearchRequest { KeepsBatch = true, ThrottleLimit = 1 } };
        var plan = (BatchPlan)Planner.PlanAny(request, project.Context);
        return new BatchRunner(project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None);
    }
}
