using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources;

public sealed class RequiredResourcesTests
{
    private static readonly GuildFile File = GuildFileReader.Parse(
        """
        - model: mlp
          operations:
            train:
              main: train
              requires:
                - dataset
                - cnn:images
                - data-${size}
                - file: config.txt
                - operation: prepare
                  name: prepared
          resources:
            dataset: [data/rows.csv]
            data-small: [small.csv]
            other: [other.csv]
        - model: cnn
          operations:
            train: train
          resources:
            images: [images]
        """u8,
        Path.GetFullPath("/project/guild.yml")).File!;

    [Fact]
    public void Requirements_are_found_in_the_own_model_in_another_and_in_place()
    {
        var found = RequiredResources.Of(File, Train, Options(("size", "small")));

        Assert.Equal(["dataset", "images", "data-small", "file:config.txt", "prepared"], found.Select(resource => resource.Name));
        Assert.Equal(["dataset", "cnn:images", "data-small", null, null], found.Select(resource => resource.Spec));
        Assert.All(found, resource => Assert.Equal(Path.GetFullPath("/project"), resource.Location));
    }

    [Fact]
    public void What_the_user_gave_goes_to_the_resource_that_has_its_name()
    {
        var options = Options(("size", "small")) with { Overrides = [new("cnn:images", "x"), new("prepared", "y"), new("lr", "1")] };

        var found = RequiredResources.Of(File, Train, options);

        Assert.Equal([0, 1, 0, 0, 1], found.Select(resource => resource.Overrides.Count));
    }

    [Fact]
    public void Names_are_offered_for_all_requirements_that_can_be_found()
    {
        Assert.Equal(
            ["dataset", "cnn:images", "images", "file:config.txt", "prepared"],
            RequiredResources.Names(File, Train, new Dictionary<string, object?>()));
        Assert.Contains("data-small", RequiredResources.Names(File, Train, new Dictionary<string, object?> { ["size"] = "small" }));
    }

    [Fact]
    public void A_name_that_names_nothing_is_an_error_with_the_nearest_names()
    {
        var error = Assert.Throws<NameNotFoundException>(() => RequiredResources.Of(File, Train, Options(("size", "smal"))));

        Assert.Equal((NameKind.Resource, "data-smal"), (error.Kind, error.Name));
        Assert.Equal("data-small", error.Candidates[0]);
        Assert.Contains("operation 'mlp:train' requires", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_refers_to_a_flag_that_is_not_there_is_an_error() =>
        Assert.Throws<FlagReferenceException>(() => RequiredResources.Of(File, Train, new RequirementOptions()));

    [Theory]
    [InlineData("a b")]
    [InlineData("x/y/z")]
    [InlineData("")]
    public void What_cannot_be_a_name_is_an_error(string spec) =>
        Assert.Throws<RequestException>(() => RequiredResources.Of(File, Requiring(spec), Options()));

    [Theory]
    [InlineData("pkg/data", "there is no package 'pkg' with a guild.yml")]
    [InlineData("rnn:data", "no model 'rnn'")]
    [InlineData("cnn:data", "model 'cnn' does not define it")]
    public void The_error_says_what_is_missing(string spec, string reason) =>
        Assert.Contains(reason, Assert.Throws<NameNotFoundException>(() => RequiredResources.Of(File, Requiring(spec), Options())).Message, StringComparison.Ordinal);

    [Fact]
    public void Resources_of_the_project_are_known_with_and_without_their_model()
    {
        var found = RequiredResources.InProject(File, "cnn");

        Assert.Equal(["cnn:images", "images", "mlp:data-small", "mlp:dataset", "mlp:other"], found.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_of_the_project_that_a_resource_takes_whole_are_no_source_code()
    {
        var found = RequiredResources.Of(File, Train, Options(("size", "small")));

        Assert.Equal(
            ["data/rows.csv", "images", "small.csv", "config.txt"],
            found.SelectMany(r => r.LocalPaths).Select(path => Path.GetRelativePath(found[0].Location, path).Replace('\\', '/')));
    }

    [Fact]
    public void A_default_target_type_of_the_model_comes_before_that_of_the_user()
    {
        var model = File.Models[0] with { DefaultTargetType = "copy" };
        var options = Options(("size", "small")) with { DefaultTargetType = "link" };

        Assert.Equal("link", RequiredResources.Of(File, Train, options)[0].DefaultTargetType);
        Assert.Equal("copy", RequiredResources.Of(File with { Models = [model, File.Models[1]] }, Train, options)[0].DefaultTargetType);
    }

    private static OperationDefinition Train => File.Models[0].Operations.Single(operation => operation.Name == "train");

    private static OperationDefinition Requiring(string spec) => Train with { Requires = [new RequirementDefinition { Spec = spec }] };

    private static RequirementOptions Options(params (string Name, object? Value)[] flags) =>
        new() { Flags = flags.ToDictionary(flag => flag.Name, flag => flag.Value) };
}
