using Guild.Engine.GuildFiles;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class TargetSafetyTests : IDisposable
{
    private readonly ResourceFolder _folder = new ResourceFolder().With("a.txt");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("..")]
    [InlineData("x/../../y")]
    [InlineData("/tmp")]
    [InlineData("../runs")]
    public void A_target_path_out_of_the_run_directory_is_an_error(string path)
    {
        var error = _folder.Fail(FileSource("a.txt") with { TargetPath = path });

        Assert.Contains("lies outside the run directory", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Placed());
    }

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("/etc/a.txt")]
    [InlineData("..")]
    [InlineData("x/../../a.txt")]
    public void A_rename_out_of_the_run_directory_is_an_error(string name)
    {
        var error = _folder.Fail(FileSource("a.txt") with { Rename = [new RenameDefinition(".*", name)] });

        Assert.Contains("lies outside the run directory", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Placed());
    }

    [Theory]
    [InlineData(".guild/attrs")]
    [InlineData("./.guild")]
    [InlineData(".GUILD")]
    public void A_target_in_the_run_s_own_record_is_an_error(string path) =>
        Assert.Contains("run's own record", _folder.Fail(FileSource("a.txt") with { TargetPath = path }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_target_below_a_linked_folder_is_an_error_since_it_would_be_written_into_the_original()
    {
        _folder.With("data/x.txt");

        var error = _folder.Fail(FileSource("data"), FileSource("a.txt") with { TargetPath = "data" });

        Assert.Contains("'data', which is a link out of the run directory", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("data/a.txt")));
    }

    [Fact]
    public void A_target_below_a_copied_folder_is_taken()
    {
        _folder.With("data/x.txt");

        _folder.Resolve(FileSource("data") with { TargetType = "copy" }, FileSource("a.txt") with { TargetPath = "data" });

        Assert.Equal([$"data/a.txt -> {_folder.At("a.txt")}", "data/x.txt"], _folder.Placed());
    }

    [Fact]
    public void A_target_path_of_the_source_comes_before_that_of_the_resource()
    {
        _folder.With("b.txt");
        var required = _folder.Require(FileSource("a.txt") with { TargetPath = "./own/" }, FileSource("b.txt"));

        _folder.Resolve(required with { Definition = required.Definition with { TargetPath = "all/of it" } });

        Assert.Equal([$"all/of it/b.txt -> {_folder.At("b.txt")}", $"own/a.txt -> {_folder.At("a.txt")}"], _folder.Placed());
    }

    [Fact]
    public void Two_sources_of_one_name_keep_the_first_with_a_warning()
    {
        _folder.With("other/a.txt");

        var resolved = _folder.Resolve(FileSource("a.txt"), FileSource("other/a.txt"));

        Assert.Equal([$"a.txt -> {_folder.At("a.txt")}"], _folder.Placed());
        Assert.Single(resolved.Warnings);
    }
}
