namespace Guild.Engine.Tests.GuildFiles;

public sealed class PackageInheritanceTests : IDisposable
{
    private readonly GuildFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_extends_one_of_a_package_and_its_folder_joins_the_search_for_files()
    {
        _folder.Write("lib/gpkg/my_slim/guild.yml", "- config: base\n  operations: {train: {main: train, requires: data}}\n  resources: {data: [data.csv]}\n");
        var model = Assert.Single(_folder.Good("- model: m\n  extends: gpkg.my-slim/base\n  operations: {train: {tags: t}}\n", "lib").Models);

        Assert.Equal("train", model.Operations[0].Main);
        Assert.Equal(["t"], model.Operations[0].Tags);
        Assert.Equal("data.csv", model.Resources[0].Sources[0].Value);
        Assert.Equal([_folder.PathOf("lib/gpkg/my_slim")], model.PackageDirectories);
    }

    [Fact]
    public void Parents_in_packages_have_parents_of_their_own_files_and_of_other_packages()
    {
        _folder.Write("lib/a/guild.yml", "- model: m\n  extends: [local, b/n]\n  operations: {own: a}\n- config: local\n  operations: {x: local, own: local}\n");
        _folder.Write("lib/b/guild.yml", "- model: n\n  operations: {x: b, y: b}\n");
        var model = Assert.Single(_folder.Good("- model: m\n  extends: [a/m, mine]\n- config: mine\n  operations: {y: mine, z: mine}\n", "lib").Models);

        Assert.Equal(["own=a", "x=local", "y=b", "z=mine"], model.Operations.Select(o => $"{o.Name}={o.Main}"));
        Assert.Equal([_folder.PathOf("lib/a"), _folder.PathOf("lib/b")], model.PackageDirectories);
    }

    [Fact]
    public void Parameters_of_the_child_count_in_what_it_inherits_from_a_package()
    {
        _folder.Write("lib/p/guild.yml", "- config: base\n  params: {name: base, size: 10}\n  operations: {train: {main: 'train-{{name}}', flags: {size: '{{size}}'}}}\n");
        var train = Assert.Single(_folder.Good("- model: m\n  extends: p/base\n  params: {name: mine}\n", "lib").Models).Operations[0];

        Assert.Equal(("train-mine", (object?)10L), (train.Main, train.Flags[0].Default));
    }

    [Fact]
    public void An_include_in_a_section_that_is_inherited_finds_the_configs_of_the_package_after_those_of_the_file()
    {
        _folder.Write("lib/p/guild.yml", "- config: base\n  operations: {train: {main: t, flags: {$include: [common, own]}}}\n- config: common\n  flags: {a: 1}\n- config: own\n  flags: {b: 1}\n");
        var train = Assert.Single(_folder.Good("- model: m\n  extends: p/base\n- config: own\n  flags: {c: 1}\n", "lib").Models).Operations[0];

        Assert.Equal(["a", "c"], train.Flags.Select(f => f.Name));
    }

    [Fact]
    public void Packages_that_extend_each_other_in_a_circle_are_reported()
    {
        _folder.Write("lib/a/guild.yml", "- model: m\n  extends: b/m\n");
        _folder.Write("lib/b/guild.yml", "- model: m\n  extends: a/m\n");
        var finding = Assert.Single(_folder.Read("- model: x\n  extends: a/m\n", "lib").Diagnostics);

        Assert.Equal(("InvalidReference", _folder.PathOf("lib/b/guild.yml")), (finding.Id, finding.File));
        Assert.Contains("a/m -> b/m -> a/m", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere/m", "no package 'nowhere'")]
    [InlineData("a/", "names no model")]
    [InlineData("a/mm", "Did you mean 'mmm'?")]
    [InlineData("../lib/a/mmm", "no package '..'")]
    public void A_parent_that_is_in_no_package_is_reported_where_it_stands(string name, string message)
    {
        _folder.Write("lib/a/guild.yml", "- model: mmm\n");
        var finding = Assert.Single(_folder.Read($"- model: x\n  extends: {name}\n", "lib").Diagnostics);

        Assert.Equal(("InvalidReference", 2, 12), (finding.Id, finding.Position.Line, finding.Position.Column));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_in_what_is_inherited_names_the_file_of_the_package()
    {
        _folder.Write("lib/p/guild.yml", "- config: base\n  operations:\n    train: {main: t, colour: red}\n");
        var finding = Assert.Single(_folder.Read("- model: m\n  extends: p/base\n", "lib").Diagnostics);

        Assert.Equal(("UnknownAttribute", _folder.PathOf("lib/p/guild.yml"), 3), (finding.Id, finding.File, finding.Position.Line));
    }

    [Fact]
    public void The_folders_of_packages_are_not_looked_for_when_no_package_is_named()
    {
        var text = System.Text.Encoding.UTF8.GetBytes("- model: m\n  extends: base\n- config: base\n");
        var search = new Guild.Engine.GuildFiles.PackageSearch("", () => throw new InvalidOperationException("They were looked for."));

        Assert.NotNull(Guild.Engine.GuildFiles.GuildFileReader.Parse(text, _folder.PathOf("guild.yml"), search).File);
    }
}
