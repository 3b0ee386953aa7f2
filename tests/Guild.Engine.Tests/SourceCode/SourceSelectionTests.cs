using System.Globalization;
using Guild.Engine.GuildFiles;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

public sealed class SourceSelectionTests : IDisposable
{
    private static readonly byte[] Binary = [0, 1, 2, 3];

    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Without_git_text_files_are_source_code_and_those_of_a_folder_come_before_its_subfolders()
    {
        _project.With("train.py").With("data/rows.csv").With("a/b.txt").With("model.bin", Binary);

        Assert.Equal("train.py a/b.txt data/rows.csv", _project.Files());
    }

    [Fact]
    public void Folders_that_begin_with_a_dot_are_left_out_but_files_that_do_are_not()
    {
        _project.With(".cache/x.txt").With(".env").With("a/.hidden/y.txt").With("a/z.txt");

        Assert.Equal(".env a/z.txt", _project.Files());
    }

    [Fact]
    public void A_folder_with_the_marker_is_left_out_with_all_below_it()
    {
        _project.With("data/.guild-nocopy", "").With("data/deep/x.txt").With("train.py");

        Assert.Equal("train.py", _project.Files());
    }

    [Fact]
    public void The_record_of_Guild_in_the_project_is_never_source_code_even_if_a_rule_asks_for_it()
    {
        _project.With(".guild/runs/1/x.txt").With("sub/.guild/y.txt").With("train.py");

        Assert.Equal("train.py", _project.Files(Rules(Include(SourceCodeRuleKind.Directory, ".guild"), Include("*"))));
    }

    [Fact]
    public void A_Guild_home_of_another_name_in_the_project_is_left_out()
    {
        _project.With("home/runs/1/x.txt").With("train.py");

        Assert.Equal("train.py", ProjectFolder.Names(_project.Plan(new SourceSnapshotOptions { ExcludedDirectories = [_project.At("home")] })));
    }

    [Fact]
    public void Python_operations_leave_out_caches_builds_and_virtual_environments()
    {
        _project.With("__pycache__/x.txt").With("build/x.py").With("dist/x.py").With("demo.egg-info/PKG.txt")
            .With("venv/bin/activate").With("venv/lib/x.py").With("winenv/Scripts/activate").With("src/train.py");

        Assert.Equal("src/train.py", ProjectFolder.Names(_project.Plan(new SourceSnapshotOptions { IsPython = true })));
        Assert.Contains("build/x.py", _project.Files(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_file_of_exactly_the_limit_is_taken_and_a_larger_one_is_said_to_be_left_out()
    {
        _project.With("small.txt", new string('x', 1024 * 1024)).With("large.txt", new string('x', (1024 * 1024) + 1));

        var selection = _project.Plan();

        Assert.Equal("small.txt", ProjectFolder.Names(selection));
        Assert.Equal([new LeftOutFile("large.txt", LeftOutReason.TooLarge, (1024 * 1024) + 1)], selection.LeftOut);
        Assert.Equal(
            "1 file is not copied as source code, being larger than 1 MiB (an 'include' rule under 'sourcecode' takes it): 'large.txt'.",
            Assert.Single(selection.Warnings));
    }

    [Fact]
    public void Binary_files_are_recorded_as_left_out_without_a_warning()
    {
        _project.With("model.bin", Binary).With("weights", Binary);

        var selection = _project.Plan();

        Assert.Equal([("model.bin", LeftOutReason.Binary), ("weights", LeftOutReason.Binary)], selection.LeftOut.Select(f => (f.Path, f.Reason)));
        Assert.Empty(selection.Warnings);
    }

    [Fact]
    public void What_would_exceed_the_size_in_all_is_left_out_with_a_warning()
    {
        _project.With("a.txt", new string('x', 60)).With("b.txt", new string('x', 60)).With("c.txt", new string('x', 40));

        var selection = _project.Plan(new SourceSnapshotOptions { MaximumTotalSize = 100 });

        Assert.Equal("a.txt c.txt", ProjectFolder.Names(selection));
        Assert.Equal("1 file is not copied as source code, because the source code is larger than 100 bytes in all: 'b.txt'.", Assert.Single(selection.Warnings));
    }

    [Fact]
    public void Files_that_a_rule_asks_for_do_not_count_against_the_limits()
    {
        _project.With("a.txt", new string('x', 200)).With("model.bin", new byte[200]);

        var selection = _project.Plan(
            new SourceSnapshotOptions { MaximumFileSize = 10, MaximumTotalSize = 10 }, Rules(Include("a.txt", "*.bin")));

        Assert.Equal("a.txt model.bin", ProjectFolder.Names(selection));
    }

    [Fact]
    public void Many_files_raise_a_warning_that_says_where_they_are_and_how_to_keep_them_out()
    {
        _project.With("train.py").With("lib/x.py");
        for (var number = 0; number < 9; number++)
        {
            _project.With(string.Create(CultureInfo.InvariantCulture, $"assets/icons/small/{number}.txt"));
        }

        var selection = _project.Plan(new SourceSnapshotOptions { ManyFiles = 10 });

        Assert.Equal(11, selection.Files.Count);
        var warning = Assert.Single(selection.Warnings);
        Assert.Contains("11 source code files", warning, StringComparison.Ordinal);
        Assert.Contains("9 in 'assets/icons/small', 1 in 'lib'", warning, StringComparison.Ordinal);
        Assert.Contains("'- exclude: assets/icons/small'", warning, StringComparison.Ordinal);
        Assert.Contains("'.guild-nocopy'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_rule_that_matches_wins()
    {
        _project.With("a.py").With("b.py").With("c.txt");

        Assert.Equal("b.py c.txt", _project.Files(Rules(Exclude("*.py"), Include("b.py"))));
        Assert.Equal("c.txt", _project.Files(Rules(Include("b.py"), Exclude("*.py"))));
    }

    [Fact]
    public void Rules_of_the_operation_come_after_those_of_the_model()
    {
        _project.With("a.py").With("b.py");

        Assert.Equal("a.py", _project.Files(Rules(Exclude("*.py")), Rules(Include("a.py"))));
    }

    [Fact]
    public void The_name_of_a_folder_stands_for_all_in_it()
    {
        _project.With("src/deep/a.py").With("src/b.bin", Binary).With("c.txt");

        Assert.Equal("src/b.bin src/deep/a.py", _project.Files(Rules(Include("src")) with { ReplacesDefaults = true }));
        Assert.Equal("c.txt", _project.Files(Rules(Exclude("src/"))));
    }

    [Fact]
    public void Rules_that_replace_the_default_ones_take_nothing_else_but_still_do_not_enter_hidden_folders()
    {
        _project.With("a.py").With("b.txt").With(".venv/c.py");

        Assert.Equal("a.py", _project.Files(Rules(Include("*.py")) with { ReplacesDefaults = true }));
    }

    [Fact]
    public void A_rule_on_folders_keeps_out_or_lets_in_whole_folders()
    {
        _project.With(".config/a.txt").With("data/b.txt").With("c.txt");

        Assert.Equal("c.txt .config/a.txt", _project.Files(Rules(Exclude(SourceCodeRuleKind.Directory, "data"), Include(SourceCodeRuleKind.Directory, ".config"))));
    }

    [Fact]
    public void A_rule_can_ask_for_text_or_binary_files_only()
    {
        _project.With("a.txt").With("b.bin", Binary);

        Assert.Equal("b.bin", _project.Files(Rules(Exclude(SourceCodeRuleKind.Text, "*"), Include(SourceCodeRuleKind.Binary, "*"))));
    }

    [Fact]
    public void A_disabled_snapshot_is_empty_unless_the_operation_has_rules_of_its_own()
    {
        _project.With("a.py").With("b.txt");
        var off = new SourceCodeDefinition { IsDisabled = true };

        Assert.Empty(_project.Files(off));
        Assert.Empty(_project.Files(Rules(Include("a.py")), off));
        Assert.Empty(_project.Files(off, new SourceCodeDefinition()));
        Assert.Equal("a.py", _project.Files(off, Rules(Include("*.py")) with { ReplacesDefaults = true }));
    }

    [Fact]
    public void Paths_are_relative_to_the_root_that_the_Guild_file_names()
    {
        _project.With("a.py").With("src/b.py");

        var selection = _project.Plan(new SourceCodeDefinition { Root = "src" });

        Assert.Equal(_project.At("src"), selection.Root);
        Assert.Equal("b.py", ProjectFolder.Names(selection));
    }

    [Fact]
    public void A_root_that_does_not_exist_is_an_error_that_names_it()
    {
        var error = Assert.Throws<RequestException>(() => _project.Plan(new SourceCodeDefinition { Root = "gone" }));

        Assert.Contains(_project.At("gone"), error.Message, StringComparison.Ordinal);
        Assert.Equal("gone", error.Subject);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../b")]
    [InlineData("/tmp")]
    [InlineData("a\\..\\..\\b")]
    public void A_destination_outside_the_run_directory_is_an_error(string destination) =>
        Assert.Throws<RequestException>(() => _project.Plan(new SourceCodeDefinition { Destination = destination }));

    [Fact]
    public void Required_files_and_folders_of_the_project_are_no_source_code()
    {
        _project.With("train.py").With("data/rows.csv").With("data/other.csv").With("images/1.txt");

        var options = new SourceSnapshotOptions { LocalDependencies = ["data/rows.csv", _project.At("images"), ".", "..", "../elsewhere"] };

        Assert.Equal("train.py data/other.csv", ProjectFolder.Names(_project.Plan(options)));
    }

    [Fact]
    public void A_summary_for_the_record_counts_by_reason()
    {
        _project.With("b.bin", Binary).With("c.bin", Binary).With("a.txt", new string('x', 20));

        var summary = SourceSelection.Summarize(_project.Plan(new SourceSnapshotOptions { MaximumFileSize = 10 }).LeftOut)!;

        Assert.Equal(["binary", "too large"], summary.Keys);
        var binary = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(summary["binary"]);
        Assert.Equal((2L, 8L), (binary["count"], binary["size"]));
        Assert.Equal<object?>(["b.bin", "c.bin"], Assert.IsAssignableFrom<IReadOnlyList<object?>>(binary["paths"]));
    }

    [Fact]
    public void A_cancelled_look_ends_at_once()
    {
        _project.With("a.txt");

        Assert.ThrowsAny<OperationCanceledException>(
            () => SourceSnapshot.Plan(_project.Root, [], new SourceSnapshotOptions(), new CancellationToken(canceled: true)));
    }

    internal static SourceCodeDefinition Rules(params SourceCodeRule[] rules) => new() { Rules = rules };

    internal static SourceCodeRule Include(params string[] patterns) => new(true, SourceCodeRuleKind.Any, patterns);

    internal static SourceCodeRule Exclude(params string[] patterns) => new(false, SourceCodeRuleKind.Any, patterns);

    private static SourceCodeRule Include(SourceCodeRuleKind kind, string pattern) => new(true, kind, [pattern]);

    private static SourceCodeRule Exclude(SourceCodeRuleKind kind, string pattern) => new(false, kind, [pattern]);
}
