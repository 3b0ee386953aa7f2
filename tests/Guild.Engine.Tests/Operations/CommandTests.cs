using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

public sealed class CommandTests
{
    private static string[] Command(string operation, string[] words, params (string Path, string Text)[] files)
    {
        using var project = new TempProject(operation);
        foreach (var (path, text) in files)
        {
            project.Write(path, text);
        }

        return [.. project.Plan("op", words).Command.Arguments.Skip(1)];
    }

    [Fact]
    public void A_python_module_gets_its_base_arguments_and_then_the_flags_in_ordinal_order() => Assert.Equal(
        ["-um", "train", "base", "--a", "1", "--b", "x y"],
        Command("{op: {main: train base, flags: {b: x y, a: 1}}}", []));

    [Fact]
    public void A_module_in_a_folder_is_looked_for_in_that_folder()
    {
        using var project = new TempProject("{op: {main: lib/deep/pkg.train}}");
        var command = project.Plan("op").Command;
        Assert.Equal(["-um", "pkg.train"], command.Arguments.Skip(1));
        Assert.Equal("lib/deep", command.PythonPath[0]);
    }

    [Fact]
    public void A_python_file_runs_from_the_snapshot() => Assert.Equal(
        ["-u", "src/train.py", "--lr", "0.1"],
        Command("{op: {main: src/train.py, flags: {lr: 0.1}}}", [], ("src/train.py", "")));

    [Fact]
    public void A_python_file_runs_from_the_project_where_no_snapshot_is_taken()
    {
        using var project = new TempProject("{op: {main: train.py, sourcecode: no}}");
        project.Write("train.py", "");
        Assert.Equal(project.PathOf("train.py"), project.Plan("op").Command.Arguments[2]);
    }

    [Fact]
    public void A_script_that_is_not_there_is_an_error_before_anything_is_made()
    {
        var error = Assert.Throws<ProgramException>(() => Command("{op: {main: nope.py}}", []));
        Assert.Contains("nope.py", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_for_globals_go_through_the_runner_with_their_types()
    {
        var command = Command("{op: {main: train base, flags-dest: globals, flags: {lr: 1.0, n: 3, 'on': true, name: 'a b', none: null}}}", []);
        Assert.Equal("-u", command[0]);
        Assert.EndsWith("guild_main.py", command[1], StringComparison.Ordinal);
        Assert.Equal(["globals", "train", "base", "--", "--lr", "1.0", "--n", "3", "--name", "\"a b\"", "--on", "true"], command[2..]);
    }

    [Fact]
    public void Flags_for_none_are_not_passed() => Assert.Equal(["-um", "train"], Command("{op: {main: train, flags-dest: none, flags: {a: 1}}}", []));

    [Fact]
    public void References_in_main_are_replaced_after_the_words_are_split() => Assert.Equal(
        ["-um", "train", "--name=a b;$(rm)"],
        Command("""{op: {main: 'train --name=${name}', flags: {name: {default: x, arg-skip: yes}}}}""", ["name=a b;$(rm)"]));

    [Fact]
    public void An_exec_command_is_split_like_a_shell_does_and_no_shell_sees_the_values() => Assert.Equal(
        ["-c", "echo \"$0\"", "it's; $(x) \"y\"", "--n", "it's; $(x) \"y\""],
        Command("""{op: {exec: 'sh -c ''echo "$0"'' ${n} ${flag_args}', flags: {n: z}}}""", ["n=it's; $(x) \"y\""]));

    [Fact]
    public void An_exec_command_can_name_the_python_and_the_project()
    {
        using var project = new TempProject("""{op: {exec: '${python_exe} ${project_dir}/x.py'}}""");
        var command = project.Plan("op").Command.Arguments;
        Assert.Contains("python", Path.GetFileName(command[0]), StringComparison.Ordinal);
        Assert.Equal(project.PathOf("x.py"), command[1]);
    }

    [Fact]
    public void A_reference_to_something_that_is_not_a_flag_is_an_error_that_names_it()
    {
        var error = Assert.ThrowsAny<GuildException>(() => Command("""{op: {exec: 'echo ${nope}'}}""", []));
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_line_with_an_open_quote_is_an_error_of_the_guild_file() => Assert.Throws<GuildFileException>(() => Command("""{op: {exec: "echo 'x"}}""", []));

    [Fact]
    public void A_powershell_script_gets_its_parameters_as_one_literal_with_types()
    {
        using var project = new TempProject("""
            op:
              main: report.ps1 -Mode fast
              flags: {top: 5, rate: 2.0, title: It’s 'x', 'on': true, many: {default: null}, batch-size: 8}
            """);
        project.Write("report.ps1", "param()");
        project.Environment["PATH"] = project.ProjectPath;
        var context = project.Context with { FallbackPowerShell = "/opt/pwsh" };
        var command = Planner.Plan(project.Request("op"), context).Command.Arguments;
        Assert.Equal("/opt/pwsh", command[0]);
        Assert.Equal("report.ps1", command[^2]);
        Assert.Equal("@{'batchsize' = 8; 'Mode' = 'fast'; 'on' = $true; 'rate' = 2.0; 'title' = 'It’’s ''x'''; 'top' = 5}", command[^1]);
    }

    [Fact]
    public void A_virtual_environment_that_is_active_provides_the_python()
    {
        using var project = new TempProject("{op: {main: train}}");
        project.Write("venv/bin/python", "");
        project.Environment["VIRTUAL_ENV"] = project.PathOf("venv");
        Assert.Equal(project.PathOf("venv/bin/python"), project.Plan("op").Command.Arguments[0]);
    }

    [Fact]
    public void Without_any_python_the_error_says_what_to_install()
    {
        using var project = new TempProject("{op: {main: train}}");
        project.Environment["PATH"] = project.ProjectPath;
        Assert.Contains("Install Python 3", Assert.Throws<ProgramException>(() => project.Plan("op")).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_asks_for_trials_and_is_refused_unless_the_program_takes_it_apart()
    {
        Assert.Throws<RequestException>(() => Command("{op: {main: train, flags: {lr: 0.1}}}", ["lr=[0.1,0.2]"]));
        Assert.Equal(
            ["-um", "train", "--lr", "0.1", "0.2"],
            Command("{op: {main: train, flags: {lr: {default: '', arg-split: yes}}}}", ["lr=0.1 0.2"]));
    }
}
