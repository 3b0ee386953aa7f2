using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Packages;

public sealed class PackageOperationTests : IDisposable
{
    private const string Iris = "- model: mlp\n  operations: {train: train, check: check}\n- model: cnn\n  operations: {train: train}\n";

    private readonly PackageFixture _fixture = new("- model: own\n  operations: {train: train, here: here}\n");

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("gpkg.iris/mlp:train", "gpkg.iris/mlp:train")]
    [InlineData("GPKG-Iris/mlp:train", "gpkg.iris/mlp:train")]
    [InlineData("iris/cnn:train", "gpkg.iris/cnn:train")]
    [InlineData("mlp:train", "gpkg.iris/mlp:train")]
    [InlineData("ml:check", "gpkg.iris/mlp:check")]
    [InlineData("gpkg.iris/check", "gpkg.iris/mlp:check")]
    [InlineData("Tools/clean", "Tools/clean")]
    [InlineData("clean", "Tools/clean")]
    [InlineData("own:train", "own:train")]
    [InlineData("train", "own:train")]
    public void The_projects_own_operations_come_first_and_then_those_of_packages(string name, string expected)
    {
        _fixture.Install("gpkg.iris", "1", Iris, "mlp", "cnn");
        _fixture.Module("modules/Tools", "clean: clean.ps1\nhere: here.ps1\n");
        var project = Open(name);

        Assert.Equal(expected, project.NameOf(OperationResolver.Resolve(project, name)));
    }

    [Fact]
    public void Packages_are_not_looked_for_when_the_project_has_the_operation()
    {
        var search = new PackageSearch("", () => throw new InvalidOperationException("They were looked for."), () => throw new InvalidOperationException("They were looked for."));

        Assert.Null(Project.OpenFor(_fixture.Project.ProjectPath, "own:train", search).Package);
        Assert.Null(Project.OpenFor(_fixture.Project.ProjectPath, "here", search).Package);
    }

    [Fact]
    public void A_name_that_packages_share_is_refused_with_the_full_names()
    {
        _fixture.Install("a", "1", Iris, "mlp");
        _fixture.Install("b", "1", Iris, "mlp");

        var error = Assert.Throws<AmbiguousNameException>(() => Open("mlp:train"));

        Assert.Equal(["a/mlp:train", "b/mlp:train"], error.Candidates.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_unknown_package_lists_those_that_there_are_and_where_was_looked()
    {
        _fixture.Install("gpkg.iris", "1", Iris, "mlp");
        _fixture.Module("modules/Tools", "clean: clean.ps1\n");

        var error = Assert.Throws<NameNotFoundException>(() => Open("gpkg.irs/mlp:train"));

        Assert.Contains("no package 'gpkg.irs'", error.Message, StringComparison.Ordinal);
        Assert.Contains("There is: 'gpkg.iris', 'Tools'.", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFullPath(_fixture.Project.PathOf(PackageFixture.Site)), error.Message, StringComparison.Ordinal);
        Assert.Contains(_fixture.Project.PathOf("modules"), error.Message, StringComparison.Ordinal);
        Assert.Equal("gpkg.iris/mlp:train", error.Candidates[0]);
    }

    [Fact]
    public void Where_there_is_no_project_the_error_says_so_and_what_packages_have()
    {
        _fixture.Install("gpkg.iris", "1", Iris, "mlp");
        _fixture.Write("empty/x", "");
        var folder = _fixture.Project.PathOf("empty");

        Assert.Equal("gpkg.iris", Project.OpenFor(folder, "mlp:train", _fixture.Search).Package?.Name);
        var error = Assert.Throws<GuildFileNotFoundException>(() => Project.OpenFor(folder, "mpl:train", _fixture.Search));
        Assert.Contains("No installed package has 'mpl:train' either. There is: 'gpkg.iris/mlp:train'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_that_only_packages_have_under_a_model_is_named_beside_those_of_the_project()
    {
        _fixture.Install("gpkg.iris", "1", Iris, "mlp");

        var error = Assert.Throws<NameNotFoundException>(() => Open("check"));

        Assert.Contains("Installed packages have: 'gpkg.iris/mlp:check'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("own:here", error.Candidates);
    }

    [Theory]
    [InlineData("skopt:gp")]
    [InlineData("queue")]
    [InlineData("random")]
    public void An_operation_that_comes_with_Guild_AI_itself_is_said_to_be_such(string name) =>
        Assert.Contains("comes with Guild AI itself", Assert.Throws<NameNotFoundException>(() => Open(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_packages_operation_that_was_listed_is_still_the_packages_when_it_is_opened_by_its_folder()
    {
        _fixture.Install("gpkg.iris", "1", "- package: gpkg.iris\n" + Iris, "mlp");
        var folder = _fixture.Project.PathOf($"{PackageFixture.Site}/gpkg/iris");

        Assert.Equal("gpkg.iris", Project.OpenFor(folder, "gpkg.iris/mlp:train", _fixture.Search).Package?.Name);
        Assert.Null(Project.OpenFor(folder, "mlp:train", _fixture.Search).Package);
    }

    [Theory]
    [InlineData("gpkg.iris", "")]
    [InlineData("gpkg.iris/mlp", "mlp")]
    [InlineData("cnn", "cnn")]
    [InlineData("gpkg.iris/mlp:train", "mlp:train")]
    public void Help_is_found_on_a_package_its_models_and_its_operations(string name, string within)
    {
        _fixture.Install("gpkg.iris", "1", Iris, "mlp");
        var project = Project.OpenAbout(_fixture.Project.ProjectPath, name, _fixture.Search);

        Assert.Equal("gpkg.iris", project.Package?.Name);
        Assert.Equal(within, project.NameWithin(name));
    }

    [Fact]
    public void A_run_of_a_package_records_the_package_and_runs_its_code_with_its_files()
    {
        UseRealPython();
        _fixture.Install("gpkg.iris", "0.3", "- model: mlp\n  operations: {train: {main: train, requires: data, flags: {x: 1}}}\n  resources: {data: [data.txt]}\n", "mlp");
        Package("train.py", "import argparse, os, part\np = argparse.ArgumentParser()\np.add_argument('--x')\nprint(open('data.txt').read(), part.y, p.parse_args().x, os.environ['GUILD_OP'], os.environ['PROJECT_DIR'])\n");
        Package("part.py", "y = 7\n");
        Package("data.txt", "of the package");

        var run = _fixture.Project.Run(Request("mlp:train"));

        var folder = _fixture.Project.PathOf($"{PackageFixture.Site}/gpkg/iris");
        Assert.Equal($"of the package 7 1 gpkg.iris/mlp:train {Path.GetFullPath(folder)}", TempProject.Output(run));
        Assert.Equal("package:gpkg.iris 0.3 mlp train", run.OpRef.ToString());
        Assert.Equal(("gpkg.iris", "gpkg.iris/mlp:train"), (run.PackageName, run.FullName));
        Assert.True(File.Exists(Path.Combine(run.Directory.Path, "part.py")));
        Assert.Null(run.Directory.ReadAttribute("vcs_commit"));

        // What is recorded names the operation again.
        Assert.Equal("gpkg.iris", Open(run.FullName).Package?.Name);
        var staged = _fixture.Project.Run(Request("mlp:train"), new() { StagesOnly = true });
        Assert.Equal(TempProject.Output(run), TempProject.Output(_fixture.Project.Start(staged)));
    }

    [Fact]
    public void An_operation_of_a_package_takes_the_files_of_the_packages_own_runs()
    {
        _fixture.Module("modules/Tools", "make: {exec: 'touch made.txt'}\nuse: {exec: 'ls made.txt', requires: [{operation: make}]}\n");
        _fixture.Write("guild.yml", "- model: own\n  operations: {train: train}\n- model: ''\n  operations: {make: {exec: 'touch other.txt'}}\n");
        var made = _fixture.Project.Run(Request("Tools/make"));
        _fixture.Project.Run(Request("make"));

        var used = _fixture.Project.Run(Request("Tools/use"));

        Assert.Equal("made.txt", TempProject.Output(used));
        Assert.Equal(made.Id, used.Flags["operation:make"]);
    }

    [Fact]
    public void Code_in_a_folder_that_git_ignores_is_still_copied_with_the_run()
    {
        _fixture.Module("modules/Tools", "clean: {exec: 'ls'}\n");
        _fixture.Write("modules/Tools/clean.ps1", "'x'");
        _fixture.Write(".gitignore", "modules/\n");
        Directory.CreateDirectory(_fixture.Project.PathOf(".git"));

        Assert.Contains("clean.ps1", TempProject.Output(_fixture.Project.Run(Request("Tools/clean"))), StringComparison.Ordinal);
    }

    private Project Open(string name) => Project.OpenFor(_fixture.Project.ProjectPath, name, _fixture.Search);

    private RunRequest Request(string name) => new() { Project = Open(name), Operation = name };

    private void Package(string file, string text) => _fixture.Write($"{PackageFixture.Site}/gpkg/iris/{file}", text);

    // The interpreter of the fixture is no program.
    private void UseRealPython()
    {
        _fixture.Project.Environment.Remove("VIRTUAL_ENV");
        _fixture.Project.Environment["PYTHONPATH"] = _fixture.Project.PathOf(PackageFixture.Site);
    }
}
