using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Packages;

public sealed class PackageResourceTests : IDisposable
{
    private const string Data = "- model: images\n  resources: {train: [train.txt], shared: [a.txt]}\n- model: texts\n  resources: {shared: [b.txt]}\n";

    private PackageFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("my-data/train", "train.txt")]
    [InlineData("my-data/images:train", "train.txt")]
    [InlineData("My_Data/texts:shared", "b.txt")]
    [InlineData("Corpus/words", "words.txt")]
    public void A_resource_of_a_package_is_required_by_name_and_its_files_come_from_the_package(string spec, string file)
    {
        Use($"use: {{exec: 'ls', requires: '{spec}'}}\n");
        _fixture.Install("my-data", "1", Data, "images", "texts");
        _fixture.Module("modules/Corpus", "- model: ''\n  operations: {}\n  resources: {words: [words.txt]}\n");
        foreach (var path in new[] { $"{PackageFixture.Site}/my_data/train.txt", $"{PackageFixture.Site}/my_data/b.txt", "modules/Corpus/words.txt" })
        {
            _fixture.Write(path, "x");
        }

        var run = _fixture.Project.Run("use");

        Assert.Contains(file, TempProject.Output(run).Split('\n'));
        Assert.True(File.Exists(Path.Combine(run.Directory.Path, file)));
    }

    [Fact]
    public void A_resource_of_a_package_that_is_staged_is_resolved_when_the_run_is_started()
    {
        Use("use: {exec: 'ls', requires: my-data/train}\n");
        _fixture.Install("my-data", "1", Data, "images");
        _fixture.Write($"{PackageFixture.Site}/my_data/train.txt", "x");

        var run = _fixture.Project.Start(_fixture.Project.Run(_fixture.Project.Request("use"), new() { StagesOnly = true }));

        Assert.Contains("train.txt", TempProject.Output(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_on_Pythons_path_that_is_not_installed_has_resources_too()
    {
        Use("use: {exec: 'ls', requires: some.data/train}\n");
        _fixture.Write($"{PackageFixture.Site}/some/data/guild.yml", Data);
        _fixture.Write($"{PackageFixture.Site}/some/data/train.txt", "x");

        Assert.Contains("train.txt", TempProject.Output(_fixture.Project.Run("use")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_two_models_of_a_package_have_is_refused_with_both_names()
    {
        Use("use: {exec: 'ls', requires: my-data/shared}\n");
        _fixture.Install("my-data", "1", Data, "images");

        var error = Assert.Throws<AmbiguousNameException>(() => _fixture.Project.Plan("use"));

        Assert.Equal((NameKind.Resource, 2), (error.Kind, error.Candidates.Count));
        Assert.Contains("my-data/texts:shared", error.Candidates);
    }

    [Theory]
    [InlineData("my-data/trian", "package 'my-data' does not define it. There is: 'my-data/images:train'")]
    [InlineData("my-dat/train", "there is no package 'my-dat' with a guild.yml. There is: 'my-data'. Looked in Python's path: ")]
    public void A_resource_or_package_that_is_not_there_is_refused_with_what_there_is(string spec, string message)
    {
        Use($"use: {{exec: 'ls', requires: '{spec}'}}\n");
        _fixture.Install("my-data", "1", Data, "images");

        var error = Assert.Throws<NameNotFoundException>(() => _fixture.Project.Plan("use"));

        Assert.Equal((NameKind.Resource, spec), (error.Kind, error.Name));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_is_installed_while_a_session_runs_is_found_by_the_next_command()
    {
        Use("use: {exec: 'ls', requires: my-data/train}\n");
        File.SetLastWriteTimeUtc(_fixture.Project.PathOf("guild.yml"), DateTime.UtcNow.AddMinutes(-1));
        Assert.Throws<NameNotFoundException>(() => _fixture.Project.Plan("use"));

        _fixture.Install("my-data", "1", Data, "images");

        Assert.Single(_fixture.Project.Plan("use").Resources);
    }

    [Fact]
    public void A_model_extends_one_of_a_PowerShell_module_and_of_a_distribution_whose_folder_has_another_name()
    {
        Use("- model: m\n  extends: [tools/base, Strange-Name/more]\n");
        _fixture.Module("modules/Tools", "- config: base\n  operations: {clean: {main: clean.ps1}}\n");
        _fixture.Write($"{PackageFixture.Site}/elsewhere/guild.yml", "- model: more\n  operations: {train: train}\n");
        _fixture.Describe("strange-name", "1", ["elsewhere/guild.yml,,"], "more");

        var model = _fixture.Project.Project.FindModel("m")!;

        Assert.Equal(["clean", "train"], model.Operations.Select(o => o.Name));
        Assert.Equal(["Tools", "elsewhere"], model.PackageDirectories.Select(Path.GetFileName));
    }

    [Fact]
    public void A_parent_in_a_package_that_is_not_there_lists_the_packages_that_there_are()
    {
        Use("- model: m\n  extends: my-dat/images\n");
        _fixture.Install("my-data", "1", Data, "images");

        var error = Assert.Throws<GuildFileException>(() => _fixture.Project.Project);

        Assert.Contains("there is no package 'my-dat' with a guild.yml", error.Message, StringComparison.Ordinal);
        Assert.Contains("There is: 'my-data'. Looked in Python's path: ", error.Message, StringComparison.Ordinal);
    }

    private void Use(string guildFile)
    {
        _fixture.Dispose();
        _fixture = new PackageFixture(guildFile);
    }
}
