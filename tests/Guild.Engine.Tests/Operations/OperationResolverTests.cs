using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

public sealed class OperationResolverTests : IDisposable
{
    private readonly TempProject _project = new("""
        - package: vision
        - model: mnist-mlp
          default: yes
          operations:
            train: {main: train, default: yes}
            prepare: prepare
            shared: a
        - model: mnist-cnn
          operations:
            train: train_cnn
            export: export
            shared: b
        - model: other
          operations:
            clean: clean
            shared: c
        """);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("train", "mnist-mlp:train")]
    [InlineData("prepare", "mnist-mlp:prepare")]
    [InlineData("export", "mnist-cnn:export")]
    [InlineData("mnist-cnn:train", "mnist-cnn:train")]
    [InlineData("mlp:train", "mnist-mlp:train")]
    [InlineData("oth:clean", "other:clean")]
    [InlineData("vision/mnist-cnn:train", "mnist-cnn:train")]
    [InlineData("vision/export", "mnist-cnn:export")]
    [InlineData("", "mnist-mlp:train")]
    [InlineData("other:shared", "other:shared")]
    public void A_name_means_the_operation_that_it_names_uniquely(string name, string expected) =>
        Assert.Equal(expected, OperationResolver.Resolve(_project.Project, name).FullName);

    [Fact]
    public void An_operation_of_the_default_model_wins_over_those_of_other_models() =>
        Assert.Equal("mnist-mlp:shared", OperationResolver.Resolve(_project.Project, "shared").FullName);

    [Fact]
    public void A_part_that_several_models_have_in_their_name_is_ambiguous_and_lists_them()
    {
        var error = Assert.Throws<AmbiguousNameException>(() => OperationResolver.Resolve(_project.Project, "mnist:train"));
        Assert.Equal(["mnist-mlp", "mnist-cnn"], error.Candidates);
        Assert.Equal("mnist:train", error.Subject);
    }

    [Fact]
    public void An_operation_that_several_models_have_is_ambiguous_where_there_is_no_default_model()
    {
        using var project = new TempProject("""
            - model: a
              operations: {train: x}
            - model: b
              operations: {train: y}
            """);
        var error = Assert.Throws<AmbiguousNameException>(() => OperationResolver.Resolve(project.Project, "train"));
        Assert.Equal(["a:train", "b:train"], error.Candidates);
    }

    [Fact]
    public void An_operation_of_the_model_without_a_name_is_meant_by_its_bare_name()
    {
        using var project = new TempProject("""
            - operations: {train: x}
            - model: b
              operations: {train: y}
            """);
        Assert.Equal("train", OperationResolver.Resolve(project.Project, "train").FullName);
    }

    [Fact]
    public void An_unknown_operation_lists_what_there_is_nearest_first()
    {
        var error = Assert.Throws<NameNotFoundException>(() => OperationResolver.Resolve(_project.Project, "trian"));
        Assert.Equal(NameKind.Operation, error.Kind);
        Assert.Equal("mnist-mlp:train", error.Candidates[0]);
        Assert.Contains("'trian'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_that_the_named_model_does_not_have_lists_those_of_that_model()
    {
        var error = Assert.Throws<NameNotFoundException>(() => OperationResolver.Resolve(_project.Project, "other:train"));
        Assert.All(error.Candidates, c => Assert.StartsWith("other:", c, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_model_lists_the_models()
    {
        var error = Assert.Throws<NameNotFoundException>(() => OperationResolver.Resolve(_project.Project, "nmist-mlp:train"));
        Assert.Equal(NameKind.Model, error.Kind);
        Assert.Equal("mnist-mlp", error.Candidates[0]);
    }

    [Fact]
    public void An_unknown_package_is_not_taken_for_a_model()
    {
        var error = Assert.Throws<NameNotFoundException>(() => OperationResolver.Resolve(_project.Project, "audio/mnist-mlp:train"));
        Assert.Contains("package 'audio'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operation_names_are_never_abbreviated() =>
        Assert.Throws<NameNotFoundException>(() => OperationResolver.Resolve(_project.Project, "mnist-mlp:tra"));

    [Fact]
    public void Without_a_name_the_only_open_operation_of_the_default_model_is_meant()
    {
        using var project = new TempProject("{train: x, _hidden: y}");
        Assert.Equal("train", OperationResolver.Resolve(project.Project, "").FullName);
    }

    [Fact]
    public void Without_a_name_several_operations_are_an_error_that_lists_them()
    {
        using var project = new TempProject("{train: x, test: y}");
        var error = Assert.Throws<NameNotFoundException>(() => OperationResolver.Resolve(project.Project, ""));
        Assert.Equal(["test", "train"], error.Candidates.Order());
    }

    [Fact]
    public void A_name_with_two_colons_is_refused_with_the_form_that_names_have() =>
        Assert.Throws<RequestException>(() => OperationResolver.Resolve(_project.Project, "a:b:c"));
}
