using System.Text.Json;

namespace Guild.PowerShell.Tests.ClassicActions;

public sealed class ClassicRunsTests : IDisposable
{
    private readonly ClassicProject _project = new();

    public ClassicRunsTests()
    {
        _project.Guild("run say text=a -l first -t old -y");
        _project.Guild("run fail -y");
        _project.Guild("run say text=b -l second -y");
    }

    [Theory]
    [InlineData("runs -s", "[1] m:say completed second|[2] m:fail error code=7|[3] m:say completed first")]
    [InlineData("runs list -s -Fo say", "[1] m:say completed second|[2] m:say completed first")]
    [InlineData("runs -s -Fo m:f*", "[1] m:fail error code=7")]
    [InlineData("runs -s -Fo '^m:say'", "[1] m:say completed second|[2] m:say completed first")]
    [InlineData("runs -s -Fl fir", "[1] m:say completed first")]
    [InlineData("runs -s -Ft old", "[1] m:say completed first")]
    [InlineData("runs -s -Se", "[1] m:fail error code=7")]
    [InlineData("runs -s --not-error", "[1] m:say completed second|[2] m:say completed first")]
    [InlineData("runs -s -Fm", "")]
    [InlineData("runs -s -n 1", "[1] m:say completed second")]
    [InlineData("runs list -s 2:", "[1] m:fail error code=7|[2] m:say completed first")]
    [InlineData("runs list -s -Fo say 2", "[1] m:say completed first")]
    [InlineData("runs -s -d", "")]
    [InlineData("runs -s -F 'text = a'", "[1] m:say completed first")]
    [InlineData("runs -s -F 'text in [a, b] and not tags contains old'", "[1] m:say completed second")]
    [InlineData("runs list -s --filter 'exit_status > 0 or label = first' 2", "[1] m:say completed first")]
    [InlineData("runs -s -F 'text is undefined'", "[1] m:fail error code=7")]
    [InlineData("runs -s -Fs 'last hour' -Se", "[1] m:fail error code=7")]
    [InlineData("runs -s -Fs 'before 3 days ago'", "")]
    [InlineData("runs -s -Fc -", "[1] m:say completed second|[2] m:fail error code=7|[3] m:say completed first")]
    [InlineData("runs -s -Fc nothing", "")]
    [InlineData("runs -s -Fd zz", "")]
    [InlineData("runs -s -Fn -F 'op = fail'", "[1] m:fail error code=7")]
    public void Runs_are_listed(string words, string expected)
    {
        Assert.Equal(expected, string.Join('|', _project.Guild(words).Lines.Select(OneSpaced)));
    }

    [Fact]
    public void Commands_change_only_the_runs_that_pass_an_expression()
    {
        _project.Guild("label -F 'text = a' -s found");
        _project.Guild("runs rm -F 'op = fail' -y");

        Assert.Equal(["[1] m:say completed second", "[2] m:say completed found"], _project.Guild("runs -s").Lines.Select(OneSpaced));
    }

    [Theory]
    [InlineData("runs -F 'text =='", "column 7", "FilterInvalid")]
    [InlineData("runs rm -y -F 'text ='", "column 7", "FilterInvalid")]
    [InlineData("runs rm -y -Fs 'last tuesday'", "column 6", "TimeRangeInvalid")]
    public void A_filter_that_cannot_be_read_changes_nothing(string words, string place, string id)
    {
        ClassicResult result = _project.Guild(words);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
        Assert.Equal(id, result.ErrorId);
        Assert.Equal(3, _project.Guild("runs -s").Lines.Length);
    }

    [Fact]
    public void A_list_of_many_pages_says_so()
    {
        Assert.Empty(_project.Guild("runs").Notes);
        for (int i = 0; i < 18; i++)
        {
            _project.Guild("run say -y -q --stage");
        }

        ClassicResult result = _project.Guild("runs");

        Assert.Equal(20, result.Lines.Length);
        Assert.Equal(["Showing the first 20 runs (21 total) - use --all to show all or -m to show more"], result.Notes);
        Assert.Equal(21, _project.Guild("runs -m").Lines.Length);
    }

    [Fact]
    public void Runs_are_written_as_json()
    {
        JsonElement[] runs = [.. JsonDocument.Parse(Assert.Single(_project.Guild("runs --json").Lines)).RootElement.EnumerateArray()];

        Assert.Equal(["completed", "error", "completed"], runs.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(7, runs[1].GetProperty("exit_status").GetInt32());
        Assert.Equal("old", Assert.Single(runs[2].GetProperty("tags").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_run_is_shown_with_its_flags_and_files()
    {
        string[] info = _project.Guild("runs info -m -d").Lines;

        Assert.Contains("operation: m:say", info);
        Assert.Contains("exit_status: 0", info);
        Assert.Contains("  text: b", info);
        Assert.Equal(["manifest:", "  dependencies:", "    - data.txt", "  sourcecode:", "    - notes.py"], info.SkipWhile(l => l != "manifest:").Take(5));
        Assert.Contains("  rows:", info.SkipWhile(l => l != "dependencies:"));
    }

    [Fact]
    public void Deleted_runs_go_to_the_trash_and_come_back()
    {
        Assert.Equal(["Deleted 2 run(s)"], _project.Guild("runs rm 1 3 -y").Notes);
        Assert.Single(_project.Guild("runs").Lines);
        Assert.Equal(2, _project.Guild("runs -d").Lines.Length);

        Assert.Equal(["Restored 1 run(s)"], _project.Guild("runs restore 1 -y").Notes);
        Assert.Equal(["Permanently deleted 1 run(s)"], _project.Guild("runs purge -y").Notes);
        Assert.Equal(2, _project.Guild("runs").Lines.Length);
        Assert.Equal(["Nothing to purge."], _project.Guild("runs purge").Notes);
    }

    [Theory]
    [InlineData("runs rm")]
    [InlineData("runs rm --permanent 1")]
    public void Nothing_is_deleted_where_nobody_can_be_asked(string words)
    {
        ClassicResult result = _project.Guild(words);

        Assert.Equal((1, "RequestInvalid"), (result.ExitCode, result.ErrorId));
        Assert.Contains("--yes", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, _project.Guild("runs").Lines.Length);
    }

    [Theory]
    [InlineData("label new", "new")]
    [InlineData("label 1 'x ${text}'", "x b")]
    [InlineData("label --prepend pre", "pre second")]
    [InlineData("label --append post", "second post")]
    [InlineData("label --remove second --append other", "other")]
    [InlineData("label --remove sec", "second")]
    [InlineData("label --clear", "")]
    public void Labels_are_changed(string words, string expected)
    {
        Assert.Equal(0, _project.Guild(words).ExitCode);
        Assert.Equal([expected], _project.Guild("select 1 -a label").Lines);
    }

    [Fact]
    public void Files_are_listed_by_where_they_come_from()
    {
        Assert.Equal(["data.txt", "notes.py"], _project.Guild("ls -n").Lines);
        Assert.Equal(["data.txt"], _project.Guild("ls -n -d").Lines);
        Assert.Equal(["notes.py"], _project.Guild("ls -n -s").Lines);
        Assert.Empty(_project.Guild("ls -n -g").Lines);
        Assert.Contains(".guild/opref", _project.Guild("ls -n -a").Lines);
        Assert.Equal("  notes.py", _project.Guild("ls -p *.py").Lines[1]);
    }

    [Fact]
    public void Files_and_output_are_printed()
    {
        Assert.Equal(["rows"], _project.Guild("cat -p data.txt").Lines);
        Assert.Equal(["a"], _project.Guild("cat 3 --output").Lines);
        Assert.Equal("RequestInvalid", _project.Guild("cat -p nothing").ErrorId);
    }

    [Fact]
    public void Runs_are_selected()
    {
        string[] ids = _project.Guild("select --all").Lines;

        Assert.Equal(3, ids.Length);
        Assert.Equal([ids[0]], _project.Guild("select").Lines);
        Assert.Equal([ids[1][..8]], _project.Guild("select -Fo fail -s").Lines);
        Assert.Equal([ids[2]], _project.Guild($"select {ids[2][..10]}").Lines);
        Assert.Equal([Path.Combine(_project.Home, "runs", ids[0])], _project.Guild("select -p").Lines);
        Assert.Equal(["text: a"], _project.Guild("select 3 -a flags").Lines);
        Assert.Equal("RequestInvalid", _project.Guild("select -a nothing").ErrorId);
    }

    [Fact]
    public void Nothing_is_stopped_where_nothing_runs()
    {
        Assert.Equal(["Nothing to stop."], _project.Guild("stop").Notes);
    }

    public void Dispose() => _project.Dispose();

    private static string OneSpaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
