using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Pipelines;

/// <summary>Pipelines that are run from their beginning to their end.</summary>
public sealed class PipelineRunTests : IDisposable
{
    private const string Linear = """
        - model: mlp
          operations:
            prepare:
              exec: "sh -c 'echo train_rows: 2; echo rows > prepared.txt'"
            train:
              exec: "sh -c 'cat prepared.txt; echo loss: ${lr}; echo model > model.json'"
              flags: {lr: 0.1, epochs: 3}
              requires: {operation: prepare, select: prepared.txt}
            evaluate:
              exec: sh -c 'cat model.json'
              requires: {operation: train, select: model.json}
            fail: {exec: sh -c 'exit 7'}
            pipeline:
              flags: {rate: 0.5}
              steps:
                - prepare
                - run: train lr=${rate}
                - run: evaluate
        """;

    private readonly TempProject _project = new(Linear);

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public void A_pipeline_runs_its_steps_and_links_the_run_of_each()
    {
        var run = _project.Run("mlp:pipeline");

        Assert.Equal(RunStatus.Completed, run.Status);
        var (prepare, train, evaluate) = (_project.Step(run, "prepare"), _project.Step(run, "train"), _project.Step(run, "evaluate"));
        Assert.Equal(["mlp:prepare", "mlp:train", "mlp:evaluate"], [prepare.FullName, train.FullName, evaluate.FullName]);
        Assert.All([prepare, train, evaluate], step => Assert.Equal(RunStatus.Completed, step.Status));
        Assert.Equal($"../{train.Id}", new FileInfo(Path.Combine(run.Directory.Path, "train")).LinkTarget);
        Assert.Equal((0.5, 3L), (train.Flags["lr"], train.Flags["epochs"]));
        Assert.Equal(prepare.Id, train.Flags["operation:prepare"]);
        Assert.Equal(run.Id, Attribute(train, "env")["GUILD_RUNS_PARENT"]);
    }

    [UnixFact]
    public void The_output_of_a_pipeline_has_what_Guild_AI_writes_there_and_what_the_steps_print()
    {
        var run = _project.Run("mlp:pipeline");

        var (prepare, train) = (_project.Step(run, "prepare"), _project.Step(run, "train"));
        Assert.Equal(
            $"""
            INFO: [guild] running prepare: mlp:prepare
            train_rows: 2
            INFO: [guild] running train: mlp:train lr=0.5
            Resolving operation:prepare
            Using run {prepare.Id} for operation:prepare
            rows
            loss: 0.5
            INFO: [guild] running evaluate: mlp:evaluate
            Resolving operation:train
            Using run {train.Id} for operation:train
            model
            """,
            TempProject.Output(run));
        Assert.Equal(0.5, run.LastValues["loss"]);
        Assert.Equal("rows\nloss: 0.5", TempProject.Output(train));
    }

    [UnixFact]
    public void The_record_of_a_pipeline_is_one_that_Guild_AI_can_start_again()
    {
        var run = _project.Run("mlp:pipeline");

        Assert.Equal(["-um", "guild.steps_main"], run.Command.Skip(1));
        var command = Assert.IsType<Dictionary<string, object?>>(Attribute(run, "op")["op-cmd"], exactMatch: false);
        Assert.Equal(["${guild_python_exe}", "-um", "guild.steps_main"], (IReadOnlyList<object?>)command["cmd-args"]!);
        var steps = (IReadOnlyList<object?>)run.Directory.ReadAttribute("steps")!;
        Assert.Equal("prepare", steps[0]);
        Assert.Equal("train lr=${rate}", ((IReadOnlyDictionary<string, object?>)steps[1]!)["run"]);
        Assert.Null(run.SourceCodeDigest);
        Assert.Equal(["evaluate", "prepare", "train"], Directory.EnumerateFileSystemEntries(run.Directory.Path).Select(p => Path.GetFileName(p)).Where(n => n != ".guild").Order());
        Assert.False(File.Exists(run.Directory.LockPath));
        Assert.False(File.Exists(run.Directory.ProcessPath));
    }

    [UnixFact]
    public void A_step_that_fails_ends_the_pipeline_with_its_exit_code()
    {
        _project.Write("guild.yml", "{a: {exec: echo a}, fail: {exec: sh -c 'exit 7'}, c: {exec: echo c}, all: {steps: [a, fail, c]}}");

        var run = _project.Run("all");

        Assert.Equal((RunStatus.Error, 7), (run.Status, run.ExitCode));
        Assert.True(Path.Exists(Path.Combine(run.Directory.Path, "fail")));
        Assert.False(Path.Exists(Path.Combine(run.Directory.Path, "c")));
        Assert.Contains("Step 'fail' failed with exit code 7", Assert.Single(run.Notes), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_step_whose_resource_is_missing_ends_the_pipeline_and_the_output_says_why()
    {
        _project.Write("guild.yml", "{a: {exec: echo a, requires: {file: gone.csv}}, all: {steps: [a]}}");

        var run = _project.Run("all");

        Assert.Equal((RunStatus.Error, 1), (run.Status, run.ExitCode));
        Assert.Contains("gone.csv", TempProject.Output(run), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Error, _project.Step(run, "a").Status);
    }

    [UnixFact]
    public void Flags_of_a_step_can_be_given_to_the_pipeline_by_the_name_of_the_step()
    {
        var run = _project.Run("mlp:pipeline", "train:epochs=9", "mlp:train:lr=0.25");

        var train = _project.Step(run, "train");
        Assert.Equal((0.25, 9L), (train.Flags["lr"], train.Flags["epochs"]));
        Assert.Equal(9L, run.Flags["train:epochs"]);
    }

    [Fact]
    public void A_flag_that_no_step_has_is_refused_before_anything_is_made()
    {
        var error = Assert.Throws<FlagException>(() => _project.Plan("mlp:pipeline", "train:epoch=9"));

        Assert.Contains("train:epoch", error.Message, StringComparison.Ordinal);
        Assert.Empty(_project.HomeContent());
    }

    [UnixFact]
    public void Steps_take_files_of_runs_of_their_own_pipeline_only()
    {
        const string Operations = "make: {exec: touch made}, use: {exec: echo used, requires: {operation: make}}";
        _project.Write("guild.yml", $"{{{Operations}, closed: {{steps: [use]}}, open: {{steps: [{{run: use, isolate-runs: no}}]}}}}");
        var outside = _project.Run("make");

        var (isolated, open) = (_project.Run("closed"), _project.Run("open"));

        Assert.Equal(RunStatus.Error, isolated.Status);
        Assert.Contains("no step of the pipeline that comes before", TempProject.Output(isolated), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, open.Status);
        Assert.Equal(outside.Id, _project.Step(open, "use").Flags["operation:make"]);
    }

    [UnixFact]
    public void Two_steps_of_one_name_are_linked_by_numbers_and_the_later_one_is_taken()
    {
        _project.Write("guild.yml", """
            {train: {exec: "sh -c 'echo ${lr} > model'", flags: {lr: 1}}, use: {exec: cat model, requires: {operation: train}}, all: {steps: [train lr=1, train lr=2, use]}}
            """);

        var run = _project.Run("all");

        Assert.Equal((1L, 2L), (_project.Step(run, "train").Flags["lr"], _project.Step(run, "train_2").Flags["lr"]));
        Assert.Equal("2", TempProject.Output(_project.Step(run, "use")));
    }

    [UnixFact]
    public void Label_and_tags_of_a_pipeline_are_those_of_steps_that_have_none()
    {
        _project.Write("guild.yml", "{a: {exec: echo a}, all: {flags: {x: 3}, steps: [a, {run: a, label: 'own ${x}', tags: [t]}]}}");

        var run = _project.Run(_project.Request("all") with { Label = "whole", Tags = ["p", "q"] });

        Assert.Equal("whole", _project.Step(run, "a").Label);
        Assert.Equal(["p", "q"], _project.Step(run, "a").Tags);
        Assert.Equal("own 3", _project.Step(run, "a_2").Label);
        Assert.Equal(["t"], _project.Step(run, "a_2").Tags);
    }

    [UnixFact]
    public void Flags_that_come_to_nothing_are_left_to_the_operation()
    {
        _project.Write("guild.yml", "{a: {exec: echo a, flags: {x: 5, y: 6}}, all: {flags: {x: null}, steps: [{run: 'a y=7', flags: {x: '${x}'}}]}}");

        Assert.Equal((5L, 7L), (_project.Step(_project.Run("all"), "a").Flags["x"], _project.Step(_project.Run("all"), "a").Flags["y"]));
    }

    [UnixFact]
    public void A_pipeline_can_be_a_step_of_another()
    {
        _project.Write("guild.yml", """
            {train: {exec: "sh -c 'echo m > model'"}, use: {exec: cat model, requires: {operation: train}}, inner: {steps: [train]}, outer: {steps: [inner, use]}}
            """);

        var run = _project.Run("outer");

        Assert.Equal(RunStatus.Completed, run.Status);
        var train = _project.Step(_project.Step(run, "inner"), "train");
        Assert.Equal(train.Id, _project.Step(run, "use").Flags["operation:train"]);
        Assert.Contains("INFO: [guild] running train: train", TempProject.Output(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_need_each_other_and_pipelines_that_run_themselves_are_refused_with_the_way_around()
    {
        _project.Write("guild.yml", """
            {a: {exec: echo, requires: {operation: b}}, b: {exec: echo, requires: {operation: a}}, all: {steps: [a, b]}, p: {steps: [q]}, q: {steps: [p]}}
            """);

        Assert.Contains("a → b → a", Assert.Throws<RequestException>(() => _project.Plan("all")).Message, StringComparison.Ordinal);
        Assert.Contains("p → q → p", Assert.Throws<RequestException>(() => _project.Plan("p")).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_step_that_needs_a_later_one_waits_for_it()
    {
        _project.Write("guild.yml", """
            {train: {exec: "sh -c 'echo m > model'"}, use: {exec: cat model, requires: {operation: train}}, all: {steps: [use, train]}}
            """);

        Assert.Equal(RunStatus.Completed, _project.Run("all").Status);
    }

    [Fact]
    public void A_step_of_an_operation_that_is_not_there_is_refused_before_anything_is_made()
    {
        _project.Write("guild.yml", "{train: {exec: echo}, all: {steps: [trian]}}");

        var error = Assert.Throws<NameNotFoundException>(() => _project.Plan("all"));

        Assert.Equal("train", error.Candidates[0]);
        Assert.Empty(_project.HomeContent());
    }

    [UnixFact]
    public void Checks_that_fail_end_the_pipeline_with_exit_code_3_and_say_what_differs()
    {
        _project.Write("wanted.txt", "one\ntwo\n");
        _project.Write("guild.yml", """
            a: {exec: "sh -c 'echo hello; printf \"one\\nthree\\n\" > out.txt'"}
            all:
              steps:
                - run: a
                  expect:
                    - output: hel+o
                    - file: 'o*.txt'
                      contains: thr
                    - file: out.txt
                      compare-to: ${PROJECT}/wanted.txt
                    - file: gone.*
            """);
        _project.Environment["PROJECT"] = _project.ProjectPath;

        var run = _project.Run("all");

        var text = TempProject.Output(run);
        Assert.Equal((RunStatus.Error, 3), (run.Status, run.ExitCode));
        Assert.Contains("INFO: [guild] 2 of 4 checks passed", text, StringComparison.Ordinal);
        Assert.Contains("-two\n+three", text, StringComparison.Ordinal);
        Assert.Contains("ERROR: [guild] check failed: no files matching gone.* in run", text, StringComparison.Ordinal);
        Assert.EndsWith("guild: stopping because a check failed - see above for details", text, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, _project.Step(run, "a").Status);
    }

    [UnixFact]
    public void Secrets_reach_the_steps_and_no_record()
    {
        _project.Write("guild.yml", """
            a: {exec: "sh -c 'printf %s $FLAG_TOKEN | wc -c'", flags: {token: {secret: yes}}}
            all: {flags: {key: {secret: yes}}, steps: ['a token=${key}']}
            """);

        var run = _project.Run("all", "key=hunter2-hunter2");

        Assert.Equal("15", TempProject.Output(_project.Step(run, "a")).Trim());
        Assert.DoesNotContain(_project.HomeContent(), file => file.Contains(Convert.ToHexString("hunter2"u8), StringComparison.Ordinal));
    }

    [UnixFact]
    public void A_staged_pipeline_has_no_steps_until_it_is_started()
    {
        var staged = _project.Run(_project.Request("mlp:pipeline"), new RunOptions { StagesOnly = true });
        Assert.Equal(RunStatus.Staged, staged.Status);
        Assert.Single(_project.Store.List());

        var run = _project.Start(staged);

        Assert.Equal((staged.Id, RunStatus.Completed), (run.Id, run.Status));
        Assert.Equal(RunStatus.Completed, _project.Step(run, "evaluate").Status);
    }

    [UnixFact]
    public void Flags_of_a_step_that_cannot_be_used_are_told_before_the_first_step_runs()
    {
        _project.Write("guild.yml", "{a: {exec: echo a, flags: {x: 1}}, all: {steps: [a, 'a nope=1']}}");

        var error = Assert.Throws<FlagException>(() => _project.Plan("all"));
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, object?> Attribute(Run run, string name) => (IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute(name)!;
}
