using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Pipelines;

/// <summary>Runs that are not made because a completed one is as they would be.</summary>
public sealed class NeededRunTests : IDisposable
{
    private readonly TempProject _project = new("""
        prepare: {exec: "sh -c 'cat rows.csv > prepared.txt'", requires: {file: rows.csv}, sourcecode: '*.py'}
        train: {exec: "sh -c 'cat prepared.txt > model'", flags: {lr: 0.1, epochs: 3}, requires: {operation: prepare, select: prepared.txt}, sourcecode: '*.py'}
        alone: {exec: echo alone, flags: {x: 1, y: null}}
        all: {flags: {rate: 0.1}, steps: [prepare, 'train lr=${rate}']}
        """);

    public NeededRunTests() => _project.Write("rows.csv", "rows");

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public void A_run_with_the_same_flags_source_and_resources_makes_another_unnecessary()
    {
        Assert.Equal(NeededReason.New, Check("alone").Reason);
        var run = _project.Run("alone");

        Assert.Equal((NeededReason.UpToDate, run.Id), (Check("alone").Reason, Check("alone").Run!.Id));
        Assert.Equal((NeededReason.UpToDate, run.Id), (Check("alone", "x=1.0").Reason, Check("alone").Run!.Id));
        var other = Check("alone", "x=2", "y=z");
        Assert.Equal((NeededReason.FlagChanged, "x: 1 → 2, y: (none) → z"), (other.Reason, other.Detail));
    }

    [UnixFact]
    public void Only_a_completed_run_counts()
    {
        _project.Write("guild.yml", "{fail: {exec: sh -c 'exit 1'}}");
        _project.Run("fail");

        Assert.Equal(NeededReason.New, Check("fail").Reason);
    }

    [UnixFact]
    public void A_change_of_source_code_makes_a_run_needed()
    {
        _project.Run("alone");
        _project.Write("code.py", "print()");

        Assert.Equal(NeededReason.SourceChanged, Check("alone").Reason);
    }

    [UnixFact]
    public void A_change_of_the_command_makes_a_run_needed_though_no_source_code_is_copied()
    {
        _project.Write("guild.yml", "{op: {exec: echo one, sourcecode: no}}");
        _project.Run("op");
        Assert.Equal(NeededReason.UpToDate, Check("op").Reason);

        _project.Write("guild.yml", "{op: {exec: echo two, sourcecode: no}}");
        Assert.Equal((NeededReason.SourceChanged, "command"), (Check("op").Reason, Check("op").Detail));
    }

    [UnixFact]
    public void A_change_of_a_resource_makes_a_run_needed()
    {
        _project.Run("prepare");
        Assert.Equal(NeededReason.UpToDate, Check("prepare").Reason);

        _project.Write("rows.csv", "other rows");
        Assert.Equal((NeededReason.ResourceChanged, "rows.csv"), (Check("prepare").Reason, Check("prepare").Detail));
    }

    [UnixFact]
    public void Another_file_given_for_a_resource_makes_a_run_needed()
    {
        _project.Run("prepare");
        var other = Path.Combine(Directory.CreateDirectory(_project.PathOf("../elsewhere")).FullName, "rows.csv");
        File.WriteAllText(other, "rows");

        Assert.Equal(NeededReason.ResourceChanged, Check("prepare", $"file:rows.csv={other}").Reason);
        _project.Run("prepare", $"file:rows.csv={other}");
        _project.Store.Delete(_project.Store.List().Last());
        Assert.Equal(NeededReason.ResourceChanged, Check("prepare").Reason);
    }

    [UnixFact]
    public void A_newer_run_of_the_operation_before_makes_a_run_needed()
    {
        _project.Run("prepare");
        _project.Run("train");
        Assert.Equal(NeededReason.UpToDate, Check("train").Reason);

        _project.Run("prepare");
        Assert.Equal((NeededReason.UpstreamChanged, "operation:prepare"), (Check("train").Reason, Check("train").Detail));
    }

    [UnixFact]
    public void A_pipeline_that_is_run_again_as_needed_links_the_runs_that_are_there()
    {
        var first = Run();
        var again = Run();

        Assert.Equal(RunStatus.Completed, again.Status);
        Assert.Equal(StepLinks.Target(first, "prepare"), StepLinks.Target(again, "prepare"));
        Assert.Equal(StepLinks.Target(first, "train"), StepLinks.Target(again, "train"));
        Assert.Contains($"INFO: [guild] skipping train: run {StepLinks.Target(first, "train")}", TempProject.Output(again), StringComparison.Ordinal);
        Assert.Equal(4, _project.Store.List().Count());
    }

    [UnixFact]
    public void Of_a_pipeline_that_is_run_as_needed_only_what_changed_runs_and_what_takes_files_of_it()
    {
        var first = Run();
        var rate = Run("rate=0.2");
        Assert.Equal(StepLinks.Target(first, "prepare"), StepLinks.Target(rate, "prepare"));
        Assert.NotEqual(StepLinks.Target(first, "train"), StepLinks.Target(rate, "train"));

        _project.Write("rows.csv", "changed");
        var rows = Run("rate=0.2");
        Assert.NotEqual(StepLinks.Target(first, "prepare"), StepLinks.Target(rows, "prepare"));
        Assert.NotEqual(StepLinks.Target(rate, "train"), StepLinks.Target(rows, "train"));
    }

    [UnixFact]
    public void A_plan_says_of_each_step_why_it_is_needed()
    {
        Assert.Equal([NeededReason.New, NeededReason.New], Reasons());
        Run();
        Assert.Equal([NeededReason.UpToDate, NeededReason.UpToDate], Reasons());
        Assert.Equal([NeededReason.UpToDate, NeededReason.FlagChanged], Reasons("rate=0.2"));
        _project.Write("rows.csv", "other");
        Assert.Equal([NeededReason.ResourceChanged, NeededReason.UpstreamChanged], Reasons());
    }

    [UnixFact]
    public void A_step_that_is_there_but_does_not_hold_what_is_expected_runs_again()
    {
        var first = _project.Run("alone");
        _project.Write("guild.yml", "{alone: {exec: echo alone, flags: {x: 1, y: null}}, all: {steps: [{run: alone, needed: yes, expect: {output: zzz}}]}}");

        var run = Run();

        Assert.NotEqual(first.Id, StepLinks.Target(run, "alone"));
        Assert.Equal(3, run.ExitCode);
    }

    private Run Run(params string[] words) =>
        _project.Run(_project.Request("all", words) with { Pipeline = new PipelineOptions { IsNeededOnly = true } });

    private NeededReason[] Reasons(params string[] words) =>
        [.. PipelinePreview.Of(_project.Plan("all", words), _project.Context).Select(step => step.Needed.Reason)];

    private NeededResult Check(string operation, params string[] words) => new NeededRuns(_project.Context).Of(_project.Plan(operation, words));
}
