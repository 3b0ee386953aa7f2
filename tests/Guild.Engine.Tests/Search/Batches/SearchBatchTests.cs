using System.Globalization;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Runs;

namespace Guild.Engine.Tests.Search.Batches;

/// <summary>Batches whose trials a search draws, and what ends trials and searches before their time.</summary>
public sealed class SearchBatchTests(GuildAiHome guildAi) : IClassFixture<GuildAiHome>
{
    private const string Op = "{op: {exec: \"sh -c 'echo loss: $FLAG_X'\", flags: {x: {default: 0.5, min: 0, max: 1}, y: {default: a, choices: [a, b]}, z: 3}}}";

    [UnixFact]
    public void A_search_space_draws_at_random_and_the_same_seed_draws_the_same()
    {
        using var project = new BatchProject(Op);
        var search = new SearchRequest { MaxTrials = 4, RandomSeed = 7 };
        var batch = project.Run(search, "op", "x=uniform[0.0:1.0]");
        Assert.Equal("builtin:guildai 0.9.1 skopt random", File.ReadAllText(batch.Directory.OpRefPath));
        Assert.Equal((4L, 7L), (batch.Directory.ReadAttribute("max_trials"), batch.Directory.ReadAttribute("random_seed")));
        var flags = project.Trials(batch).Select(BatchProject.Flags).ToList();
        Assert.Equal(4, flags.Distinct().Count());
        Assert.Equal(flags, project.Trials(project.Run(search, "op", "x=uniform[0.0:1.0]")).Select(BatchProject.Flags));
        Assert.Equal(flags, project.Plan(search, "op", "x=uniform[0.0:1.0]").Trials!.Select(trial => string.Join(' ', trial.Flags.Select(f => $"{f.Key}={FlagGrammar.Encode(f.Value)}"))));
    }

    // Seen with Guild AI 0.9.1: "guild.plugins.skopt_forest_main" ended with KeyError: 'kappa' for a batch of tpe; the module that draws at random takes any flags.
    [UnixTheory]
    [InlineData("random", "guild.plugins.random_main")]
    [InlineData("gp", "guild.plugins.skopt_gp_main")]
    [InlineData("tpe", "guild.plugins.random_main")]
    public void Guild_AI_restarts_a_batch_with_a_module_that_the_record_has_all_flags_for(string optimizer, string module)
    {
        using var project = new BatchProject(Op);
        var batch = project.Run(new SearchRequest { Optimizer = optimizer, MaxTrials = 1 }, "op", "x=uniform[0.0:1.0]");
        var command = ((IReadOnlyDictionary<string, object?>)((IReadOnlyDictionary<string, object?>)batch.Directory.ReadAttribute("op")!)["op-cmd"]!)["cmd-args"];
        Assert.Equal(["${guild_python_exe}", "-um", module], (IReadOnlyList<object?>)command!);
    }

    [UnixFact]
    public void Flags_that_were_not_given_are_searched_over_what_their_definitions_allow()
    {
        using var project = new BatchProject(Op);
        var plan = project.Plan(new SearchRequest { Optimizer = "random" }, "op");
        Assert.Equal("uniform[0.0:1.0:0.5]", plan.Prototype.Flags.Values["x"]);
        Assert.Equal(["a", "b"], (IReadOnlyList<object?>)plan.Prototype.Flags.Values["y"]!);
        Assert.Equal((20, 0.5), (plan.TrialCount, plan.Trials![0].Flags["x"]));
    }

    [UnixFact]
    public void A_drawn_batch_that_was_interrupted_goes_on_with_the_trials_that_it_would_have_had()
    {
        using var project = new BatchProject(Op);
        var search = new SearchRequest { MaxTrials = 6, RandomSeed = 3 };
        var whole = project.Trials(project.Run(search, "op", "x=uniform[0.0:1.0]")).Select(BatchProject.Flags).ToList();
        var batch = project.Run(search, "op", "x=uniform[0.0:1.0]");
        var trials = project.Trials(batch);
        trials.Skip(3).ToList().ForEach(project.Store.DeletePermanently);
        trials[2].Directory.WriteAttribute("exit_status", -2L);
        Assert.Equal(whole, project.Trials(project.Restart(batch)).Select(BatchProject.Flags));
    }

    [UnixFact]
    public void The_best_trial_is_told_by_the_objective_that_was_asked_for()
    {
        using var project = new BatchProject(Op);
        var batch = project.Run(new SearchRequest { Objective = new ObjectiveDefinition("loss", IsMaximized: true) }, "op", "x=[0.25,0.75,0.5]");
        Assert.Equal((0.75, project.Trials(batch)[1].Id), (project.Result!.Best, project.Result.BestTrialId));
        Assert.Equal("-loss", batch.Directory.ReadAttribute("objective"));
    }

    [UnixFact]
    public void An_objective_that_never_comes_is_said_after_the_first_trial()
    {
        using var project = new BatchProject(Op);
        project.Run(new SearchRequest { Objective = new ObjectiveDefinition("acc", IsMaximized: true) }, "op", "x=[0.1,0.2,0.3]");
        Assert.Contains("'acc'", Assert.Single(project.Project.Events.Warnings), StringComparison.Ordinal);
    }

    [UnixFact]
    public void What_is_no_scalar_is_no_objective()
    {
        using var project = new BatchProject(Op);
        Assert.Contains("too many columns", Assert.Throws<RequestException>(() => project.Plan(new SearchRequest { Objective = new ObjectiveDefinition("a,b", false) }, "op", "x=[1,0]")).Message, StringComparison.Ordinal);
        Assert.Throws<RequestException>(() => project.Plan(new SearchRequest { Objective = new ObjectiveDefinition("=x", false) }, "op", "x=[1,0]"));
    }

    [UnixFact]
    public void An_optimizer_that_is_not_there_is_an_error_that_names_what_is()
    {
        using var project = new BatchProject(Op);
        Assert.Contains("random", Assert.Throws<RequestException>(() => project.Plan(new SearchRequest { Optimizer = "randon" }, "op")).Message, StringComparison.Ordinal);
        Assert.Contains("'tpe'", Assert.Throws<RequestException>(() => project.Plan(new SearchRequest { Optimizer = "forest" }, "op")).RecommendedAction, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_trial_that_hangs_is_ended_when_its_time_is_up_and_counts_as_done()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c '[ $FLAG_A = 1 ] && sleep 60 & [ $FLAG_A = 1 ] && echo loss: 5 && wait; true'\", flags: {a: 1}}}");
        var batch = project.Run(new SearchRequest { TrialTimeout = TimeSpan.FromSeconds(1), Objective = new ObjectiveDefinition("loss", false) }, "op", "a=[1,2]");
        var trials = project.Trials(batch);
        Assert.Equal([RunStatus.Terminated, RunStatus.Completed], trials.Select(trial => trial.Status));
        Assert.Contains("longer than 1 second.", trials[0].Notes[^1], StringComparison.Ordinal);
        Assert.Equal((2, 0, 5.0), (project.Result!.Completed, project.Result.Failed, project.Result.Best));
        Assert.Equal(trials[0].Started, project.Trials(project.Restart(batch))[0].Started);
    }

    [UnixFact]
    public async Task What_a_trial_has_forked_ends_with_it_when_its_time_is_up()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c '(sleep 60; sleep 60) & echo $! > pid; setsid sleep 60 & echo $! >> pid; wait'\", flags: {a: 1}}}");
        var batch = project.Run(new SearchRequest { TrialTimeout = TimeSpan.FromSeconds(1) }, "op", "a=[1]");

        var trial = Assert.Single(project.Trials(batch));
        var children = await File.ReadAllLinesAsync(Path.Combine(trial.Directory.Path, "pid"));
        Assert.Equal((RunStatus.Terminated, 2), (trial.Status, children.Length));
        Assert.All(children, child => Assert.Null(ProcessIdentity.StartOf(int.Parse(child, CultureInfo.InvariantCulture))));
    }

    [UnixFact]
    public void A_search_whose_time_is_up_ends_what_runs_and_can_go_on()
    {
        using var project = new BatchProject("{op: {exec: sleep 60, flags: {a: 1}}}");
        var batch = project.Run(new SearchRequest { Timeout = TimeSpan.FromSeconds(1) }, "op", "a=[1,2]");
        Assert.Equal((RunStatus.Completed, RunStatus.Terminated), (batch.Status, Assert.Single(project.Trials(batch)).Status));
        Assert.Contains("time limit", Assert.Single(batch.Notes), StringComparison.Ordinal);
    }

    [UnixFact]
    public void What_a_trial_leaves_running_does_not_hold_the_batch_up()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'sleep 5 > /dev/null 2>&1 & echo done'\", flags: {a: 1}}}");
        var batch = project.Run("op", "a=[1,2]");
        Assert.Equal(["done", "done"], project.Trials(batch).Select(TempProject.Output));
    }

    [UnixFact]
    public void A_trial_that_does_worse_than_the_others_is_ended_early_and_says_why()
    {
        using var project = new BatchProject(
            "{op: {exec: \"sh -c 'for i in 1 2 3 4 5; do echo step: $i; echo loss: $FLAG_A; sleep 0.2; done; [ $FLAG_A = 9 ] && sleep 60; true'\", flags: {a: 1}}}");
        var search = new SearchRequest { EarlyStop = EarlyStopRule.Asha, Objective = new ObjectiveDefinition("loss", false) };
        var batch = project.Run(search, "op", "a=[1,2,9]");
        var last = project.Trials(batch)[2];
        Assert.Equal(RunStatus.Terminated, last.Status);
        Assert.Contains("ended early", last.Notes[^1], StringComparison.Ordinal);
        Assert.Equal((3, 0, 1.0), (project.Result!.Completed, project.Result.Failed, project.Result.Best));
    }

    [UnixTheory]
    [InlineData("tpe")]
    [InlineData("gp")]
    public void A_search_that_learns_goes_on_from_its_record_as_if_it_had_not_been_interrupted(string optimizer)
    {
        using var project = new BatchProject(Op);
        var search = new SearchRequest { Optimizer = optimizer, MaxTrials = 7, RandomSeed = 4, OptimizerFlags = [KeyValuePair.Create("prev-trials", (FlagInput)new FlagText("batch"))] };
        search = optimizer == "gp" ? search : search with { OptimizerFlags = [] };
        var whole = project.Trials(project.Run(search, "op", "x=uniform[0.0:1.0]", "y=a")).Select(BatchProject.Flags).ToList();
        project.Store.List().ToList().ForEach(project.Store.DeletePermanently);
        var batch = project.Run(search, "op", "x=uniform[0.0:1.0]", "y=a");
        Assert.Equal($"builtin:guildai 0.9.1 skopt {optimizer}", File.ReadAllText(batch.Directory.OpRefPath));
        project.Trials(batch).Skip(5).ToList().ForEach(project.Store.DeletePermanently);
        var after = project.Trials(project.Restart(batch));
        Assert.Equal(whole, after.Select(BatchProject.Flags));
        Assert.Equal(7, project.Result!.Completed);
    }

    [UnixFact]
    public void An_operation_that_searches_gets_the_batch_as_its_run_with_the_prototype_in_it()
    {
        using var project = new BatchProject("{op: {exec: 'true', flags: {x: 1}}, tune: {exec: \"sh -c 'cat .guild/proto/.guild/attrs/flags; echo $FLAG_DEPTH $RUN_ID'\", flags: {depth: 3}}}");
        var search = new SearchRequest { Optimizer = "tune", OptimizerFlags = [KeyValuePair.Create("depth", (FlagInput)new FlagText("5"))], BatchLabel = "mine", MaxTrials = 9 };
        var batch = project.Run(search, "op", "x=[1:10]");
        Assert.Equal(("op+tune", RunStatus.Completed, "mine", true), (batch.FullName, batch.Status, batch.Label, batch.IsBatch));
        Assert.Equal($"x: '[1:10]'\n5 {batch.Id}", TempProject.Output(batch));
        Assert.Equal(9L, batch.Directory.ReadAttribute("max_trials"));
    }

    [UnixFact]
    public void An_operation_that_searches_with_Guild_AI_where_that_is_not_installed_is_one_clear_error()
    {
        using var project = new BatchProject("{op: {exec: 'true', flags: {x: 1}}, tune: {exec: sh tune.sh, sourcecode: [tune.sh]}}");
        project.Project.Write("tune.sh", "echo \"ModuleNotFoundError: No module named 'guild'\" >&2; exit 1");
        project.Run(new SearchRequest { Optimizer = "tune" }, "op", "x=[1:10]");
        Assert.Contains("pip install guildai", Assert.IsType<ProgramException>(project.Result!.Fault).RecommendedAction, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Batches_of_Guild_AI_are_read_with_their_trials()
    {
        var batch = guildAi.Store.TryRead("829f82c7fdd8461687014ab7e9567288")!;
        Assert.True(BatchRunner.CanCarryOut(batch));
        Assert.Equal(
            ["71f69d2447bf48aa99f9e0ed2d90ff46", "821a82393a784b3eb2bdf75aa0fd4dfa", "89db35d192584ea1abdc59df7b5a1049", "eb2a0e191a344b12a2bd31ab57afb38d"],
            BatchTrials.Ids(batch.Directory).Order());
        Assert.Equal([0.1, 0.2], (IReadOnlyList<object?>)batch.ProtoFlags["lr"]!);
        var record = BatchRecord.Read(batch, guildAi.Store);
        var found = new FoundTrials(batch.Directory, record.Source, guildAi.Store.Home, TimeProvider.System).Look(CancellationToken.None);
        Assert.Equal([(0, TrialEnd.Completed), (1, TrialEnd.Completed), (2, TrialEnd.Completed), (3, TrialEnd.Completed)], found.Select(trial => (trial.Number, trial.End!.Value)));
        Assert.Equal("821a82393a784b3eb2bdf75aa0fd4dfa", found[0].Directory.Id);
        Assert.Null(new TrialQueue(record.Source, found, keepsStaged: false).Next());
    }

    [UnixFact]
    public void The_command_of_a_trial_is_made_from_the_record_of_Guild_AI_too()
    {
        var batch = guildAi.Store.TryRead("0b9547409b6f41678d8711533d0cc48c")!;
        var record = BatchRecord.Read(batch, guildAi.Store);
        using var project = new TempProject("{}");
        var recipe = new TrialRecipe(record.Prototype, record.Settings, new Dictionary<string, string>(), project.Context);
        var trial = guildAi.Store.TryRead("1a9432d30bbd43b9b0a34e207dda2ee3")!;
        Assert.Equal(trial.Command, recipe.CommandOf(trial.Flags));
        Assert.Equal("batch-size=32 epochs=3 lr=0.12139 optimizer=sgd", recipe.LabelOf(trial.Flags));
    }
}
