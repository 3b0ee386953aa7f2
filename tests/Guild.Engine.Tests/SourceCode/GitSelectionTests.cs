using Guild.Engine.GuildFiles;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

/// <summary>Tests with a real repository; they need git on the PATH and fail without it.</summary>
public sealed class GitSelectionTests : IDisposable
{
    private static readonly byte[] Binary = [0, 1, 2, 3];

    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void What_git_ignores_is_no_source_code()
    {
        _project.WithRepository().With(".gitignore", "*.log\n/data/\n").With("train.py").With("out.log").With("data/rows.csv").With("new/a.txt");

        var selection = _project.Plan();

        Assert.True(selection.IsFromGit);
        Assert.Equal("train.py new/a.txt", ProjectFolder.Names(selection));
        Assert.Empty(selection.Warnings);
    }

    [Fact]
    public void What_git_tracks_is_source_code_of_any_kind_and_size()
    {
        _project.WithRepository().With("icon.bin", Binary).With("large.txt", new string('x', 1024 * 1024 * 2)).With("new.bin", Binary);
        _project.RunGit("add", "icon.bin", "large.txt");

        var selection = _project.Plan();

        Assert.Equal("icon.bin large.txt", ProjectFolder.Names(selection));
        Assert.Equal([new LeftOutFile("new.bin", LeftOutReason.Binary, 4)], selection.LeftOut);
    }

    [Fact]
    public void Files_that_are_tracked_though_a_pattern_ignores_them_are_source_code()
    {
        _project.WithRepository().With(".gitignore", "*.cfg\n").With("keep.cfg").With("other.cfg");
        _project.RunGit("add", "--force", "keep.cfg");

        Assert.Equal("keep.cfg", _project.Files());
    }

    [Fact]
    public void Patterns_in_guildignore_hold_for_tracked_files_too()
    {
        _project.WithRepository().With(".guildignore", "# pictures\n*.txt\nold/\n").With("a.txt").With("b.txt").With("old/c.py").With("train.py");
        _project.RunGit("add", "a.txt", "old/c.py");

        Assert.Equal("train.py", _project.Files());
    }

    [Fact]
    public void Files_of_git_itself_are_left_out_but_folders_with_a_dot_are_not()
    {
        _project.WithRepository().With(".gitattributes").With(".github/workflow.yml").With("a.py");
        _project.RunGit("add", "--all");

        Assert.Equal("a.py .github/workflow.yml", _project.Files());
    }

    [Fact]
    public void A_tracked_file_that_was_deleted_is_no_concern()
    {
        _project.WithRepository().With("a.py").With("gone.py");
        _project.RunGit("add", "--all");
        File.Delete(_project.At("gone.py"));

        var selection = _project.Plan();

        Assert.Equal("a.py", ProjectFolder.Names(selection));
        Assert.Empty(selection.LeftOut);
    }

    [Fact]
    public void A_project_in_a_subfolder_of_a_repository_has_the_repository_s_rules()
    {
        _project.WithRepository().With(".gitignore", "*.log\n").With("sub/a.py").With("sub/b.log").With("c.py");

        var selection = SourceSnapshot.Plan(_project.At("sub"), [], new SourceSnapshotOptions { GitProgram = ProjectFolder.Git });

        Assert.True(selection.IsFromGit);
        Assert.Equal("a.py", ProjectFolder.Names(selection));
    }

    [Fact]
    public void A_project_that_the_repository_around_it_ignores_has_the_plain_rules()
    {
        _project.WithRepository().With(".gitignore", "*\n").With("sub/a.py").With("sub/.hidden/b.py");

        var selection = SourceSnapshot.Plan(_project.At("sub"), [], new SourceSnapshotOptions { GitProgram = ProjectFolder.Git });

        Assert.False(selection.IsFromGit);
        Assert.Equal("a.py", ProjectFolder.Names(selection));
    }

    [Fact]
    public void A_repository_inside_the_repository_has_its_own_ignored_files()
    {
        _project.WithRepository().With("a.py").With("inner/.gitignore", "*.log\n").With("inner/b.py").With("inner/c.log");
        _project.RunGit("-C", "inner", "init", "--quiet");

        Assert.Equal("a.py inner/b.py", _project.Files());
    }

    [Fact]
    public void Virtual_environments_and_builds_that_git_does_not_track_are_left_out_for_Python_but_tracked_folders_of_such_names_are_not()
    {
        _project.WithRepository().With("venv/bin/activate").With("venv/lib.py").With("build/tool.py").With("dist/x.py").With("__pycache__/a.txt");
        _project.RunGit("add", "build");

        Assert.Equal("build/tool.py", ProjectFolder.Names(_project.Plan(new SourceSnapshotOptions { IsPython = true })));
    }

    [Fact]
    public void Rules_of_the_Guild_file_come_after_those_of_git()
    {
        _project.WithRepository().With(".gitignore", "*.csv\n").With("a.py").With("b.csv").With("c.txt");

        Assert.Equal("a.py b.csv", _project.Files(SourceSelectionTests.Rules(SourceSelectionTests.Include("b.csv"), SourceSelectionTests.Exclude("c.txt"))));
    }

    [Fact]
    public void The_marker_keeps_a_tracked_folder_out()
    {
        _project.WithRepository().With("data/.guild-nocopy", "").With("data/x.txt").With("a.py");
        _project.RunGit("add", "--all");

        Assert.Equal("a.py", _project.Files());
    }

    [Theory]
    [InlineData("with space.py")]
    [InlineData("quo'te\".py")]
    [InlineData("ünïcode-世界.py")]
    [InlineData("-dash.py")]
    [InlineData("tab\there.py")]
    public void Names_that_git_would_quote_are_found(string name)
    {
        _project.WithRepository().With(name).With($"sub {name}/{name}");
        _project.RunGit("add", "--", name);

        Assert.Equal([name, $"sub {name}/{name}"], _project.Plan().Files.Select(file => file.Path));
    }

    [Fact]
    public void Without_git_installed_a_repository_has_the_plain_rules_and_a_warning()
    {
        _project.With(".git/HEAD").With("a.py").With("b.bin", Binary);

        var selection = SourceSnapshot.Plan(_project.Root, [], new SourceSnapshotOptions { GitProgram = null });

        Assert.False(selection.IsFromGit);
        Assert.Equal("a.py", ProjectFolder.Names(selection));
        Assert.Contains("git is not installed", Assert.Single(selection.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_git_that_fails_leads_to_the_plain_rules_and_a_warning_with_its_words()
    {
        _project.With(".git/HEAD", "nonsense").With("a.py");

        var selection = _project.Plan();

        Assert.Equal("a.py", ProjectFolder.Names(selection));
        Assert.Contains("not a git repository", Assert.Single(selection.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_git_that_cannot_be_started_leads_to_the_plain_rules_and_a_warning()
    {
        _project.With(".git/HEAD").With("a.py");

        var selection = SourceSnapshot.Plan(_project.Root, [], new SourceSnapshotOptions { GitProgram = _project.At("no-git") });

        Assert.Equal("a.py", ProjectFolder.Names(selection));
        Assert.Single(selection.Warnings);
    }

    [Fact]
    public void The_environment_of_a_hook_does_not_lead_git_to_another_repository()
    {
        _project.WithRepository().With("a.py");
        var options = new SourceSnapshotOptions
        {
            Environment = new Dictionary<string, string> { ["GIT_DIR"] = _project.Base, ["GIT_INDEX_FILE"] = _project.At("none") },
        };

        Assert.True(_project.Plan(options).IsFromGit);
    }

    [Fact]
    public void Small_text_below_a_linked_folder_is_source_code_though_git_does_not_follow_the_link()
    {
        _project.WithRepository().With("a.py");
        var outside = Directory.CreateDirectory(Path.Join(_project.Base, "outside")).FullName;
        File.WriteAllText(Path.Join(outside, "b.txt"), "text");
        File.WriteAllBytes(Path.Join(outside, "c.bin"), Binary);
        Directory.CreateSymbolicLink(_project.At("linked"), outside);

        Assert.Equal("a.py linked/b.txt", _project.Files());
    }

    [Fact]
    public void A_rule_that_replaces_the_default_ones_can_name_one_tracked_folder()
    {
        _project.WithRepository().With("src/a.py").With("src/b.bin", Binary).With("c.py");
        _project.RunGit("add", "--all");

        Assert.Equal("src/a.py src/b.bin", _project.Files(new SourceCodeDefinition
        {
            ReplacesDefaults = true,
            Rules = [SourceSelectionTests.Include("src")],
        }));
    }
}
