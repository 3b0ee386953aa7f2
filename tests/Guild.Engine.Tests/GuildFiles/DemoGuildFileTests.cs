using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class DemoGuildFileTests
{
    private readonly GuildFile _file = GuildFileReader.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "demo"));

    private ModelDefinition Model => Assert.Single(_file.Models);

    [Fact]
    public void The_file_has_one_model_with_its_operations_in_ordinal_order()
    {
        Assert.Equal("mlp", Model.Name);
        Assert.Equal("Tiny sample classifier", Model.Description);
        Assert.True(Model.IsDefault);
        Assert.Equal(
            ["bad-sha", "evaluate", "fail", "hello", "missing-file", "noop", "pipeline", "prepare", "raise", "train"],
            Model.Operations.Select(o => o.Name));
        Assert.Empty(_file.Warnings);
        Assert.Equal("guild.yml", Path.GetFileName(_file.Path));
    }

    [Fact]
    public void The_train_operation_has_its_flags_with_types_choices_and_defaults()
    {
        var train = Operation("train");

        Assert.Equal("mlp:train", train.FullName);
        Assert.Equal("train", train.Main);
        Assert.Null(train.Exec);
        Assert.True(train.IsDefault);
        Assert.Equal("args", train.FlagsDestination);
        Assert.Equal(["batch-size", "epochs", "lr", "optimizer"], train.Flags.Select(f => f.Name));
        Assert.Equal([32L, 3L, 0.1, "sgd"], train.Flags.Select(f => f.Default!));
        Assert.Equal(FlagType.Int, train.Flags[0].Type);
        Assert.Equal(FlagType.Auto, train.Flags[1].Type);
        Assert.Equal(["sgd", "adam"], train.Flags[3].Choices.Select(c => c.Value!));
        Assert.Equal("Adam", train.Flags[3].Choices[1].Description);
        Assert.Equal("dataset", Assert.Single(train.Requires).Spec);
        Assert.Equal(["=lr", "=batch-size as batch", "loss step as step", "loss", "acc"], train.Compare!);
        Assert.Equal(new TextPosition(15, 5), train.Position);
    }

    [Fact]
    public void Limits_and_required_flags_are_read()
    {
        var split = Assert.Single(Operation("prepare").Flags);

        Assert.Equal((0.0, 1.0), (split.Minimum, split.Maximum));
        Assert.True(Assert.Single(Operation("evaluate").Flags).IsRequired);
    }

    [Fact]
    public void Requirements_in_place_become_resources_named_by_their_source()
    {
        var requirement = Assert.Single(Operation("evaluate").Requires);
        var source = Assert.Single(requirement.Inline!.Sources);

        Assert.Null(requirement.Spec);
        Assert.Equal("operation:train", requirement.Inline.Name);
        Assert.Equal((SourceKind.Operation, "train"), (source.Kind, source.Value));
        Assert.Equal(new SelectDefinition("model.json"), Assert.Single(source.Select));
        Assert.Equal("e000000000000000000000000000000000000000000000000000000000000001", Operation("bad-sha").Requires[0].Inline!.Sources[0].Sha256);
    }

    [Fact]
    public void Commands_and_steps_are_read()
    {
        Assert.Equal("echo hello ${name}", Operation("hello").Exec);
        Assert.Null(Operation("hello").Main);
        var steps = Operation("pipeline").Steps!;
        Assert.Equal("prepare", steps[0].Operation);
        Assert.Equal("train epochs=1", steps[1].Run);
        Assert.Equal(new KeyValuePair<string, FlagInput>("epochs", new FlagText("1")), Assert.Single(steps[1].Flags));
    }

    [Fact]
    public void Resources_have_their_sources()
    {
        var resource = Assert.Single(Model.Resources);

        Assert.Equal(("dataset", "Sample rows"), (resource.Name, resource.Description));
        Assert.Equal("file:data/rows.csv", Assert.Single(resource.Sources).Uri);
    }

    private OperationDefinition Operation(string name) => Model.Operations.Single(o => o.Name == name);
}
