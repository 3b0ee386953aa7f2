namespace Guild.PowerShell.Tests.ClassicActions;

public sealed class ClassicRunTests : IDisposable
{
    private readonly ClassicProject _project = new();

    [Fact]
    public void Running_shows_what_the_program_prints_and_gives_no_object()
    {
        ClassicResult result = _project.Guild("run say text=hi -y");

        Assert.Empty(result.Streams.Errors);
        Assert.Equal(["hi"], result.Printed);
        Assert.Empty(result.Lines);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void Quiet_shows_nothing()
    {
        ClassicResult result = _project.Guild("run say -y -q");

        Assert.Empty(result.Streams.Information);
        Assert.Equal(["hello"], _project.Guild("cat --output").Lines);
    }

    [Fact]
    public void A_program_that_fails_leaves_its_exit_code_and_no_error()
    {
        ClassicResult result = _project.Guild("run fail code=5 -y");

        Assert.Empty(result.Streams.Errors);
        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public void A_program_that_fails_throws_where_errors_are_to_stop()
    {
        _project.Session.SetVariable("global:ErrorActionPreference", "Stop");

        ClassicResult result = _project.Guild("run fail -y");

        Assert.NotNull(result.Streams.Terminating);
        Assert.StartsWith("OperationFailed,", result.Streams.Terminating.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(7, result.ExitCode);
    }

    [Fact]
    public void A_program_that_is_missing_is_an_error()
    {
        ClassicResult result = _project.Guild("run nothing -y");

        Assert.Equal("ProgramNotStarted", result.ErrorId);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InlineData("run nope", 1, "OperationNotFound")]
    [InlineData("run say text=1 other=2", 1, "FlagInvalid")]
    [InlineData("run say --bogus", 2, "UsageInvalid")]
    [InlineData("nope", 2, "UsageInvalid")]
    [InlineData("-C no-such-folder operations", 1, "RequestInvalid")]
    [InlineData("-C data.txt operations", 1, "RequestInvalid")]
    [InlineData("runs info", 1, "RequestInvalid")]
    [InlineData("runs info zzz", 1, "RunNotFound")]
    [InlineData("select zzz", 1, "RunNotFound")]
    public void What_is_wrong_is_an_error_with_an_exit_code(string words, int exitCode, string id)
    {
        ClassicResult result = _project.Guild(words);

        Assert.Equal((exitCode, id), (result.ExitCode, result.ErrorId));
    }

    [Fact]
    public void A_usage_error_says_where_help_is()
    {
        Assert.Equal("unrecognized option '--bogus'\nTry 'guild run --help' for more information.", _project.Guild("run say --bogus").Error);
    }

    [Fact]
    public void An_error_stops_a_script_that_wants_it_to_and_leaves_its_exit_code()
    {
        _project.Session.SetVariable("global:ErrorActionPreference", "Stop");

        ClassicResult result = _project.Guild("nope");

        Assert.NotNull(result.Streams.Terminating);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void An_error_stops_a_function_that_wants_it_to_for_itself_only()
    {
        _project.Session.SetVariable("GuildTestHome", _project.Home);
        const string Script = """
            function careful { $ErrorActionPreference = 'Stop'; try { guild -H $GuildTestHome run nope -y; 'went on' } catch { 'stopped' } }
            careful
            guild -H $GuildTestHome run nope -y
            'went on'
            """;

        Assert.Equal(["stopped", "went on"], _project.Session.Run(Script).Text);
    }

    [Fact]
    public void Training_runs_the_train_operation()
    {
        Assert.Equal(["trained"], _project.Guild("train -y").Printed);
        Assert.Equal(["trained"], _project.Guild("train m -y").Printed);
    }

    [Fact]
    public void A_staged_run_says_how_to_start_it_and_is_started()
    {
        ClassicResult staged = _project.Guild("run say --stage text=later -y");
        string id = Assert.Single(_project.Guild("select").Lines);

        Assert.Equal([$"m:say staged as {id}\nTo start the operation, use 'guild run --start {id[..8]}'"], staged.Notes);
        Assert.Empty(staged.Printed);
        Assert.Equal(["later"], _project.Guild($"run --start {id[..8]} -y").Printed);
        Assert.Equal(["completed"], _project.Guild("select -a status").Lines);
    }

    [Fact]
    public void A_run_that_has_ended_is_started_again_where_it_is()
    {
        _project.Guild("run say text=one -y");
        string id = Assert.Single(_project.Guild("select").Lines);

        ClassicResult result = _project.Guild("run --restart 1 text=two -y");

        Assert.Equal((0, "two"), (result.ExitCode, Assert.Single(result.Printed)));
        Assert.Equal([id], _project.Guild("select --all").Lines);
        Assert.Equal(["one", "two"], _project.Guild("cat -O 1").Lines);
    }

    [Fact]
    public void What_a_restart_would_start_is_printed_and_not_started()
    {
        _project.Guild("run say text=one -y");

        string command = Assert.Single(_project.Guild("run --restart 1 --print-cmd").Lines);
        Assert.EndsWith("one", command, StringComparison.Ordinal);
        Assert.EndsWith("two", Assert.Single(_project.Guild("run --restart 1 text=two --print-cmd").Lines), StringComparison.Ordinal);
        Assert.Contains("export FLAG_TEXT=one", _project.Guild("run --restart 1 --print-env").Lines);
        Assert.Contains("export FLAG_TEXT=two", _project.Guild("run --restart 1 text=two --print-env").Lines);
        Assert.Equal(["one"], _project.Guild("cat -O 1").Lines);
    }

    [Fact]
    public void A_label_given_to_a_restart_names_the_new_flags()
    {
        _project.Guild("run say text=one -y");

        _project.Guild("run --restart 1 text=two -y -l 'of ${text}'");

        Assert.Equal(["of two"], _project.Guild("select -a label").Lines);
    }

    [Fact]
    public void A_run_in_the_background_is_named_and_watched()
    {
        ClassicResult started = _project.Guild("run say text=there --pidfile run.pid -y");
        string id = Assert.Single(_project.Guild("select").Lines);

        string note = Assert.Single(started.Notes);
        Assert.StartsWith($"m:say started in background as {id} (pidfile ", note, StringComparison.Ordinal);
        Assert.Empty(started.Printed);
        ClassicResult watched = _project.Guild($"watch {id[..8]}");
        Assert.Equal(["there"], watched.Lines);
        Assert.Equal([$"Watching run {id}", $"Run {id} stopped with a status of 'completed'"], watched.Notes);
        Assert.Equal((1, "nothing to watch"), (_project.Guild("watch").ExitCode, _project.Guild("watch").Error.Split('\n')[0]));
        Assert.StartsWith("cannot find run for pid ", _project.Guild("watch -p run.pid").Error, StringComparison.Ordinal);
        Assert.StartsWith("nowhere.pid does not exist", _project.Guild("watch -p nowhere.pid").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_about_a_run_are_answered_without_running()
    {
        Assert.EndsWith(" print hello", Assert.Single(_project.Guild("run say --print-cmd").Lines), StringComparison.Ordinal);
        Assert.Contains("export FLAG_TEXT=hello", _project.Guild("run say --print-env").Lines);
        Assert.Contains("  text  What to say (default is hello)", _project.Guild("run say --help-op").Lines);
        Assert.Contains("  say      Say something", _project.Guild("run say --help-model").Lines);
        Assert.Empty(_project.Guild("runs").Lines);
    }

    [Fact]
    public void Label_tags_comment_and_devices_go_into_the_record()
    {
        _project.Guild("run say -l 'said ${text}' -t one -t two -c 'why not' --gpus 0,1 -y");

        string[] info = _project.Guild("runs info -c -e").Lines;

        Assert.Contains("label: said hello", info);
        Assert.Contains("  - two", info);
        Assert.Contains("    body: why not", info);
        Assert.Contains("  CUDA_VISIBLE_DEVICES: 0,1", info);
    }

    [Fact]
    public void A_run_directory_of_its_own_is_told_of()
    {
        ClassicResult result = _project.Guild("run say --run-dir out -y");

        string directory = Path.Combine(_project.Path, "out");
        Assert.Equal([$"Run directory is '{directory}' (results will not be visible to Guild)"], result.Notes);
        Assert.True(File.Exists(Path.Combine(directory, ".guild", "opref")));
        Assert.Empty(_project.Guild("runs").Lines);
    }

    [Fact]
    public void A_project_elsewhere_is_named_with_C()
    {
        _project.Session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation('/')");

        ClassicResult result = _project.Guild($"-C '{_project.Path}' run say -y");

        Assert.Equal((0, "hello"), (result.ExitCode, Assert.Single(result.Printed)));
        Assert.Contains(_project.Guild($"-C '{_project.Path}' run say --print-env").Lines, line => line == $"export CMD_DIR={_project.Path}");
    }

    public void Dispose() => _project.Dispose();
}
