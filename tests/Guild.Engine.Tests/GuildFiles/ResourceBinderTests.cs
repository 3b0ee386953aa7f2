using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class ResourceBinderTests
{
    [Theory]
    [InlineData("requires: data")]
    [InlineData("requires: [data]")]
    [InlineData("requires: {resource: data}")]
    [InlineData("requires: [{resource: data}]")]
    public void A_resource_is_required_by_name(string attributes) => Assert.Equal("data", Assert.Single(GuildFileText.Operation(attributes).Requires).Spec);

    [Theory]
    [InlineData("m:data")]
    [InlineData("gpkg.mnist/data")]
    [InlineData("data-${version}")]
    public void A_required_name_may_be_of_another_model_or_package_or_refer_to_flags(string spec) =>
        Assert.Equal(spec, Assert.Single(GuildFileText.Operation($"requires: '{spec}'").Requires).Spec);

    [Theory]
    [InlineData("{file: a.csv}", "file:a.csv")]
    [InlineData("{file: a.csv, name: data}", "data")]
    [InlineData("{operation: train, flag-name: from}", "from")]
    [InlineData("{url: 'https://x/y.zip'}", "https://x/y.zip")]
    [InlineData("{sources: [a, {file: b, name: c}]}", "file:a,c")]
    [InlineData("{sources: [a], name: all}", "all")]
    public void A_resource_in_place_has_its_own_name_or_that_of_its_sources(string requirement, string name) =>
        Assert.Equal(name, Assert.Single(GuildFileText.Operation($"requires: {requirement}").Requires).Inline?.Name);

    [Fact]
    public void Every_attribute_of_a_source_is_bound()
    {
        var source = Source(
            "{config: c.yml, name: n, unpack: no, type: zip, select: [a, 'b.*'], select-min: 'm-(\\d+)', select-max: 'x-(\\d+)', rename: 'a b', help: h, "
            + "post-process: p, target-path: data/x, target-type: copy, replace-existing: yes, preserve-path: yes, warn-if-empty: no, fail-if-empty: yes, "
            + "optional: yes, always-resolve: yes, flag-name: f, params: {lr: 0.1}, sha256: " + new string('A', 64) + "}");

        Assert.Equal((SourceKind.Config, "c.yml", "n", "f"), (source.Kind, source.Value, source.Name, source.FlagName));
        Assert.Equal((false, "zip", "h", "p"), (source.Unpack, source.ArchiveType, source.Help, source.PostProcess));
        Assert.Equal(
            [new("a"), new("b.*"), new(@"m-(\d+)", SelectReduction.Minimum), new(@"x-(\d+)", SelectReduction.Maximum)],
            source.Select);
        Assert.Equal(new RenameDefinition("a", "b"), Assert.Single(source.Rename));
        Assert.Equal(("data/x", "copy"), (source.TargetPath, source.TargetType));
        Assert.True(source.ReplacesExisting && source.PreservesPath && source.FailsIfEmpty && source.IsOptional && source.AlwaysResolves);
        Assert.False(source.WarnsIfEmpty);
        Assert.Equal(0.1, source.Params["lr"]);
        Assert.Equal(new string('A', 64), source.Sha256);
    }

    [Theory]
    [InlineData("name.txt", ".*", "name.txt")]
    [InlineData("'''a b'' c'", "a b", "c")]
    [InlineData("{pattern: a, repl: b}", "a", "b")]
    [InlineData("[a b]", "a", "b")]
    public void Renaming_is_two_words_or_a_name_or_a_mapping(string rename, string pattern, string replacement) =>
        Assert.Equal(new RenameDefinition(pattern, replacement), Assert.Single(Source($"{{file: x, rename: {rename}}}").Rename));

    [Fact]
    public void A_flag_name_of_no_disables_overriding()
    {
        var source = Source("{operation: train, flag-name: no}");

        Assert.True(source.IsFlagDisabled);
        Assert.Null(source.FlagName);
    }

    [Fact]
    public void Path_is_another_name_of_the_target_path() => Assert.Equal("data", Source("{file: x, path: data}").TargetPath);

    [Fact]
    public void A_digest_that_YAML_reads_as_a_number_must_be_quoted()
    {
        var digits = string.Concat(Enumerable.Repeat("1234567890", 7))[..64];
        var diagnostic = GuildFileText.Only($"a: {{requires: {{file: x, sha256: 1e{digits[..4]}}}}}\n");

        Assert.Equal("InvalidSha256", diagnostic.Id);
        Assert.Contains("quote it", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(digits, Source($"{{file: x, sha256: '{digits}'}}").Sha256);
    }

    [Fact]
    public void A_resource_is_a_list_of_sources_or_a_mapping()
    {
        var resources = GuildFileText.Good(
            """
            - model: m
              resources:
                b: [x.csv, {url: 'https://x/y'}]
                a:
                  description: d
                  sources: [x]
                  target-path: data
                  target-type: link
                  private: yes
                  default-unpack: no
                  references: ['https://x']
            """).Models[0].Resources;

        Assert.Equal(["a", "b"], resources.Select(r => r.Name));
        Assert.Equal([SourceKind.File, SourceKind.Url], resources[1].Sources.Select(s => s.Kind));
        Assert.Equal(("d", "data", "link", true, false), (resources[0].Description, resources[0].TargetPath, resources[0].TargetType, resources[0].IsPrivate, resources[0].DefaultUnpack));
        Assert.Equal(["https://x"], resources[0].References);
    }

    private static SourceDefinition Source(string source) =>
        Assert.Single(Assert.Single(GuildFileText.Operation($"requires: {source}").Requires).Inline!.Sources);
}
