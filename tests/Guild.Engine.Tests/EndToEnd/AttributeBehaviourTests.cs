using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Attributes from the text of a Guild file to what the program is given, for those whose parts are tested apart elsewhere.</summary>
public sealed class AttributeBehaviourTests
{
    [Theory]
    [InlineData("flags: {a: {default: 1, arg-name: b}}", "", "--b 1")]
    [InlineData("flags: {a: {default: 1, arg-skip: yes}, b: 2}", "", "--b 2")]
    [InlineData("default-flag-arg-skip: yes\n  flags: {a: {default: 1, arg-skip: no}, b: 2}", "", "--a 1")]
    [InlineData("flags: {a: {default: yes, arg-switch: yes}}", "", "--a")]
    [InlineData("flags: {a: {default: yes, arg-switch: yes}}", "a=no", "")]
    [InlineData("flags: {a: {default: yes, arg-switch: no}}", "a=no", "--a")]
    [InlineData("flags: {a: {arg-switch: 3}}", "a=3", "--a")]
    [InlineData("flags: {a: {default: '1 2', arg-split: yes}}", "", "--a 1 2")]
    [InlineData("flags: {a: {default: '1 2', arg-split: shlex}}", "a=3", "--a 3")]
    [InlineData("flags: {a: {default: '1,2', arg-split: ','}}", "", "--a 1 2")]
    [InlineData("flags: {a: {arg-split: yes}}", "a=[x,y]", "--a x y")]
    [InlineData("flags: {a: {default: yes, arg-encoding: {yes: 'on', no: 'off'}}}", "", "--a on")]
    [InlineData("flags: {a: {default: yes}}", "a=no", "--a ''")]
    [InlineData("flags: {a: {default: 1, alias: other}}", "other=2", "--a 2")]
    [InlineData("flags: {a: {choices: [{value: long-name, alias: ln}]}}", "a=ln", "--a long-name")]
    [InlineData("flags: {a: {choices: [{value: x, flags: {b: 7}}]}, b: 1}", "a=x", "--a x --b 7")]
    [InlineData("flags: {a: {choices: [{value: x, flags: {b: 7}}]}, b: 1}", "a=x b=2", "--a x --b 2")]
    [InlineData("flags: {a: {choices: [{value: x, args: {c: 9}}]}}", "a=x", "--a x --c 9")]
    [InlineData("flags: {a: {choices: [1], allow-other: yes}}", "a=2", "--a 2")]
    [InlineData("flags: {a: {distribution: loguniform, min: 1, max: 5}}", "a=2", "--a 2")]
    [InlineData("flags: {a: {type: string}}", "a=1e3", "--a 1e3")]
    [InlineData("flags: {a: {type: float}}", "a=1", "--a 1.0")]
    [InlineData("flags: {a: {type: boolean, arg-switch: yes}}", "a=1", "--a")]
    [InlineData("flags: {a: {type: auto}}", "a=1e3", "--a 1000.0")]
    [InlineData("flags-dest: args:click\n  flags: {a: 1}", "", "--a 1")]
    [InlineData("flags-dest: no\n  flags: {a: 1}", "", "")]
    [InlineData("flags: {a: '${b}x', b: 2}", "", "--a 2x --b 2")]
    public void A_flag_reaches_the_program_as_its_attributes_say(string attributes, string words, string arguments)
    {
        using var project = new TempProject($"op:\n  main: train\n  {attributes}\n");

        Assert.Equal(arguments, Guild.Engine.Text.ShellWords.Join(project.Plan("op", words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Command.Arguments.Skip(3)));
    }

    [Theory]
    [InlineData("a: {choices: [1, 2]}", "a=3")]
    [InlineData("a: {choices: [1, 2]}", "a=0")]
    [InlineData("a: {min: 1}", "a=0")]
    [InlineData("a: {max: 1}", "a=1.5")]
    [InlineData("a: {required: yes}", "")]
    [InlineData("a: {type: int}", "a=1.5")]
    [InlineData("a: {type: number}", "a=x")]
    [InlineData("a: {type: existing-path}", "a=nowhere")]
    [InlineData("a: {alias: b}", "a=1 b=2")]
    public void A_value_that_the_attributes_of_its_flag_refuse_is_a_problem_of_that_flag(string flag, string words)
    {
        using var project = new TempProject($"op: {{main: train, flags: {{{flag}}}}}\n");

        var error = Assert.Throws<FlagException>(() => project.Plan("op", words.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flags: {a: {default: yes, env-encoding: {yes: 'on'}}}", "FLAG_A", "on")]
    [InlineData("flags: {a: {default: 1, env-name: B}}", "B", "1")]
    [InlineData("flags: {a-b.c: x}", "FLAG_A_B_C", "x")]
    [InlineData("env: {PORT: 80, TEXT: 'n=${a}', ON: yes}\n  flags: {a: 1}", "TEXT", "n=1")]
    [InlineData("env: {PORT: 80}", "PORT", "80")]
    [InlineData("handle-keyboard-interrupt: yes", "HANDLE_KEYBOARD_INTERRUPT", "1")]
    public void The_environment_has_what_the_attributes_say(string attributes, string name, string value)
    {
        using var project = new TempProject($"op:\n  exec: x\n  {attributes}\n");

        Assert.Equal(value, project.Plan("op").Environment[name]);
    }

    [Fact]
    public void A_flag_without_a_value_is_shown_by_its_null_label()
    {
        var operation = GuildFileText("op: {exec: x, flags: {a: {null-label: none of them}, b: }}\n");

        Assert.Contains("none of them", FlagHelp.Of(operation, operation.Flags[0]).Line, StringComparison.Ordinal);
        Assert.DoesNotContain("none of them", FlagHelp.Of(operation, operation.Flags[1]).Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flag-encoder: a:b")]
    [InlineData("remote: yes")]
    [InlineData("set-trace: yes")]
    [InlineData("output-attrs: {a: 'a: (.*)'}")]
    [InlineData("publish: {files: [x]}")]
    public void What_has_no_effect_is_warned_of_and_the_operation_runs(string attributes)
    {
        using var project = new TempProject($"op:\n  exec: 'true'\n  {attributes}\n");

        Assert.Equal("NotSupportedYet", Assert.Single(project.Project.File.Warnings).Id);
        Assert.Equal(0, project.Run("op").ExitCode);
    }

    [Theory]
    [InlineData("plugin-op: x")]
    [InlineData("requires: {dvcfile: x}")]
    [InlineData("requires: {dvcstage: x}")]
    [InlineData("flags: {$other: x}")]
    public void What_would_make_another_program_of_it_is_refused(string attributes)
    {
        using var project = new TempProject($"op:\n  exec: 'true'\n  {attributes}\n");

        Assert.Contains(Assert.Throws<GuildFileException>(() => project.Project).Diagnostics, d => d.Id == "NotSupportedYet");
    }

    [Fact]
    public void A_notebook_is_run_by_the_package_of_Guild_AI()
    {
        using var project = new TempProject("op: {notebook: a.ipynb}\n");

        Assert.Equal(["-um", "guild.plugins.nbexec", "a.ipynb"], project.Plan("op").Command.Arguments.Skip(1));
        Assert.Contains("Guild AI", Assert.Single(project.Project.File.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pip-freeze: yes")]
    [InlineData("pip-freeze: no")]
    [InlineData("plugins: [cpu, memory]")]
    [InlineData("plugins: [perf, dask, skopt, python_script, of_a_package]")]
    [InlineData("plugins: all")]
    [InlineData("plugins: no")]
    public void What_is_measured_and_what_only_Guild_AI_does_is_taken_without_a_word(string attributes)
    {
        using var project = new TempProject($"op:\n  exec: 'true'\n  {attributes}\n");

        Assert.Empty(project.Project.File.Warnings);
        var run = project.Run("op");
        Assert.Equal(0, run.ExitCode);
        Assert.False(File.Exists(Path.Combine(run.Directory.GuildPath, "attrs", "pip_freeze")));
    }

    [UnixTheory]
    [InlineData("{file: data, select: 'n(.*)\\.txt'}", "n1.txt n10.txt n9.txt")]
    [InlineData("{file: data, select: ['n1\\.txt', 'sub/.*\\.txt']}", "deep.txt n1.txt")]
    [InlineData("{file: data, select-max: 'n(.*)\\.txt'}", "n10.txt")]
    [InlineData("{file: data, select-min: 'n(.*)\\.txt'}", "n1.txt")]
    [InlineData("{file: data, select: 'sub/${part}\\.txt', preserve-path: yes}", "data/sub/deep.txt")]
    [InlineData("{file: data/n1.txt, rename: {pattern: 'n(.)', repl: 'm\\1'}}", "m1.txt")]
    [InlineData("{file: data/n1.txt, path: in}", "in/n1.txt")]
    [InlineData("{sources: [data/n1.txt, data/n9.txt], target-path: in}", "in/n1.txt in/n9.txt")]
    [InlineData("{file: nowhere, optional: yes}", "")]
    [InlineData("{file: data, select: none, warn-if-empty: no}", "")]
    [InlineData("{file: 'data/n${number}.txt'}", "n9.txt")]
    public void A_source_brings_what_its_attributes_say(string source, string files)
    {
        using var project = Data($"op: {{exec: 'true', sourcecode: no, flags: {{part: deep, number: 9}}, requires: [{source}]}}\n");

        var run = project.Run("op");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(files, FilesOf(run));
    }

    [UnixTheory]
    [InlineData("{file: data, select: none}", true)]
    [InlineData("{file: data, select: none, warn-if-empty: yes}", true)]
    [InlineData("{file: data, select: none, warn-if-empty: no}", false)]
    public void A_source_that_selects_nothing_is_warned_of_unless_it_says_no(string source, bool isWarned)
    {
        using var project = Data($"op: {{exec: 'true', requires: [{source}]}}\n");

        Assert.Equal(0, project.Run("op").ExitCode);
        Assert.Equal(isWarned, project.Events.Warnings.Any(w => w.Contains("selects nothing", StringComparison.Ordinal)));
    }

    [UnixTheory]
    [InlineData("{file: data, select: none, fail-if-empty: yes, help: Make the data first.}")]
    [InlineData("{file: nowhere, help: Make the data first.}")]
    public void A_source_that_fails_ends_the_run_with_its_help(string source)
    {
        using var project = Data($"op: {{exec: 'true', requires: [{source}]}}\n");

        Assert.Equal(RunStatus.Error, project.Run("op").Status);
        Assert.Contains("Make the data first.", project.Fault!.Message + project.Fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{file: data/n1.txt, flag-name: input}", "input", true)]
    [InlineData("{file: data/n1.txt, name: input}", "input", true)]
    [InlineData("{operation: make, flag-name: no}", "operation:make", false)]
    public void A_source_is_set_by_the_name_that_it_has_for_that(string source, string name, bool isSet)
    {
        using var project = Data($"{{op: {{exec: 'true', requires: [{source}]}}, make: {{exec: 'true'}}}}\n");

        if (isSet)
        {
            Assert.Equal("data/n9.txt", Assert.Single(project.Plan("op", $"{name}=data/n9.txt").Resources[0].Overrides).Value);
        }
        else
        {
            Assert.ThrowsAny<GuildException>(() => project.Plan("op", $"{name}=data/n9.txt"));
        }
    }

    [UnixFact]
    public void A_run_has_the_tags_label_comparison_and_attributes_of_its_operation()
    {
        using var project = new TempProject("op: {exec: 'true', flags: {lr: 0.123456789}, label: 'lr ${lr|%.2f}', tags: [a, b], compare: [=lr, loss step as step], run-attrs: {team: x}}\n");

        var run = project.Run("op");

        Assert.Equal(("lr 0.12", "a b"), (run.Label, string.Join(' ', run.Tags)));
        Assert.Equal("- =lr\n- loss step as step\n", File.ReadAllText(Path.Combine(run.Directory.GuildPath, "attrs", "compare")));
        Assert.Equal("team: x\n", File.ReadAllText(Path.Combine(run.Directory.GuildPath, "attrs", "opdef_attrs")));
    }

    [UnixFact]
    public void A_reference_in_exec_env_and_the_label_is_to_the_value_that_was_given()
    {
        using var project = new TempProject("op: {exec: 'sh -c ''echo $1 $TEXT'' x ${a}', flags: {a: 1}, env: {TEXT: 'n${a}'}, label: 'l${a}'}\n");

        var run = project.Run("op", "a=5");

        Assert.Equal(("5 n5", "l5"), (TempProject.Output(run), run.Label));
    }

    private static OperationDefinition GuildFileText(string text)
    {
        using var project = new TempProject(text);
        return project.Project.Operations.Single();
    }

    private static TempProject Data(string guildFile)
    {
        var project = new TempProject(guildFile);
        foreach (var name in new[] { "n1", "n9", "n10", "sub/deep" })
        {
            project.Write($"data/{name}.txt", name);
        }

        return project;
    }

    private static string FilesOf(Run run) => string.Join(' ', Directory.EnumerateFiles(run.Directory.Path, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(run.Directory.Path, f).Replace('\\', '/'))
        .Where(f => !f.StartsWith(".guild/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal));
}
