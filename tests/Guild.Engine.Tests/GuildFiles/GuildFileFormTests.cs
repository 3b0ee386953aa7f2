namespace Guild.Engine.Tests.GuildFiles;

public sealed class GuildFileFormTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null\n")]
    [InlineData("# only a comment\n")]
    [InlineData("[]\n")]
    public void An_empty_file_has_no_models(string text) => Assert.Empty(GuildFileText.Good(text).Models);

    [Fact]
    public void A_mapping_is_the_operations_of_the_anonymous_model()
    {
        var model = Assert.Single(GuildFileText.Good("train: t\ntest: pytest\n").Models);

        Assert.Equal("", model.Name);
        Assert.True(model.IsDefault);
        Assert.Equal(["test", "train"], model.Operations.Select(o => o.FullName));
    }

    [Theory]
    [InlineData("model: m\noperations: {train: t}\n", "m")]
    [InlineData("model: m\ndescription: d\n", "m")]
    [InlineData("model: m\n", "")]
    [InlineData("model: m\ntrain: t\n", "")]
    [InlineData("model: {main: m}\noperations: {main: x}\n", "")]
    [InlineData("model: a\npackage: b\n", "")]
    public void A_mapping_is_one_item_only_if_all_its_keys_belong_to_one(string text, string model) =>
        Assert.Equal(model, Assert.Single(GuildFileText.Good(text).Models).Name);

    [Fact]
    public void An_item_with_operations_and_no_type_is_the_anonymous_model()
    {
        var model = Assert.Single(GuildFileText.Good("- operations: {train: t}\n").Models);

        Assert.Equal("", model.Name);
        Assert.Equal("t", Assert.Single(model.Operations).Main);
    }

    [Fact]
    public void A_config_is_no_model() => Assert.Empty(GuildFileText.Good("- config: base\n  flags: {a: 1}\n").Models);

    [Fact]
    public void A_package_is_read()
    {
        var package = GuildFileText.Good("- package: gpkg.hello\n  version: 1.10\n  description: ' Says hello '\n").Package!;

        Assert.Equal(("gpkg.hello", "1.10", "Says hello"), (package.Name, package.Version, package.Description));
    }

    [Fact]
    public void Of_several_models_the_first_default_is_the_default()
    {
        var result = GuildFileText.Parse("- model: a\n- model: b\n  default: yes\n- model: c\n  default: yes\n");

        Assert.Equal([false, true, false], result.File!.Models.Select(m => m.IsDefault));
        Assert.Equal("MultipleDefaults", Assert.Single(result.Diagnostics).Id);
    }

    [Fact]
    public void Of_several_models_none_is_the_default_by_itself() =>
        Assert.All(GuildFileText.Good("- model: a\n- model: b\n").Models, m => Assert.False(m.IsDefault));

    [Fact]
    public void Operation_defaults_fill_what_an_operation_lacks()
    {
        var operations = GuildFileText.Good(
            """
            - model: m
              operation-defaults:
                main: shared
                tags: [a]
                flags: {x: 1}
              operations:
                one: own
                two:
                  flags: {y: 2}
            """).Models[0].Operations;

        Assert.Equal(["own", "shared"], operations.Select(o => o.Main!));
        Assert.Equal(["x", "y"], operations.Select(o => o.Flags[0].Name));
        Assert.All(operations, o => Assert.Equal(["a"], o.Tags));
    }

    [Fact]
    public void What_a_model_says_of_plugins_and_Python_goes_for_its_operations()
    {
        var operations = GuildFileText.Good("- model: m\n  plugins: no\n  python-requires: '>=3.8'\n  operations: {a: x, b: {plugins: [cpu]}}\n").Models[0].Operations;

        Assert.Equal(false, operations[0].Plugins);
        Assert.Equal(new[] { "cpu" }, operations[1].Plugins);
        Assert.Equal(">=3.8", operations[0].PythonRequires);
    }

    [Fact]
    public void An_unknown_attribute_is_warned_of_with_the_nearest_name() =>
        Assert.Contains("Did you mean 'description'?", GuildFileText.Only("train: {desciption: x}\n").Message, StringComparison.Ordinal);

    [Fact]
    public void A_finding_prints_as_file_line_and_column() =>
        Assert.StartsWith("/project/guild.yml(1,8): ", GuildFileText.Only("train: 5\n").ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_digest_is_the_MD5_of_the_bytes() => Assert.Equal("d41d8cd98f00b204e9800998ecf8427e", GuildFileText.Good("").Digest);
}
