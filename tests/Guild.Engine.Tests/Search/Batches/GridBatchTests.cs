using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Search.Batches;

/// <summary>Batches of listed values: which trials there are, and what the record of batch and trials is.</summary>
public sealed class GridBatchTests
{
    private const string Train = "{train: {exec: \"sh -c 'echo loss: $FLAG_LR'\", flags: {lr: 0.1, epochs: 1}}}";

    [UnixFact]
    public void Every_combination_is_a_trial_and_the_last_name_counts_fastest()
    {
        using var project = new BatchProject(Train);
        var batch = project.Run("train", "lr=[0.1,0.2]", "epochs=[1,2]");
        Assert.Equal(
            ["epochs=1 lr=0.1", "epochs=1 lr=0.2", "epochs=2 lr=0.1", "epochs=2 lr=0.2"],
            project.Trials(batch).Select(BatchProject.Flags));
        Assert.All(project.Trials(batch), trial => Assert.Equal(RunStatus.Completed, trial.Status));
        Assert.Equal(["0.1", "0.2", "0.1", "0.2"], project.Trials(batch).Select(trial => FlagGrammar.Encode(trial.Flags["lr"])));
        Assert.Equal(["loss: 0.1", "loss: 0.2", "loss: 0.1", "loss: 0.2"], project.Trials(batch).Select(TempProject.Output));
        Assert.Equal((4, 0, 0.1f), (project.Result!.Completed, project.Result.Failed, (float)project.Result.Best!));
        Assert.Equal((RunStatus.Completed, "train+"), (batch.Status, batch.FullName));
    }

    [UnixFact]
    public void The_record_of_the_batch_is_Guild_AIs_own()
    {
        using var project = new BatchProject(Train);
        var batch = project.Run("train", "lr=[0.1,0.2]", "epochs=3");
        Assert.Equal("builtin:guildai 0.9.1 '' +", File.ReadAllText(batch.Directory.OpRefPath));
        Assert.Equal("loss", batch.Directory.ReadAttribute("objective"));
        Assert.True(batch.IsBatch);
        Assert.Equal([0.1, 0.2], (IReadOnlyList<object?>)batch.ProtoFlags["lr"]!);
        Assert.True(File.Exists(new RunDirectory(batch.Directory.PrototypePath).PendingPath));
        foreach (var trial in project.Trials(batch))
        {
            Assert.Equal($"../{trial.Id}", new FileInfo(Path.Join(batch.Directory.Path, trial.Id)).LinkTarget);
            Assert.Equal("epochs=3 lr=" + FlagGrammar.Encode(trial.Flags["lr"]), trial.Label);
            Assert.Equal(trial.Id, trial.Directory.ReadAttribute("id"));
            Assert.Equal("train", trial.FullName);
        }

        var first = project.Trials(batch)[0];
        Assert.Equal($"INFO: [guild] Running trial {first.Id}: train (epochs=3, lr=0.1)", TempProject.Output(batch).Split('\n')[0]);
    }

    [UnixFact]
    public void Flags_reach_the_programs_of_trials_as_they_reach_that_of_a_run()
    {
        using var project = new BatchProject(
            "{show: {exec: '/bin/echo ${flag_args} x-${a}', flags: {a: 1, b: {default: no, arg-switch: yes}, c: {default: 2, arg-name: cc}, d: {default: 1, arg-skip: yes}, e: 'p ${a}'}}}");
        var plain = TempProject.Output(project.Project.Run("show", "a=1", "b=yes"));
        var trials = project.Trials(project.Run("show", "a=[1,2]", "b=[yes,no]"));
        Assert.Equal(plain, TempProject.Output(trials[0]));
        Assert.Equal(["--a 1 --b --cc 2 --e p 1 x-1", "--a 1 --cc 2 --e p 1 x-1", "--a 2 --b --cc 2 --e p 2 x-2", "--a 2 --cc 2 --e p 2 x-2"], trials.Select(TempProject.Output));
    }

    [UnixFact]
    public void The_environment_of_a_trial_is_recorded_as_that_of_a_run_is()
    {
        using var project = new BatchProject("{show: {exec: 'true', flags: {a: 1, b: \"it's: #1\"}, env: {LINES: \"one\\ntwo\", Z: 'x ${a}', EMPTY: ''}}}");
        var plain = project.Project.Run("show", "a=2");
        var trial = project.Trials(project.Run("show", "a=[2,3]"))[0];
        Assert.Equal(
            File.ReadAllText(Path.Join(plain.Directory.AttributesPath, "env")).Replace(plain.Id, "ID", StringComparison.Ordinal),
            File.ReadAllText(Path.Join(trial.Directory.AttributesPath, "env")).Replace(trial.Id, "ID", StringComparison.Ordinal));
    }

    [UnixFact]
    public void A_choice_brings_its_flags_and_arguments_to_its_trial()
    {
        using var project = new BatchProject(
            "{show: {exec: '/bin/echo ${flag_args}', flags: {size: {default: s, choices: [{value: s}, {value: l, flags: {width: 9}, args: {deep: 1}}]}, width: 1}}}");
        Assert.Equal(["--size s --width 1", "--deep 1 --size l --width 9"], project.Trials(project.Run("show", "size=[s,l]")).Select(TempProject.Output));
    }

    [UnixFact]
    public void Source_code_is_copied_from_the_prototype()
    {
        using var project = new BatchProject("{op: {exec: cat code.py, flags: {a: 1}}}");
        project.Project.Write("code.py", "print(1)");
        var trials = project.Trials(project.Run("op", "a=[1,2]"));
        Assert.All(trials, trial => Assert.Equal("print(1)", TempProject.Output(trial)));
        Assert.All(trials, trial => Assert.Equal(project.Project.Run("op").SourceCodeDigest, trial.SourceCodeDigest));
        Assert.All(trials, trial => Assert.Equal(2, Manifest.Read(trial.Directory.ManifestPath).Count));
    }

    [UnixFact]
    public void Each_trial_takes_its_resources_when_it_starts()
    {
        using var project = new BatchProject("{op: {exec: cat rows.csv, flags: {a: 1}, requires: [{file: rows.csv}]}}");
        project.Project.Write("rows.csv", "rows");
        Assert.All(project.Trials(project.Run("op", "a=[1,2]")), trial => Assert.Equal("rows", TempProject.Output(trial)));
    }

    [UnixFact]
    public void A_limit_draws_trials_and_keeps_their_order()
    {
        using var project = new BatchProject(Train);
        var search = new SearchRequest { MaxTrials = 3, RandomSeed = 5 };
        var trials = project.Trials(project.Run(search, "train", "lr=[1,2,3,4,5,6,7,8]")).Select(trial => (long)trial.Flags["lr"]!).ToList();
        Assert.Equal(3, trials.Count);
        Assert.Equal(trials.Order(), trials);
        Assert.Equal(trials, project.Trials(project.Run(search, "train", "lr=[1,2,3,4,5,6,7,8]")).Select(trial => (long)trial.Flags["lr"]!));
    }

    [UnixFact]
    public void The_plan_lists_the_trials_without_making_any()
    {
        using var project = new BatchProject(Train);
        var plan = project.Plan(new SearchRequest(), "train", "lr=[0.1,0.2]", "epochs=range[1:3]");
        Assert.Equal(6, plan.TrialCount);
        Assert.Equal(plan.Trials!.Select(trial => trial.Label), Enumerable.Range(0, 6).Select(index => plan.Trials![index].Label));
        Assert.Equal("epochs=2 lr=0.2", plan.Trials![3].Label);
        Assert.Empty(project.Project.HomeContent());
    }

    [UnixFact]
    public void An_order_that_was_given_is_kept()
    {
        using var project = new BatchProject(Train);
        var plan = project.Plan(new SearchRequest { KeepsFlagOrder = true }, "train", "lr=[1,2]", "epochs=[1,2]");
        Assert.Equal(["epochs=1 lr=1", "epochs=2 lr=1", "epochs=1 lr=2", "epochs=2 lr=2"], plan.Trials!.Select(trial => trial.Label));
    }

    [UnixFact]
    public void A_list_of_one_value_is_a_batch_of_one_trial_and_an_empty_one_an_error()
    {
        using var project = new BatchProject(Train);
        Assert.Single(project.Plan(new SearchRequest(), "train", "lr=[1]").Trials!);
        Assert.Contains("empty list", Assert.Throws<FlagException>(() => project.Plan(new SearchRequest(), "train", "lr=[]")).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Every_value_of_every_list_and_row_is_checked_before_anything_is_made()
    {
        using var project = new BatchProject("{op: {exec: 'true', flags: {a: {type: int}, b: {default: 1, max: 5}, c: {required: yes}}}}");
        var lists = Assert.Throws<FlagException>(() => project.Plan(new SearchRequest(), "op", "a=[1,x,y]", "b=[1,9]", "c=1"));
        Assert.Equal(["a", "a", "b"], lists.Problems.Select(problem => problem.Flag));
        var rows = new SearchRequest { Rows = [Row("a", 1L, "c", 1L), Row("a", "x", "c", 1L), Row("a", 2L, "z", 1L)] };
        var problems = Assert.Throws<FlagException>(() => project.Plan(rows, "op")).Problems;
        Assert.Equal(["Trial 2: ", "Trial 3: ", "Trial 3: "], problems.Select(problem => problem.Message[..9]));
        Assert.Empty(project.Project.HomeContent());
    }

    [UnixFact]
    public void Rows_come_before_defaults_and_behind_what_the_user_gives_and_their_lists_are_multiplied()
    {
        using var project = new BatchProject("{op: {exec: 'true', flags: {a: 0, b: 0, c: 0}}}");
        project.Project.Write("trials.csv", "a,b\n1,2\n3,\"[4,5]\"\n");
        var request = project.Project.Request("op", "c=[8,9]", "a=7") with { TrialFiles = [project.Project.PathOf("trials.csv")], Search = new SearchRequest { KeepsBatch = true, Rows = [Row("b", 6L)] } };
        var plan = (BatchPlan)Planner.PlanAny(request, project.Project.Context);
        string[] expected = ["a=7 b=2 c=8", "a=7 b=2 c=9", "a=7 b=4 c=8", "a=7 b=4 c=9", "a=7 b=5 c=8", "a=7 b=5 c=9", "a=7 b=6 c=8", "a=7 b=6 c=9"];
        Assert.Equal(expected, plan.Trials!.Select(trial => trial.Label));
        new BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None);
        Assert.Equal(expected, project.Trials(project.Store.List().Single(run => run.IsBatch)).Select(BatchProject.Flags));
    }

    [UnixFact]
    public void A_file_with_one_row_is_a_plain_run()
    {
        using var project = new BatchProject(Train);
        project.Project.Write("trials.csv", "lr\n3\n");
        var plan = Planner.PlanAny(project.Project.Request("train") with { TrialFiles = [project.Project.PathOf("trials.csv")] }, project.Project.Context);
        Assert.Equal(3L, Assert.IsType<RunPlan>(plan).Flags.Values["lr"]);
    }

    [UnixFact]
    public void What_means_nothing_for_a_single_run_is_said()
    {
        using var project = new BatchProject(Train);
        var plan = Planner.PlanAny(project.Project.Request("train") with { Search = new SearchRequest { MaxTrials = 3 } }, project.Project.Context);
        Assert.Contains("MaxTrials", Assert.Single(Assert.IsType<RunPlan>(plan).Warnings), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_batch_that_ended_well_and_is_not_kept_goes_to_the_trash_and_its_trials_stay()
    {
        using var project = new BatchProject(Train);
        var plan = project.Plan(new SearchRequest(), "train", "lr=[1,2]");
        var result = new BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None);
        Assert.True(result.IsDeleted);
        Assert.Equal(2, project.Store.List().Count());
        Assert.True(project.Store.TryRead(result.Directory.Id, RunPlace.Trash)!.IsBatch);
    }

    [UnixFact]
    public void Trials_run_side_by_side_and_each_has_devices_of_its_own()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'cd \\\"$OUT\\\"; touch $FLAG_A; while [ ! -e 1 -o ! -e 2 ]; do sleep 0.01; done; echo $CUDA_VISIBLE_DEVICES'\", flags: {a: 1}}}");
        project.Project.Environment["OUT"] = project.Project.ProjectPath;
        var request = project.Project.Request("op", "a=[1,2]") with { Gpus = "0,1", Search = new SearchRequest { KeepsBatch = true } };
        var plan = (BatchPlan)Planner.PlanAny(request, project.Project.Context);
        Assert.Equal(2, plan.ThrottleLimit);
        var result = new BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None);
        Assert.Equal(["0", "1"], project.Trials(project.Store.TryRead(result.Directory)!).Select(TempProject.Output).Order());
    }

    private static Trial Row(params object[] words) => new([.. words.Chunk(2).Select(pair => KeyValuePair.Create((string)pair[0], (FlagInput)new FlagValue(pair[1])))]);
}
