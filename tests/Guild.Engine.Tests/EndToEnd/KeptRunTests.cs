using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Search.Batches;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs of operations with <c>delete-on-success</c>, and those of them that are kept.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeptRunTests
{
    private const string Operations = """
        op: {exec: "sh -c 'exit ${code}'", flags: {code: 0, x: 1}, delete-on-success: yes}
        other: {exec: 'true'}
        all: {steps: [other, op], delete-on-success: yes}
        bad: {steps: [other, op code=3], delete-on-success: yes}
        """;

    [UnixFact]
    public void A_run_that_is_to_be_kept_stays_and_stays_when_it_is_started_again()
    {
        using var project = new TempProject(Operations);
        var run = project.Run(project.Request("op") with { KeepsRun = true });
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(RunStatus.Completed, RestartTests.Restart(project, run).Status);
        Assert.Equal(2L, RestartTests.Restart(project, run, "x=2").Flags["x"]);
        Assert.Single(project.Store.List());
    }

    [UnixFact]
    public void A_staged_run_that_is_to_be_kept_stays_when_it_is_started()
    {
        using var project = new TempProject(Operations);
        var run = project.Run(project.Request("op") with { KeepsRun = true }, new RunOptions { StagesOnly = true });
        Assert.Equal(RunStatus.Completed, project.Start(run).Status);
    }

    [UnixFact]
    public void A_staged_run_is_kept_where_only_its_start_says_so()
    {
        using var project = new TempProject(Operations);
        var run = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        RecordedDeletion.Cancel(run);
        Assert.Equal(RunStatus.Completed, project.Start(run).Status);
    }

    [UnixFact]
    public void A_run_that_failed_is_there_and_goes_when_it_is_started_again_and_ends_well()
    {
        using var project = new TempProject(Operations);
        var run = project.Run("op", "code=4");
        Assert.Equal((RunStatus.Error, 4), (run.Status, run.ExitCode));
        new OperationRunner(project.Context).Restart(run, Engine.Operations.RestartPlanner.Plan(run, [new("code", new Engine.Flags.FlagText("0"))], Engine.Operations.FlagForce.None, project.Context), new RunOptions(), project.Events, CancellationToken.None);
        Assert.Empty(project.Store.List());
        Assert.Equal(run.Id, Assert.Single(project.Store.List(RunPlace.Trash)).Id);
    }

    [UnixFact]
    public void A_running_run_is_not_changed()
    {
        using var project = new TempProject(Operations);
        var run = project.Run("op", "code=4");
        RunClaim.Take(run.Directory, TimeProvider.System);
        Assert.Throws<RunStateException>(() => RecordedDeletion.Cancel(project.Store.TryRead(run.Directory)!));
    }

    [UnixFact]
    public void A_pipeline_goes_to_the_trash_when_it_ends_well_and_its_steps_as_their_operations_say()
    {
        using var project = new TempProject(Operations);
        new OperationRunner(project.Context).Run(project.Plan("all"), new RunOptions(), project.Events, CancellationToken.None);
        Assert.Equal("other", Assert.Single(project.Store.List()).OperationName);
        Assert.Equal(["all", "op"], project.Store.List(RunPlace.Trash).Select(run => run.OperationName).Order(StringComparer.Ordinal));

        Assert.Equal(3, project.Run("bad").ExitCode);
        Assert.Equal(0, project.Run(project.Request("all") with { KeepsRun = true }).ExitCode);
    }

    [UnixFact]
    public void A_run_in_a_folder_of_the_user_is_left_there_even_if_the_home_has_one_of_its_name()
    {
        using var project = new TempProject(Operations);
        var other = project.Run("other");
        var folder = project.PathOf($"../{other.Id}");
        var run = project.Run(project.Request("op") with { RunDirectory = Path.GetFullPath(folder) });
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(other.Id, Assert.Single(project.Store.List()).Id);
    }

    [UnixFact]
    public void Trials_that_are_to_be_kept_stay()
    {
        using var project = new BatchProject(Operations);
        var plan = (Engine.Search.Batches.BatchPlan)Engine.Operations.Planner.PlanAny(project.Project.Request("op", "x=[1,2]") with { KeepsRun = true }, project.Project.Context);
        new Engine.Search.Batches.BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None);
        Assert.Equal(2, project.Store.List().Count());
        Assert.All(project.Store.List(), run => Assert.False(run.IsBatch));
    }

    [UnixFact]
    public void A_staged_batch_and_its_trials_are_kept_where_only_the_start_says_so()
    {
        using var project = new BatchProject(Operations);
        var plan = project.Plan(new Engine.Search.Batches.SearchRequest(), "op", "x=[1,2]");
        var staged = new Engine.Search.Batches.BatchRunner(project.Project.Context).Run(plan, new RunOptions { StagesOnly = true }, project.Project.Events, CancellationToken.None);
        var batch = project.Store.TryRead(staged.Directory)!;
        RecordedDeletion.CancelForTrials(batch);
        RecordedDeletion.Cancel(batch);
        project.Restart(batch);
        Assert.Equal(3, project.Store.List().Count());
        Assert.Equal(2, project.Store.List().Count(run => run is { IsBatch: false, Status: RunStatus.Completed }));
    }
}
