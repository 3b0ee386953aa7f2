namespace Guild.PowerShell.Tests.ClassicActions;

public sealed class ClassicCompareTests : IDisposable
{
    private readonly ClassicProject _project = new();

    public ClassicCompareTests()
    {
        File.WriteAllText(Path.Combine(_project.Path, "guild.yml"), $$$"""
            - model: m
              sourcecode: '*.py'
              operations:
                say: {exec: 'dotnet "{{{Hosting.BuiltFiles.TestProgram}}}" print "loss: ${x}"', flags: {x: 1}}
                fail: {exec: 'dotnet "{{{Hosting.BuiltFiles.TestProgram}}}" exit ${code}', flags: {code: 7}}
            """);
        _project.Guild("run say x=0.5 -l first -y");
        _project.Guild("run fail -y");
        _project.Guild("run say x=0.25 -l second -y");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_table_has_a_heading_and_a_row_for_each_run()
    {
        string[] lines = _project.Guild("compare -p -c '=code, loss'").Lines;

        Assert.Equal(4, lines.Length);
        Assert.Equal("run operation started time status label code loss", OneSpaced(lines[0]));
        Assert.EndsWith("completed second 0.25", OneSpaced(lines[1]), StringComparison.Ordinal);
        Assert.EndsWith("error code=7 7", OneSpaced(lines[2]), StringComparison.Ordinal);
        Assert.Equal(lines, _project.Guild("compare -p -c '=code, loss' -t").Lines);
    }

    [Theory]
    [InlineData("compare -cc '.label as name, loss' --csv -", "run,name,loss|ID,second,0.25|ID,code=7,|ID,first,0.5")]
    [InlineData("compare -cc '.label as name, loss' --csv - --max loss", "run,name,loss|ID,first,0.5|ID,second,0.25|ID,code=7,")]
    [InlineData("compare -cc '.label as name, loss' --csv - --min loss -n 1", "run,name,loss|ID,second,0.25")]
    [InlineData("compare -cc '.label as name, .status' --csv - -u -Fo say", "run,name|ID,second|ID,first")]
    [InlineData("compare 3 1 -cc 'loss step, count loss as n' --csv -", "run,loss step,n|ID,0,1|ID,0,1")]
    [InlineData("compare -r -p --csv - 1", "run|ID")]
    [InlineData("compare -r 1 --csv -", "run,x,step,loss|ID,0.25,0,0.25")]
    public void Values_are_written(string words, string expected)
    {
        Assert.Equal(expected, string.Join('|', _project.Guild(words).Lines.Select(WithoutId)));
    }

    [Fact]
    public void Values_are_written_to_a_file()
    {
        ClassicResult result = _project.Guild("compare -cc '=x' -Fo say --csv deep/runs.csv");

        Assert.Empty(result.Lines);
        Assert.Equal(["Wrote 2 row(s) to deep/runs.csv"], result.Notes);
        Assert.Equal(["run,x", "ID,0.25", "ID,0.5"], File.ReadAllLines(Path.Combine(_project.Path, "deep", "runs.csv")).Select(WithoutId));
    }

    [Fact]
    public void Scalars_are_shown_instead()
    {
        Assert.Equal(["[ID] m:say", "  loss: 0.250000 (step 0)"], _project.Guild("compare 1 --print-scalars").Lines.Select(l => l.StartsWith('[') ? "[ID]" + l[10..] : l));
    }

    [Theory]
    [InlineData("compare -c 'loss as'", "position 6")]
    [InlineData("compare --min nothing", "There is no column 'nothing'")]
    [InlineData("compare zz", "zz")]
    [InlineData("select -min 'a, b'", "multiple cols")]
    [InlineData("select -min none", "no matching run has a value")]
    [InlineData("diff 1 2 -c no-such-program-anywhere", "no-such-program-anywhere")]
    public void What_cannot_be_done_is_said(string words, string expected)
    {
        ClassicResult result = _project.Guild(words);

        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Lines);
    }

    [Fact]
    public void The_run_with_the_best_value_is_selected()
    {
        string[] ids = _project.Guild("select : ").Lines;

        Assert.Equal([ids[0]], _project.Guild("select -min loss").Lines);
        Assert.Equal([ids[2]], _project.Guild("select -max loss").Lines);
        Assert.Equal([ids[1][..8]], _project.Guild("select -max =code -s").Lines);
        Assert.Equal([ids[2]], _project.Guild("select -min loss 2:3").Lines);
    }

    [Fact]
    public void Flags_of_two_runs_are_compared_line_by_line()
    {
        Assert.Equal(["-x: 0.5", "+x: 0.25"], _project.Guild("diff 3 1 -f").Lines.Skip(3));
    }

    [Fact]
    public void Output_source_code_and_paths_of_two_runs_are_compared()
    {
        File.WriteAllText(Path.Combine(_project.Path, "notes.py"), "# other notes\n");
        _project.Guild("run say x=0.25 -y");

        Assert.Equal(["-# notes", "+# other notes"], _project.Guild("diff -s").Lines.Skip(3));
        Assert.Equal(["-# notes", "+# other notes"], _project.Guild("runs diff 2 1 -p notes.py").Lines.Skip(3));
        Assert.Empty(_project.Guild("diff 2 1 -O").Lines);
        Assert.Equal(["-loss: 0.5", "+loss: 0.25"], _project.Guild("diff 4 1 -O").Lines.Skip(3));
        Assert.Contains(_project.Guild("diff").Lines, line => line.StartsWith("+++ ", StringComparison.Ordinal) && line.EndsWith("notes.py", StringComparison.Ordinal));
    }

    [Fact]
    public void The_source_code_of_a_run_is_compared_with_the_project()
    {
        Assert.Empty(_project.Guild("diff -w").Lines);
        File.WriteAllText(Path.Combine(_project.Path, "notes.py"), "# other notes\n");
        File.WriteAllText(Path.Combine(_project.Path, "new.py"), "# not in the run\n");

        Assert.Equal(["-# notes", "+# other notes"], _project.Guild("diff -w").Lines.Skip(3));
        Assert.Equal(["-# notes", "+# other notes"], _project.Guild("diff 1 -d . -p notes.py").Lines.Skip(3));
    }

    [Fact]
    public void A_program_of_the_users_shows_differences()
    {
        string program = $"dotnet '{Hosting.BuiltFiles.TestProgram}' args";
        string flags = Path.Combine(".guild", "attrs", "flags");

        string[] lines = _project.Guild($"diff 3 1 -f -c \"{program} two 'three four'\"").Lines;

        Assert.Equal(["\"two\"", "\"three four\""], lines.Take(2));
        Assert.All(lines.Skip(2), line => Assert.EndsWith(flags + '"', line, StringComparison.Ordinal));

        File.WriteAllText(Path.Combine(_project.Path, "guild-config.yml"), $"diff: {{command: \"{program} configured\"}}\n");
        Assert.Equal("\"configured\"", _project.Guild("diff 3 1 -f").Lines[0]);
    }

    private static string WithoutId(string line) => line.StartsWith("run", StringComparison.Ordinal) ? line : line.Length > 8 && line[8] == ',' ? "ID" + line[8..] : line.Length == 8 ? "ID" : line;

    private static string OneSpaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
