using Guild.Engine.Packages;

namespace Guild.Engine.Tests.Packages;

public sealed class InstalledPackagesTests : IDisposable
{
    private readonly PackageFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_distribution_with_models_is_a_package_with_the_name_version_and_Guild_file_that_its_metadata_says()
    {
        _fixture.Install("gpkg.my-mnist", "0.3.1", "- model: cnn\n", "cnn", "__anonymous__");
        _fixture.Write($"{PackageFixture.Site}/numpy-1.0.dist-info/METADATA", "Name: numpy\nVersion: 1.0\n");
        _fixture.Write($"{PackageFixture.Site}/black-1.0.dist-info/entry_points.txt", "[console_scripts]\nblack = black:main\n");

        var package = Assert.Single(_fixture.Installed.All);

        Assert.Equal(("gpkg.my-mnist", "0.3.1", PackageKind.Python, false), (package.Name, package.Version, package.Kind, package.IsEditable));
        Assert.Equal([_fixture.Project.PathOf($"{PackageFixture.Site}/gpkg/my_mnist/guild.yml")], package.GuildFiles);
        Assert.Equal(["cnn", ""], package.ModelNames);
        Assert.Empty(_fixture.Installed.Problems);
    }

    [Theory]
    [InlineData("gpkg.my-mnist")]
    [InlineData("GPKG-My_Mnist")]
    public void Names_of_Python_packages_are_compared_as_Python_compares_them(string name)
    {
        _fixture.Install("gpkg.my-mnist", "1", "- model: cnn\n", "cnn");

        Assert.NotNull(_fixture.Installed.Named(name));
        Assert.Null(_fixture.Installed.Named("gpkg.my"));
    }

    [Fact]
    public void A_path_in_RECORD_with_a_comma_is_read_as_its_writer_meant_it()
    {
        _fixture.Write($"{PackageFixture.Site}/a,b/guild.yml", "- model: m\n");
        _fixture.Describe("p", "1", ["\"a,b/guild.yml\",sha256=x,1", "p/other.yml,,"], "m");

        Assert.EndsWith(Path.Combine("a,b", "guild.yml"), Assert.Single(Assert.Single(_fixture.Installed.All).GuildFiles), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("__editable___p_1_finder.py", "import sys\nMAPPING: dict[str, str] = {'p': '{0}/dev/source/p', 'q': '{0}/dev/source/q'}\nNAMESPACES: dict = {}\n", "dev/source/p")]
    [InlineData("__editable__.p-1.pth", "{0}/dev/src\n", "dev/src/p")]
    [InlineData("p.txt", "", "dev")]
    [InlineData("p.txt", "", "dev/src/p")]
    public void A_package_under_development_is_found_in_its_projects_folder(string file, string text, string folder)
    {
        var root = _fixture.Project.ProjectPath.Replace('\\', '/');
        _fixture.Write($"{PackageFixture.Site}/{file}", text.Replace("{0}", root, StringComparison.Ordinal));
        _fixture.Write($"{folder}/guild.yml", "- model: m\n");
        _fixture.Describe("p", "1", [$"{file},,"], "m");
        _fixture.Write($"{PackageFixture.Site}/p-1.dist-info/direct_url.json", "{\"url\": \"" + new Uri(_fixture.Project.PathOf("dev")).AbsoluteUri + "\", \"dir_info\": {\"editable\": true}}");

        var package = Assert.Single(_fixture.Installed.All);

        Assert.True(package.IsEditable);
        Assert.Equal([_fixture.Project.PathOf($"{folder}/guild.yml")], package.GuildFiles.Select(Path.GetFullPath));
    }

    [Fact]
    public void A_project_that_older_tools_develop_in_place_is_found_through_its_egg_info()
    {
        _fixture.Write($"{PackageFixture.Site}/old.egg-link", _fixture.Project.PathOf("old") + "\n.\n");
        _fixture.Write("old/old.egg-info/PKG-INFO", "Name: old\nVersion: 0.1\n");
        _fixture.Write("old/old.egg-info/entry_points.txt", "[guild.models]\nm = guild.model:PackageModel\n");
        _fixture.Write("old/guild.yml", "- model: m\n");

        Assert.Equal(("old", "0.1"), (Assert.Single(_fixture.Installed.All).Name, _fixture.Installed.All[0].Version));
    }

    [Fact]
    public void What_is_wrong_with_a_package_is_said_and_the_others_are_there()
    {
        _fixture.Install("good", "1", "- model: m\n", "m");
        _fixture.Describe("gone", "1", ["gone/guild.yml,,"], "m");
        _fixture.Write($"{PackageFixture.Site}/bare-2.dist-info/entry_points.txt", "[guild.models]\nm = guild.model:PackageModel\n");
        _fixture.Write($"{PackageFixture.Site}/bare/guild.yml", "- model: m\n");
        _fixture.Write($"{PackageFixture.Site}/bare-2.dist-info/direct_url.json", "{not json");

        Assert.Equal(["bare 2", "good 1"], _fixture.Installed.All.Select(p => $"{p.Name} {p.Version}").Order(StringComparer.Ordinal));
        Assert.Contains("'gone' says in", Assert.Single(_fixture.Installed.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_packages_of_a_name_the_first_on_the_path_counts_and_the_other_is_named()
    {
        _fixture.Install("p", "1", "- model: m\n", "m");
        _fixture.Write("lib/p/guild.yml", "- model: m\n");
        _fixture.Write("lib/p-2.dist-info/METADATA", "Name: P\nVersion: 2\n");
        _fixture.Write("lib/p-2.dist-info/entry_points.txt", "[guild.models]\nm = x\n");
        _fixture.Project.Environment["PYTHONPATH"] = _fixture.Project.PathOf("lib");

        var installed = _fixture.Installed;

        Assert.Equal("2", Assert.Single(installed.All).Version);
        Assert.Contains("is there twice", Assert.Single(installed.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_PowerShell_module_with_a_Guild_file_beside_its_manifest_is_a_package()
    {
        _fixture.Module("modules/Report", "- model: r\n", "1.2");
        _fixture.Write("modules/Plain/Plain.psd1", "@{}");
        _fixture.Write("modules/NoManifest/guild.yml", "- model: r\n");
        _fixture.Write("modules/Deep/Deep.psd1", "@{}");
        _fixture.Write("modules/Deep/data/guild.yml", "- model: r\n");

        var package = Assert.Single(_fixture.Installed.All);

        Assert.Equal(("Report", "1.2", PackageKind.PowerShell), (package.Name, package.Version, package.Kind));
        Assert.NotNull(_fixture.Installed.Named("report"));
    }

    [Fact]
    public void Of_versions_of_a_module_side_by_side_the_newest_counts_even_if_it_has_no_Guild_file_any_more()
    {
        _fixture.Module("modules/Report/1.9.0", "- model: r\n", "1.9.0");
        _fixture.Module("modules/Report/1.10.0", "- model: r\n", "1.10.0");
        _fixture.Module("modules/Old/1.0", "- model: r\n", "1.0");
        _fixture.Write("modules/Old/2.0/Old.psd1", "@{}");
        _fixture.Module("more-modules/Report", "- model: r\n", "3.0");

        Assert.Equal("1.10.0", Assert.Single(_fixture.Installed.All).Version);
        Assert.Contains("'Report' is there twice", Assert.Single(_fixture.Installed.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_whose_Guild_file_cannot_be_used_is_left_out_with_a_warning()
    {
        _fixture.Install("good", "1", "- model: m\n  operations: {train: t}\n", "m");
        _fixture.Install("bad", "1", "- model: [\n", "m");
        _fixture.Install("liar", "1", "- model: other\n", "m");
        _fixture.Install("sampled", "1", "- model: m\n", "m");
        _fixture.Write($"{PackageFixture.Site}/sampled/samples/guild.yml", "- model: sample\n");
        _fixture.Describe("sampled", "1", ["sampled/guild.yml,,", "sampled/samples/guild.yml,,"], "m");

        var found = PackageProjects.Of(_fixture.Search);

        Assert.Equal(["good", "sampled"], found.Projects.Select(p => p.Package!.Name));
        Assert.Equal(2, found.Warnings.Count);
        Assert.Contains(found.Warnings, w => w.Contains("'bad' is left out", StringComparison.Ordinal));
        Assert.Contains(found.Warnings, w => w.Contains("'liar' is left out: it says that it has model 'm'", StringComparison.Ordinal));
    }
}
