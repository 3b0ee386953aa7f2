using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

public sealed class ClassicProjectTests : IDisposable
{
    private readonly ClassicProject _project = new();

    [Theory]
    [InlineData("operations", "m:fail|m:nothing|m:say      Say something|m:train    Train it")]
    [InlineData("ops SAY", "m:say  Say something")]
    [InlineData("ops . train", "m:train  Train it")]
    [InlineData("ops -a hid", "m:_hidden")]
    [InlineData("models", "m  A model for tests")]
    [InlineData("resources", "m:rows  Some rows")]
    [InlineData("resources -a secret", "m:secret")]
    [InlineData("resources -v", "m:rows  Some rows|  sources:|    file:data.txt")]
    [InlineData("resources --status none", "")]
    public void Definitions_are_listed(string words, string expected)
    {
        Assert.Equal(expected, string.Join('|', _project.Guild(words).Lines));
    }

    [Fact]
    public void Help_is_text_of_the_success_stream()
    {
        Assert.Equal("Usage: guild [OPTIONS] COMMAND [ARGS]...", _project.Guild("--help").Lines[0]);
        Assert.Equal("Usage: guild run [OPTIONS] [[MODEL:]OPERATION] [FLAG=VAL]...", _project.Guild("run --help").Lines[0]);
        Assert.Contains("MODEL m", _project.Guild("help").Lines);
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}"], _project.Guild("--version").Lines);
    }

    [Fact]
    public void The_check_names_version_and_home()
    {
        string[] lines = _project.Guild("check").Lines;

        Assert.Contains(lines, l => l.StartsWith("guild_version:", StringComparison.Ordinal) && l.EndsWith(BuiltFiles.ModuleVersion, StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("guild_home:", StringComparison.Ordinal) && l.EndsWith(_project.Home, StringComparison.Ordinal));
    }

    [Fact]
    public void The_host_sends_results_notes_and_errors_where_they_belong()
    {
        string[] start = ["-C", _project.Path, "-H", _project.Home];

        ProcessRun run = ProcessRun.Guild([.. start, "run", "say", "-y"]);
        ProcessRun failed = ProcessRun.Guild([.. start, "run", "fail", "code=9", "-y"]);
        ProcessRun label = ProcessRun.Guild([.. start, "label", "new", "-y"]);
        ProcessRun wrong = ProcessRun.Guild([.. start, "runs", "nope"]);
        ProcessRun list = ProcessRun.Guild([.. start, "ops", "say"]);

        Assert.Equal((0, "hello\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal((9, "", ""), (failed.ExitCode, failed.Output, failed.Error));
        Assert.Equal((0, "", "Labeled 1 run(s)\n"), (label.ExitCode, label.Output, label.Error));
        Assert.Equal((0, "m:say  Say something\n", ""), (list.ExitCode, list.Output, list.Error));
        Assert.Equal((2, ""), (wrong.ExitCode, wrong.Output));
        Assert.StartsWith("guild: ", wrong.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();
}
