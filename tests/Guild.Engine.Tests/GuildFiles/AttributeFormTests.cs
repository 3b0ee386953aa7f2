namespace Guild.Engine.Tests.GuildFiles;

/// <summary>Attributes that are read and do nothing, without a warning, because the file means the same without them.</summary>
public sealed class AttributeFormTests
{
    [Theory]
    [InlineData("author: Ada")]
    [InlineData("author-email: ada@example.org")]
    [InlineData("data-files: ['*.csv']")]
    [InlineData("license: MIT")]
    [InlineData("packages: {a: b}")]
    [InlineData("python-requires: '>=3.8'")]
    [InlineData("python-tag: py3")]
    [InlineData("requires: [a, b]")]
    [InlineData("tags: [a]")]
    [InlineData("url: 'http://example.org'")]
    public void What_is_for_building_a_package_is_taken_without_a_word(string attribute) =>
        Assert.Equal("p", GuildFileText.Good($"- package: p\n  {attribute}\n").Package!.Name);

    [Fact]
    public void A_resource_may_say_preserve_path_which_only_its_sources_mean() =>
        Assert.False(GuildFileText.Good("- model: m\n  resources: {r: {preserve-path: yes, sources: [a]}}\n").Models[0].Resources[0].Sources[0].PreservesPath);

    [Fact]
    public void References_of_a_model_are_kept_in_their_order() =>
        Assert.Equal(["b", "a"], GuildFileText.Good("- model: m\n  references: [b, a]\n").Models[0].References);
}
