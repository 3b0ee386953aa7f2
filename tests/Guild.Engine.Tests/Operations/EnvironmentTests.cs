using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

public sealed class EnvironmentTests : IDisposable
{
    private readonly TempProject _project = new("""
        - model: mlp
          operations:
            train:
              main: train
              flags-dest: globals
              handle-keyboard-interrupt: yes
              env: {DATA: 'set-${name}', FLAG_LR: mine, COUNT: 3, CMD_DIR: nope}
              flags: {lr: 0.001, 'on': yes, 'off': no, name: a b, batch-size: {default: 8, env-name: BATCH}, none: null}
            plain: plain
            other: {exec: 'true'}
        """);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("GUILD_OP", "mlp:train")]
    [InlineData("GUILD_PLUGINS", "python_script")]
    [InlineData("GUILD_SOURCECODE", ".")]
    [InlineData("LOG_LEVEL", "20")]
    [InlineData("FLAGS_DEST", "globals")]
    [InlineData("HANDLE_KEYBOARD_INTERRUPT", "1")]
    [InlineData("FLAG_LR", "0.001")]
    [InlineData("FLAG_ON", "1")]
    [InlineData("FLAG_OFF", "")]
    [InlineData("FLAG_NAME", "a b")]
    [InlineData("BATCH", "8")]
    [InlineData("DATA", "set-a b")]
    [InlineData("COUNT", "3")]
    public void The_program_is_told_about_the_operation(string name, string expected) => Assert.Equal(expected, Environment("mlp:train")[name]);

    [Fact]
    public void The_program_is_told_where_things_are()
    {
        var environment = Environment("mlp:train");
        Assert.Equal(_project.ProjectPath, environment["CMD_DIR"]);
        Assert.Equal(_project.ProjectPath, environment["MODEL_DIR"]);
        Assert.Equal(_project.ProjectPath, environment["PROJECT_DIR"]);
        Assert.Equal(_project.Home.Path, environment["GUILD_HOME"]);
        Assert.Equal("/runs/abc", environment["RUN_DIR"]);
        Assert.Equal("abc", environment["RUN_ID"]);
    }

    [Fact]
    public void A_flag_with_a_variable_of_its_own_has_no_other() => Assert.DoesNotContain("FLAG_BATCH_SIZE", Environment("mlp:train").Keys);

    [Fact]
    public void Flags_go_to_arguments_where_nothing_else_is_said() => Assert.Equal("args", Environment("mlp:plain")["FLAGS_DEST"]);

    [Theory]
    [InlineData("HANDLE_KEYBOARD_INTERRUPT")]
    [InlineData("CUDA_VISIBLE_DEVICES")]
    public void What_nobody_asked_for_is_not_set(string name)
    {
        _project.Environment.Remove(name);
        Assert.DoesNotContain(name, Environment("mlp:plain").Keys);
    }

    [Fact]
    public void A_program_of_another_kind_has_no_plugins_and_no_destination_of_flags()
    {
        var environment = Environment("mlp:other");
        Assert.Equal("", environment["GUILD_PLUGINS"]);
        Assert.DoesNotContain("FLAGS_DEST", environment.Keys);
    }

    [Theory]
    [InlineData("0,1")]
    [InlineData("")]
    public void The_gpus_that_were_asked_for_are_the_visible_ones(string gpus)
    {
        var request = _project.Request("mlp:plain") with { Gpus = gpus };
        Assert.Equal(gpus, Planner.Plan(request, _project.Context).Environment["CUDA_VISIBLE_DEVICES"]);
    }

    [Fact]
    public void A_log_level_that_is_set_stays()
    {
        _project.Environment["LOG_LEVEL"] = "10";
        Assert.Equal("10", Environment("mlp:plain")["LOG_LEVEL"]);
    }

    [Fact]
    public void The_python_path_has_the_source_first_then_what_was_there_each_once()
    {
        _project.Environment["PYTHONPATH"] = string.Join(Path.PathSeparator, "/one", "/runs/abc", "/two");
        Assert.Equal(["/runs/abc", "/one", "/two"], Environment("mlp:plain")["PYTHONPATH"].Split(Path.PathSeparator).Select(p => p.TrimEnd('/')));
    }

    [Fact]
    public void What_is_inherited_stays()
    {
        _project.Environment["SOMETHING"] = "else";
        Assert.Equal("else", Environment("mlp:plain")["SOMETHING"]);
    }

    private Dictionary<string, string> Environment(string operation) =>
        EnvironmentBuilder.ForRun(_project.Plan(operation), "/runs/abc", "abc", _project.Context);
}
