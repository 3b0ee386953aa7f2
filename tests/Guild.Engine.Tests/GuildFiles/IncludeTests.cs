namespace Guild.Engine.Tests.GuildFiles;

public sealed class IncludeTests : IDisposable
{
    private readonly GuildFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_items_of_an_included_file_stand_in_the_place_of_the_include()
    {
        _folder.Write("parts/two.yml", "- model: b\n  operations: {x: x}\n- include: three.yml\n");
        _folder.Write("parts/three.yml", "- model: c\n  extends: base\n");
        var file = _folder.Good("- model: a\n- include: parts/two.yml\n- model: d\n- config: base\n  operations: {train: t}\n");

        Assert.Equal(["a", "b", "c", "d"], file.Models.Select(m => m.Name));
        Assert.Equal("t", file.Models[2].Operations[0].Main);
        Assert.Equal(
            [_folder.PathOf("guild.yml"), _folder.PathOf("parts/two.yml"), _folder.PathOf("parts/three.yml")],
            file.Sources);
    }

    [Fact]
    public void Several_files_are_included_in_their_order_and_a_folder_means_its_guild_file()
    {
        _folder.Write("one/guild.yml", "train: one\n");
        _folder.Write("two.yml", "- model: two\n");
        var file = _folder.Good("- include: [two.yml, one]\n");

        Assert.Equal(["two", ""], file.Models.Select(m => m.Name));
        Assert.Equal("one", file.Models[1].Operations[0].Main);
    }

    [Fact]
    public void A_dotted_name_is_a_package_of_Pythons_path_also_without_gpkg()
    {
        _folder.Write("lib/a/b/guild.yml", "- model: ab\n");
        _folder.Write("lib/gpkg/mnist/guild.yml", "- model: mnist\n");
        _folder.Write("other/a/b/guild.yml", "- model: later\n");
        var file = _folder.Good("- include: a.b\n- include: mnist\n", "lib", "other");

        Assert.Equal(["ab", "mnist"], file.Models.Select(m => m.Name));
    }

    [Fact]
    public void A_file_beside_the_including_one_comes_before_a_package()
    {
        _folder.Write("mnist", "- model: local\n");
        _folder.Write("lib/mnist/guild.yml", "- model: package\n");

        Assert.Equal("local", Assert.Single(_folder.Good("- include: mnist\n", "lib").Models).Name);
    }

    [Fact]
    public void A_file_that_two_others_include_is_there_once()
    {
        _folder.Write("base.yml", "- model: base\n");
        _folder.Write("one.yml", "- include: base.yml\n- model: one\n");
        _folder.Write("two.yml", "- include: base.yml\n- model: two\n");

        Assert.Equal(["base", "one", "two"], _folder.Good("- include: [one.yml, two.yml]\n").Models.Select(m => m.Name));
    }

    [Fact]
    public void Includes_that_go_round_in_a_circle_are_reported_with_their_path()
    {
        _folder.Write("a.yml", "- include: sub/b.yml\n");
        _folder.Write("sub/b.yml", "- include: ../a.yml\n");
        var finding = Assert.Single(_folder.Read("- include: a.yml\n").Diagnostics);

        Assert.Equal(("InvalidReference", _folder.PathOf("sub/b.yml"), 1, 12), (finding.Id, finding.File, finding.Position.Line, finding.Position.Column));
        Assert.Contains(
            string.Join(" -> ", _folder.PathOf("guild.yml"), _folder.PathOf("a.yml"), _folder.PathOf("sub/b.yml"), _folder.PathOf("a.yml")),
            finding.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_include_that_is_not_there_is_reported_where_it_stands()
    {
        var findings = _folder.Read("- include:\n    - missing.yml\n    - ../also/missing.yml\n    - no.such.package\n", "lib").Diagnostics;

        Assert.Equal([(2, 7), (3, 7), (4, 7)], findings.Select(f => (f.Position.Line, f.Position.Column)));
        Assert.All(findings, f => Assert.Equal("InvalidReference", f.Id));
    }

    [Fact]
    public void An_include_without_a_name_and_attributes_beside_it_are_reported()
    {
        Assert.Equal(
            ["WrongType", "UnknownAttribute"],
            _folder.Read("- include:\n- include: []\n  model_: m\n").Diagnostics.Select(f => f.Id));
    }

    [Fact]
    public void Findings_in_an_included_file_name_that_file_and_come_after_those_of_the_file_itself()
    {
        _folder.Write("part.yml", "- model: m\n  colour: red\n  operations:\n    train: {main: t, flags: {a: {type: integer}}}\n");
        var findings = _folder.Read("- include: part.yml\n- model: z\n  color: blue\n").Diagnostics;

        Assert.Equal(
            [(_folder.PathOf("guild.yml"), 3), (_folder.PathOf("part.yml"), 2), (_folder.PathOf("part.yml"), 4)],
            findings.Select(f => (f.File, f.Position.Line)));
        Assert.StartsWith($"{_folder.PathOf("part.yml")}(2,3): ", findings[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_that_is_wrong_in_an_included_file_is_an_error_of_that_file()
    {
        _folder.Write("part.yml", "- model: [\n");
        var finding = Assert.Single(_folder.Read("- include: part.yml\n- model: m\n").Diagnostics);

        Assert.Equal(("InvalidYaml", _folder.PathOf("part.yml")), (finding.Id, finding.File));
    }

    [Fact]
    public void A_model_of_an_included_file_that_is_there_already_is_reported_with_the_place_of_the_first()
    {
        _folder.Write("part.yml", "- model: m\n");
        var finding = Assert.Single(_folder.Read("- include: part.yml\n- model: m\n").Diagnostics);

        Assert.Equal(("DuplicateModel", 2), (finding.Id, finding.Position.Line));
        Assert.Contains($"line 1 of '{_folder.PathOf("part.yml")}'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_is_an_include_and_a_model_is_refused()
    {
        Assert.Equal("MultipleTypes", Assert.Single(_folder.Read("- include: x\n  model: m\n").Diagnostics).Id);
    }
}
