using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>Options of <c>guild run</c> that keep runs, replace source code, ask for an editor, and test what an operation defines.</summary>
public sealed class ClassicOptionTests : IDisposable
{
    private readonly ClassicProject _project = new();

    [Fact]
    public void A_run_whose_operation_has_delete_on_success_goes_and_is_named_unless_it_is_kept()
    {
        Define("op: {exec: 'PROGRAM exit ${code}', flags: {code: 0}, delete-on-success: yes}");

        string note = Assert.Single(_project.Guild("run op -y").Notes);
        Assert.StartsWith("Deleting interim run ", note, StringComparison.Ordinal);
        Assert.EndsWith(" ('op' is configured for deletion on success)", note, StringComparison.Ordinal);
        Assert.Empty(_project.Guild("select --all").Lines);
        Assert.Empty(_project.Guild("run op -y --keep-run").Notes);
        Assert.Single(_project.Guild("select --all").Lines);
    }

    [Fact]
    public void A_staged_run_is_kept_where_its_start_says_so_and_stays_with_other_flags()
    {
        Define("op: {exec: 'PROGRAM exit ${code}', flags: {code: 0, x: 1}, delete-on-success: yes}");

        _project.Guild("run op --stage -y");
        Assert.Empty(_project.Guild("run --start 1 -y --keep-run").Notes);
        Assert.Empty(_project.Guild("run --restart 1 x=2 -y").Notes);
        Assert.Single(_project.Guild("select --all").Lines);
    }

    [Fact]
    public void A_run_is_started_again_with_the_source_code_of_today()
    {
        _project.Guild("run say -y");
        File.WriteAllText(Path.Combine(_project.Path, "notes.py"), "# other notes\n");

        _project.Guild("run --restart 1 -y");
        Assert.Equal(["# notes"], _project.Guild("cat 1 -p notes.py").Lines);
        Assert.Equal(0, _project.Guild("run --restart 1 -y --force-sourcecode").ExitCode);
        Assert.Equal(["# other notes"], _project.Guild("cat 1 -p notes.py").Lines);
        Assert.Equal(0, _project.Guild("run say -y --force-sourcecode").ExitCode);
        Assert.Equal(0, _project.Guild("run --proto 1 -y --force-sourcecode").ExitCode);
    }

    [Theory]
    [InlineData("--force-sourcecode")]
    [InlineData("--edit-flags")]
    public void A_batch_is_not_started_with_what_its_trials_were_not_planned_with(string option)
    {
        _project.Guild("run say text=[a,b] -y -q --keep-batch");
        string batch = Assert.Single(_project.Guild("select --all").Lines, id => _project.Guild($"select {id} -a batch_settings").Lines is [_, ..]);

        ClassicResult result = _project.Guild($"run --restart {batch} {option} -y");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run say -e -y")]
    [InlineData("run say -ec -y")]
    [InlineData("run say text=[a,b] -ebc -y")]
    [InlineData("run --restart 1 -e -y")]
    public void Where_nobody_could_use_an_editor_nothing_runs(string words)
    {
        _project.Guild("run say -y");

        ClassicResult result = _project.Guild(words);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("RequestInvalid", result.ErrorId);
        Assert.StartsWith("nobody is here to ", result.Error, StringComparison.Ordinal);
        Assert.Equal(["hello"], _project.Guild("cat --output").Lines);
    }

    [Fact]
    public void All_that_is_defined_of_flags_is_shown()
    {
        Define("op: {exec: 'PROGRAM', flags: {lr: {default: 0.5, type: float, min: 0, max: 1, arg-name: rate}, key: {default: s3cret, secret: yes}, way: {choices: [a, b], arg-split: ',', null-label: none}}}");

        string[] lines = _project.Guild("run op --test-flags").Lines;

        Assert.Equal(["flags-dest:", "flags-import:", "flags:", "  key:", "    default:"], lines[..5]);
        Assert.Equal(
            ["  lr:", "    default: 0.5", "    type: float", "    required: no", "    arg-name: rate", "    arg-skip:", "    arg-switch:", "    arg-split:", "    arg-encoding:", "    env-name:", "    env-encoding:", "    choices: []", "    allow-other: no", "    distribution:", "    max: 1", "    min: 0", "    null-label:"],
            lines[20..37]);
        Assert.Contains("    choices: [a, b]", lines);
        Assert.Contains("    arg-split: ','", lines);
        Assert.DoesNotContain(lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public void The_choice_of_source_code_is_shown_with_its_rules()
    {
        Directory.CreateDirectory(Path.Combine(_project.Path, "skipped"));
        File.WriteAllText(Path.Combine(_project.Path, "skipped", ".guild-nocopy"), "");

        Assert.Equal(
            [
                "Copying from the current directory", "Rules:", "  exclude dir .*", "  exclude dir * containing .guild-nocopy", "  include text * size < 1048577", "  exclude *", "  include *.py",
                "Selected for copy:", "  notes.py", "Skipped:", "  data.txt", "  guild.yml", "  skipped/",
            ],
            _project.Guild("run say --test-sourcecode").Lines);
        Define("op: {exec: 'PROGRAM', sourcecode: no, flags: {x: {required: yes}}}");
        Assert.Equal(["Copying from the current directory", "Rules:", "Source code copy disabled"], _project.Guild("run op --test-sourcecode").Lines);
    }

    [Fact]
    public void What_patterns_find_in_output_is_shown_line_by_line()
    {
        Define("op: {exec: 'PROGRAM', output-scalars: ['(?P<_key>\\key) is (?P<_val>\\value)', {acc: 'acc=(\\value)'}]}\nnone: {exec: 'PROGRAM', output-scalars: no}");
        File.WriteAllText(Path.Combine(_project.Path, "out.txt"), "loss is 2\nacc=1e-5 acc=nan \n");

        const string Number = @"(?:[-+]?[0-9]*\\.?(?:[0-9]+)?(?:[eE][-+]?[0-9]+)?|[nN][aA][nN]|[-+]?[iI][nN][fF])";
        Assert.Equal(
            [
                "loss is 2", $@"  '(?P<_key>[_a-zA-Z]\\S*) is (?P<_val>{Number})': [('loss', '2')] (loss=2.0)", $"  'acc=({Number})': <no matches>",
                "acc=1e-5 acc=nan", $@"  '(?P<_key>[_a-zA-Z]\\S*) is (?P<_val>{Number})': <no matches>", $"  'acc=({Number})': [('1e-5',), ('',)] (acc=1e-05)",
            ],
            _project.Guild("run op --test-output-scalars out.txt").Lines);
        Assert.Equal(["Output scalars disabled, nothing to test"], _project.Guild("run none --test-output-scalars out.txt").Notes);
        Assert.Equal("nowhere.txt does not exist", _project.Guild("run op --test-output-scalars nowhere.txt").Error);
    }

    [Theory]
    [InlineData("--test-flags")]
    [InlineData("--test-sourcecode")]
    [InlineData("--test-output-scalars x")]
    public void Tests_are_not_for_a_run_that_is_there(string option) =>
        Assert.Contains("cannot be used with --restart", _project.Guild($"run --restart 1 {option}").Error, StringComparison.Ordinal);

    public void Dispose() => _project.Dispose();

    private void Define(string operations) =>
        File.WriteAllText(Path.Combine(_project.Path, "guild.yml"), operations.Replace("PROGRAM", $"dotnet \"{BuiltFiles.TestProgram}\"", StringComparison.Ordinal));
}
