using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class OperationBinderTests
{
    [Fact]
    public void An_operation_without_a_command_runs_the_module_of_its_name() => Assert.Equal("train", GuildFileText.Operation("description: x").Main);

    [Fact]
    public void Exec_as_a_list_splits_into_the_same_words() => Assert.Equal("echo 'a b' 3", GuildFileText.Operation("exec: [echo, a b, 3]").Exec);

    [Fact]
    public void Exec_wins_over_main_and_main_over_steps()
    {
        var operation = GuildFileText.Parse(GuildFileText.OperationText("exec: e\nmain: m\nsteps: [s]")).File!.Models[0].Operations[0];

        Assert.Equal(("e", null, null), (operation.Exec, operation.Main, operation.Steps));
    }

    [Theory]
    [InlineData("cmd: old", "old")]
    [InlineData("cmd: old\nmain: new", "new")]
    [InlineData("notebook: \"'a b.ipynb' --html-no-input\"", "guild.plugins.nbexec 'a b.ipynb' --html-no-input")]
    public void Commands_of_the_past_are_understood(string attributes, string main) =>
        Assert.Equal(main, GuildFileText.Parse(GuildFileText.OperationText(attributes)).File!.Models[0].Operations[0].Main);

    [Fact]
    public void Every_plain_attribute_is_bound()
    {
        var operation = GuildFileText.Operation(
            """
            default: yes
            flags-dest: globals
            flags-import: all
            flags-import-skip: [a, b]
            default-flag-arg-skip: yes
            env: {PORT: 80, NAME: x}
            env-secrets: [TOKEN]
            python-path: [src, '.']
            python-requires: 3.10
            stoppable: yes
            handle-keyboard-interrupt: yes
            pre-process: |
              echo a
              echo b
            label: lr=${lr}
            tags: '[a, b]'
            compare: loss
            output-scalars: {loss: 'loss: (\value)'}
            objective: {maximize: acc}
            delete-on-success: yes
            plugins: no
            pip-freeze: no
            run-attrs: {team: x, n: 1}
            """);

        Assert.True(operation.IsDefault);
        Assert.Equal("globals", operation.FlagsDestination);
        Assert.Equal(true, operation.FlagsImport);
        Assert.Equal(["a", "b"], operation.FlagsImportSkip);
        Assert.True(operation.DefaultFlagArgSkip);
        Assert.Equal(80L, operation.Environment["PORT"]);
        Assert.Equal(["TOKEN"], operation.EnvironmentSecrets);
        Assert.Equal(["src", "."], operation.PythonPath!);
        Assert.Equal("3.10", operation.PythonRequires);
        Assert.True(operation.IsStoppable);
        Assert.True(operation.HandlesKeyboardInterrupt);
        Assert.Equal("echo a echo b", operation.PreProcess);
        Assert.Equal("lr=${lr}", operation.Label);
        Assert.Equal(["a", "b"], operation.Tags);
        Assert.Equal(["loss"], operation.Compare!);
        Assert.Equal(@"loss: (\value)", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(operation.OutputScalars)["loss"]);
        Assert.Equal(new ObjectiveDefinition("acc", IsMaximized: true), operation.Objective);
        Assert.True(operation.DeletesOnSuccess);
        Assert.Equal(false, operation.Plugins);
        Assert.False(operation.PipFreeze);
        Assert.Equal(1L, operation.RunAttributes["n"]);
    }

    [Theory]
    [InlineData("flags-import: yes", true)]
    [InlineData("flags-import: no", false)]
    [InlineData("main: x", null)]
    public void Flags_import_keeps_the_difference_between_absent_all_and_none(string attributes, bool? expected) =>
        Assert.Equal(expected, GuildFileText.Operation(attributes).FlagsImport);

    [Theory]
    [InlineData("output-scalars: no", false)]
    [InlineData("output-scalars: 'a (x)'", "a (x)")]
    [InlineData("main: x", null)]
    public void Output_scalars_may_be_none_or_a_pattern(string attributes, object? expected) =>
        Assert.Equal(expected, GuildFileText.Operation(attributes).OutputScalars);

    [Theory]
    [InlineData("[ONE, TWO]")]
    [InlineData("{ONE: first secret, TWO: second secret}")]
    public void Secrets_of_the_environment_are_named_by_a_list_or_a_mapping(string secrets) =>
        Assert.Equal(["ONE", "TWO"], GuildFileText.Operation($"env-secrets: {secrets}").EnvironmentSecrets);
}
