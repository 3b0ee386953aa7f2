using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary><c>guild export</c>, <c>import</c>, <c>tag</c>, <c>mark</c>, <c>comment</c> and <c>open</c>.</summary>
public sealed class ClassicKeepTests : IDisposable
{
    private readonly ClassicProject _project = new();

    public ClassicKeepTests()
    {
        _project.Guild("run say text=a -l first -t old -y");
        _project.Guild("run say text=b -l second -y");
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void Runs_are_exported_and_imported(string name)
    {
        string[] ids = _project.Guild("select --all").Lines;

        Assert.Equal([$"Exported 2 run(s) to {name}"], _project.Guild($"export {name} -y").Notes);
        ClassicResult again = _project.Guild($"runs export {name} 1 -y");
        Assert.Equal([$"Exported 0 run(s) to {name}"], again.Notes);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal([$"{ids[0]} exists, skipping"], again.Streams.Warnings);
        _project.Guild("runs rm -p -y");
        Assert.Equal([$"Imported 1 run(s) from {name}"], _project.Guild($"import {name} -Fl first -y").Notes);
        Assert.Equal([ids[1]], _project.Guild("select --all").Lines);
        Assert.Equal([$"Imported 1 run(s) from {name}"], _project.Guild($"runs import {name} {ids[0]} -y").Notes);
        Assert.Equal(ids, _project.Guild("select --all").Lines);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void Runs_of_an_archive_are_listed_where_they_are(string name)
    {
        string[] listed = _project.Guild("runs").Lines;
        string[] ids = _project.Guild("select --all").Lines;
        _project.Guild($"export {name} -y");
        _project.Guild("runs rm -p -y");

        Assert.Empty(_project.Guild("runs").Lines);
        Assert.Equal(listed, _project.Guild($"runs list --archive {name}").Lines);
        Assert.Equal([listed[1].Replace("[2:", "[1:", StringComparison.Ordinal)], _project.Guild($"runs list -A {name} -Fl first").Lines);
        Assert.Equal([listed[1].Replace("[2:", "[1:", StringComparison.Ordinal)], _project.Guild($"runs list -A {name} {ids[1]}").Lines);
        Assert.Contains($"\"id\": \"{ids[0]}\"", _project.Guild($"runs list -A {name} --json").Lines.Single(), StringComparison.Ordinal);
        Assert.Equal([listed[0]], _project.Guild($"runs list -A {name} -n 1").Lines);
        Assert.Empty(_project.Guild("runs").Lines);
    }

    [Fact]
    public void Runs_are_moved_to_an_archive_that_has_a_name_and_are_found_there()
    {
        string[] ids = _project.Guild("select --all").Lines;

        Assert.Equal("RequestInvalid", _project.Guild("archive old -y").ErrorId);
        Assert.Equal(["Creating 'old'", "Archived 1 run(s) to 'old'"], _project.Guild("archive old 2 --create -d 'First tries' -y").Notes);
        Assert.Equal(["Archived 1 run(s) to 'old'"], _project.Guild("runs archive old 1 --copy -y").Notes);
        Assert.Equal(["old  First tries"], _project.Guild("archive --list").Lines);
        Assert.StartsWith("  path: ", _project.Guild("archive -l -v").Lines[1], StringComparison.Ordinal);
        Assert.Equal([ids[0]], _project.Guild("select --all").Lines);
        Assert.Equal(2, _project.Guild("runs --archive old").Lines.Length);

        Assert.Equal(["Imported 1 run(s) from old"], _project.Guild("import old -y").Notes);
        Assert.Equal(ids, _project.Guild("select --all").Lines);
    }

    [Fact]
    public void Runs_of_an_archive_are_deleted_and_those_of_the_home_are_not()
    {
        string[] ids = _project.Guild("select --all").Lines;
        _project.Guild("archive old --create --copy -y");
        _project.Guild("export out.zip -y");

        Assert.Equal(["Deleted 1 run(s)"], _project.Guild("runs rm -A old 1 -y").Notes);
        Assert.Contains(ids[1][..8], Assert.Single(_project.Guild("runs -A old").Lines), StringComparison.Ordinal);
        Assert.Equal(ids, _project.Guild("select --all").Lines);
        Assert.Contains(ids[0][..8], Assert.Single(_project.Guild("runs -d").Lines), StringComparison.Ordinal);
        Assert.Equal(["Permanently deleted 1 run(s)"], _project.Guild("runs rm -A old -p -y").Notes);
        Assert.Equal("RequestInvalid", _project.Guild("runs rm -A out.zip -y").ErrorId);
        Assert.Equal("RunArchiveInvalid", _project.Guild("runs rm -A nowhere -y").ErrorId);
        Assert.Equal(ids, _project.Guild("select --all").Lines);
    }

    [Fact]
    public void A_run_is_shown_with_its_plugins_and_what_it_is_started_again_by()
    {
        Assert.DoesNotContain("plugins:", _project.Guild("runs info").Lines);
        string[] lines = _project.Guild("runs info --plugins --private-attrs").Lines;
        Assert.Contains("plugins:", lines);
        Assert.Contains("op:", lines);
        Assert.Contains(lines, line => line.StartsWith("opref: guildfile:", StringComparison.Ordinal));
        Assert.Contains("\"op\": {", _project.Guild("runs info --private-attrs --json").Lines.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_run_again_with_its_flags_and_with_others()
    {
        _project.Guild("run --proto 2 -y -l again");
        Assert.Equal(["  text: a"], _project.Guild("runs info").Lines.Where(l => l.StartsWith("  text:", StringComparison.Ordinal)));
        _project.Guild("run --proto 2 text=c -y");
        Assert.Equal(["  text: c"], _project.Guild("runs info").Lines.Where(l => l.StartsWith("  text:", StringComparison.Ordinal)));
        Assert.Equal("UsageInvalid", _project.Guild("run --proto 1 --restart 1 -y").ErrorId);
        Assert.Equal("RunNotFound", _project.Guild("run --proto nothing -y").ErrorId);
        Assert.Equal(4, _project.Guild("select --all").Lines.Length);
    }

    [Fact]
    public void An_ended_run_is_staged_again_and_started_with_other_devices()
    {
        string id = _project.Guild("select 2").Lines.Single();

        Assert.Equal($"m:say staged as {id}\nTo start the operation, use 'guild run --start {id[..8]}'", Assert.Single(_project.Guild($"run --restart {id} --stage -y").Notes));
        Assert.Equal(["staged"], _project.Guild($"runs info {id}").Lines.Where(l => l.StartsWith("status: ", StringComparison.Ordinal)).Select(l => l[8..]));
        Assert.Equal("RunStateInvalid", _project.Guild($"run --restart {id} --stage -y").ErrorId);
        Assert.Equal(0, _project.Guild($"run --start {id} --gpus 0,1 -y").ExitCode);
        string[] lines = _project.Guild($"runs info {id} --env").Lines;
        Assert.Contains("status: completed", lines);
        Assert.Contains(lines, l => l.TrimStart().StartsWith("CUDA_VISIBLE_DEVICES:", StringComparison.Ordinal) && l.Contains("0,1", StringComparison.Ordinal));
        Assert.Equal(0, _project.Guild($"run --restart {id} --no-gpus text=z -y").ExitCode);
        Assert.DoesNotContain(_project.Guild($"runs info {id} --env").Lines, l => l.Contains("CUDA_VISIBLE_DEVICES", StringComparison.Ordinal) && l.Contains("0,1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_has_the_comments_of_each_run_when_asked_for()
    {
        _project.Guild("comment 2 -a good -y");
        string[] listed = _project.Guild("runs").Lines;

        string[] lines = _project.Guild("runs list --comments").Lines;

        Assert.Equal([listed[0], listed[1]], lines[..2]);
        Assert.StartsWith("  ", lines[2], StringComparison.Ordinal);
        Assert.Equal(["", "    good"], lines[3..5]);
    }

    [Theory]
    [InlineData("runs list -A out -d")]
    [InlineData("runs list -c -v")]
    [InlineData("runs list -c --json")]
    public void What_a_list_cannot_be_at_once_is_refused(string words) => Assert.Equal("UsageInvalid", _project.Guild(words).ErrorId);

    [Fact]
    public void Moved_runs_are_gone_where_they_were()
    {
        Assert.Equal(["Exported 1 run(s) to out"], _project.Guild("export out 2 -m -y").Notes);
        Assert.Single(_project.Guild("runs").Lines);
        Assert.Equal(["Imported 1 run(s) from out"], _project.Guild("import out --move -y").Notes);
        Assert.Equal(2, _project.Guild("runs").Lines.Length);
        Assert.Equal(["No runs to import."], _project.Guild("import out -y").Notes);
    }

    [Theory]
    [InlineData("import nowhere", "RunArchiveInvalid")]
    [InlineData("export", "UsageInvalid")]
    [InlineData("export guild.yml -y", "RunArchiveInvalid")]
    [InlineData("tag 1", "UsageInvalid")]
    [InlineData("tag --add x --list-all", "UsageInvalid")]
    [InlineData("comment -a x -c", "UsageInvalid")]
    [InlineData("comment", "RequestInvalid")]
    [InlineData("comment -d 7 -y", "RequestInvalid")]
    [InlineData("comment -c", "RequestInvalid")]
    [InlineData("open -p nothing", "RequestInvalid")]
    [InlineData("open -p /etc", "UsageInvalid")]
    [InlineData("open -c no-such-program-anywhere", "ProgramNotStarted")]
    public void What_cannot_be_done_is_an_error(string words, string id)
    {
        ClassicResult result = _project.Guild(words);

        Assert.Equal((id, 1), (result.ErrorId, result.ExitCode == 2 ? 1 : result.ExitCode));
    }

    [Fact]
    public void Tags_are_changed_and_listed_and_labels_follow_when_asked()
    {
        Assert.Equal(["Modified tags for 1 run(s)"], _project.Guild("tag 2 -a x -a y -d old -y").Notes);
        Assert.Equal(["x", "y"], _project.Guild("tag --list-all").Lines);
        Assert.Equal(["first"], _project.Guild("select 2 -a label").Lines);
        _project.Guild("tag 2 --clear --add best --sync-labels -y");
        Assert.Equal(["best first"], _project.Guild("select 2 -a label").Lines);
        Assert.Equal(["best"], _project.Guild("runs tag --list-all").Lines);
    }

    [Fact]
    public void Runs_are_marked_and_unmarked()
    {
        Assert.Equal(["Marked 1 run(s)"], _project.Guild("mark -y").Notes);
        Assert.Single(_project.Guild("runs -Fm").Lines);
        Assert.Equal(["Unmarked 1 run(s)"], _project.Guild("mark --clear -y").Notes);
        Assert.Equal(["No runs to unmark."], _project.Guild("mark --clear -y").Notes);
    }

    [Fact]
    public void Comments_are_added_listed_and_removed()
    {
        Assert.Equal(["Added comment to 2 run(s)"], _project.Guild("comment 1 2 -a 'two words' -u ada@lab -y").Notes);
        string[] lines = _project.Guild("comment -l").Lines;
        Assert.StartsWith("[1] ada@lab ", lines[1], StringComparison.Ordinal);
        Assert.Equal("  two words", lines[3]);
        Assert.Equal(["Deleted comment for 1 run(s)"], _project.Guild("comment -d 1 -y").Notes);
        Assert.Equal("  <no comments>", _project.Guild("comment -l").Lines[1]);
        Assert.Equal(["Deleted all comments for 1 run(s)"], _project.Guild("comment 2 -c -y").Notes);
    }

    [Fact]
    public void A_run_is_opened_with_the_program_that_is_named()
    {
        ClassicResult result = _project.Guild($"open -p data.txt -c \"dotnet '{BuiltFiles.TestProgram}' exit 3\"");

        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void Files_of_the_record_are_not_generated_and_circles_of_links_end()
    {
        string run = _project.Guild("select 1 -p").Lines[0];
        File.WriteAllText(Path.Combine(run, "made.txt"), "made");
        Directory.CreateSymbolicLink(Path.Combine(run, "loop"), run);

        Assert.Equal(["made.txt"], _project.Guild("ls -n -a -g").Lines.Where(line => !line.StartsWith("loop", StringComparison.Ordinal)));
        Assert.Contains("loop/", _project.Guild("ls -n -L").Lines);
    }

    public void Dispose() => _project.Dispose();
}
