using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class StepBinderTests
{
    [Fact]
    public void A_step_that_is_text_is_a_command_line_of_guild_run()
    {
        var step = Step("m:train lr=0.1 'name=a b' @more.csv @rest.json --needed -t one --tag=two -l 'n ${lr}' -f");

        Assert.Equal(("m:train", "m:train"), (step.Operation, step.Name));
        Assert.Equal([new("lr", new FlagText("0.1")), new("name", new FlagText("a b"))], step.Flags);
        Assert.Equal(["more.csv", "rest.json"], step.TrialFiles);
        Assert.Equal(["one", "two"], step.Tags);
        Assert.Equal((true, true, "n ${lr}", true), (step.IsNeededOnly, step.ForcesFlags, step.Label, step.IsIsolated));
        Assert.Empty(step.Checks);
    }

    [Fact]
    public void Every_attribute_of_a_step_is_bound()
    {
        var step = Step(
            """
            {run: train, name: fit, flags: {lr: 0.1, n: null}, isolate-runs: no, needed: yes, label: l, tags: [a, b], force-flags: yes, force-sourcecode: yes,
             gpus: 0, stop-after: 1.5, remote: host, optimizer: gp, optimize: yes, opt-flags: [kappa=2, xi=0.1], maximize: acc, max-trials: 5, random-seed: 7,
             batch-label: bl, batch-tags: x, fail-on-trial-error: yes,
             expect: [{file: '*.txt', compare-to: other.txt, contains: 'a+'}, {output: done}]}
            """);

        Assert.Equal(("train", "fit", "train"), (step.Operation, step.Name, step.Run));
        Assert.Equal([new("lr", new FlagValue(0.1)), new("n", new FlagValue(null))], step.Flags);
        Assert.Equal((false, true, "l", true, true), (step.IsIsolated, step.IsNeededOnly, step.Label, step.ForcesFlags, step.ForcesSourceCode));
        Assert.Equal(["a", "b"], step.Tags);
        Assert.Equal(("0", 1.5, "host"), (step.Gpus, step.StopAfterMinutes, step.Remote));
        var search = step.Search;
        Assert.Equal(("gp", true, new ObjectiveDefinition("acc", IsMaximized: true)), (search.Optimizer, search.UsesDefaultOptimizer, search.Objective));
        Assert.Equal([new("kappa", new FlagText("2")), new("xi", new FlagText("0.1"))], search.OptimizerFlags);
        Assert.Equal((5L, 7L, "bl", true), (search.MaxTrials, search.RandomSeed, search.BatchLabel, search.FailsOnTrialError));
        Assert.Equal(["x"], search.BatchTags);
        Assert.Equal(("*.txt", "other.txt", "a+", null), (step.Checks[0].File, step.Checks[0].CompareTo, step.Checks[0].Contains, step.Checks[0].Output));
        Assert.Equal((null, "done"), (step.Checks[1].File, step.Checks[1].Output));
    }

    [Theory]
    [InlineData("train -N loss", "loss")]
    [InlineData("train -X acc", "-acc")]
    [InlineData("train --minimize=loss", "loss")]
    [InlineData("{run: train -X acc, maximize: other}", "-other")]
    [InlineData("{run: train, minimize: loss}", "loss")]
    [InlineData("train", null)]
    public void The_objective_of_a_step_is_minimized_or_maximized(string run, string? objective) => Assert.Equal(objective, Step(run).Search.Objective?.ToString());

    [Theory]
    [InlineData("train -m 3", 3L)]
    [InlineData("train -m3", 3L)]
    [InlineData("train --trials 3", 3L)]
    [InlineData("train --max-trials=3", 3L)]
    [InlineData("{run: train -m 3, max-trials: 4}", 4L)]
    public void Options_have_the_spellings_of_the_command_line_and_attributes_come_first(string step, long trials) => Assert.Equal(trials, Step(step).Search.MaxTrials);

    [Theory]
    [InlineData("train", null)]
    [InlineData("train --gpus 1,2", "1,2")]
    [InlineData("train --no-gpus", "")]
    [InlineData("{run: train, no-gpus: yes}", "")]
    public void A_step_sees_all_GPUs_some_or_none(string step, string? gpus) => Assert.Equal(gpus, Step(step).Gpus);

    [Fact]
    public void A_flag_of_the_attribute_comes_before_one_of_the_command_line() => Assert.Equal(
        [new("b", new FlagText("2")), new("a", new FlagValue(3L))],
        Step("{run: train a=1 b=2, flags: {a: 3}}").Flags);

    [Fact]
    public void Flags_of_a_step_can_be_a_list_of_assignments() => Assert.Equal(
        [new("a", new FlagText("1")), new("b", new FlagText("x=y"))],
        Step("{run: train, flags: [a=1, b=x=y]}").Flags);

    [Fact]
    public void What_a_step_refers_to_stays_as_it_is_written() => Assert.Equal(
        ("${op}", new FlagText("${lr}")),
        (Step("'${op} lr=${lr}'").Operation, Step("'${op} lr=${lr}'").Flags[0].Value));

    [Theory]
    [InlineData("steps: [{flags: {a: 1}}]", "InvalidStep", 11)]
    [InlineData("steps: [{run: ''}]", "InvalidStep", 17)]
    [InlineData("steps: [{run: 5}]", "WrongType", 17)]
    [InlineData("steps: ['train \"x']", "InvalidStep", 11)]
    [InlineData("steps: [train lr]", "InvalidStep", 11)]
    [InlineData("steps: [a=1]", "InvalidStep", 11)]
    [InlineData("steps: [train --need]", "InvalidStep", 11)]
    [InlineData("steps: [train --label]", "InvalidStep", 11)]
    [InlineData("steps: [train -m some]", "InvalidStep", 11)]
    [InlineData("steps: [train -N a -X b]", "InvalidStep", 11)]
    [InlineData("steps: [{run: train, flags: 5}]", "WrongType", 31)]
    [InlineData("steps: [{run: train, flags: [a]}]", "InvalidStep", 31)]
    [InlineData("steps: [{run: train, needed: 5}]", "WrongType", 32)]
    [InlineData("steps: [{run: train, max-trials: 1.5}]", "WrongType", 36)]
    [InlineData("steps: [{run: train, expect: done}]", "WrongType", 32)]
    [InlineData("steps: [{run: train, expect: {}}]", "InvalidStep", 32)]
    [InlineData("steps: [{run: train, expect: {file: a, output: b}}]", "InvalidStep", 32)]
    [InlineData("steps: [{run: train, expect: {output: '('}}]", "InvalidStep", 41)]
    public void A_step_that_cannot_be_run_is_an_error_where_it_stands(string attributes, string id, int column)
    {
        var result = GuildFileText.Parse(GuildFileText.OperationText(attributes));

        Assert.Null(result.File);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal((id, 2, column), (finding.Id, finding.Position.Line, finding.Position.Column));
        Assert.Contains("operation 'train'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_names_the_nearest() =>
        Assert.Contains("Did you mean '--needed'?", GuildFileText.Only("op: {steps: [train --neded]}\n").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("op: {steps: [train -y]}\n", "IgnoredAttribute", "'-y'")]
    [InlineData("op: {steps: [{run: train, neded: yes}]}\n", "UnknownAttribute", "'needed'")]
    [InlineData("op: {steps: [{run: train, expect: {output: a, contain: b}}]}\n", "UnknownAttribute", "'contain'")]
    public void What_a_step_does_not_have_is_a_warning(string text, string id, string named)
    {
        var result = GuildFileText.Parse(text);

        Assert.NotNull(result.File);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal(id, finding.Id);
        Assert.Contains(named, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_keep_their_order_and_know_their_places()
    {
        var steps = GuildFileText.Operation("steps:\n  - prepare\n  - run: train\n    name: t\n  - prepare").Steps!;

        Assert.Equal(["prepare", "t", "prepare"], steps.Select(s => s.Name));
        Assert.Equal([(3, 7), (4, 7), (6, 7)], steps.Select(s => (s.Position.Line, s.Position.Column)));
    }

    private static StepDefinition Step(string step) => Assert.Single(GuildFileText.Operation($"steps:\n  - {step.ReplaceLineEndings(" ")}").Steps!);
}
