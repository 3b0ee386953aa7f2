using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

/// <summary>Where the two ages of the format differ, the later one counts, unless only the earlier gives the file a meaning.</summary>
public sealed class TwoAgesTests
{
    [Theory]
    [InlineData("model: m\noperations: {train: t}\n", "m:train")]
    [InlineData("model: m\ndescription: d\noperations: {train: {cmd: t}}\n", "m:train")]
    public void A_mapping_that_is_one_model_of_the_first_age_is_that_model(string text, string operation) =>
        Assert.Equal(operation, Assert.Single(GuildFileText.Parse(text).File!.Models[0].Operations).FullName);

    [Theory]
    [InlineData("model: m\n", "model")]
    [InlineData("config: c\n", "config")]
    [InlineData("test: pytest\ntrain: t\n", "test train")]
    [InlineData("model: m\nresources: r\ntrain: t\n", "model resources train")]
    public void Any_other_mapping_is_operations_as_in_the_later_age(string text, string operations) =>
        Assert.Equal(operations, string.Join(' ', GuildFileText.Good(text).Models[0].Operations.Select(o => o.FullName)));

    [Fact]
    public void A_list_as_the_value_of_a_flag_is_the_later_ages_batch() =>
        Assert.Equal(new object[] { 1L, 2L }, GuildFileText.Operation("flags: {a: [1, 2]}").Flags[0].Default);

    [Fact]
    public void An_operation_without_a_command_is_a_module_of_its_name_as_in_the_later_age() =>
        Assert.Equal("train", GuildFileText.Operation("flags: {a: 1}").Main);

    [Theory]
    [InlineData("cmd: a", "a")]
    [InlineData("main: b\ncmd: a", "b")]
    public void A_command_by_its_old_name_counts_unless_todays_is_there(string attributes, string main) =>
        Assert.Equal(main, Lenient(attributes).Main);

    [Theory]
    [InlineData("label-template: a", "a")]
    [InlineData("label: b\nlabel-template: a", "b")]
    public void A_label_by_its_old_name_counts_unless_todays_is_there(string attributes, string label) =>
        Assert.Equal(label, Lenient(attributes).Label);

    [Theory]
    [InlineData("required: a", "a")]
    [InlineData("requires: b\nrequired: a", "b")]
    public void Requirements_by_their_old_name_count_unless_todays_is_there(string attributes, string resource) =>
        Assert.Equal(resource, Assert.Single(Lenient(attributes).Requires).Spec);

    [Theory]
    [InlineData("flags: {f: {value: 1}}", 1L)]
    [InlineData("flags: {f: {default: 2, value: 1}}", 2L)]
    public void The_default_of_a_flag_by_its_old_name_counts_unless_todays_is_there(string attributes, object value) =>
        Assert.Equal(value, Lenient(attributes).Flags[0].Default);

    [Theory]
    [InlineData("flags: {f: {options: [1]}}", 1L)]
    [InlineData("flags: {f: {choices: [2], options: [1]}}", 2L)]
    public void Choices_by_their_old_name_count_unless_todays_are_there(string attributes, object value) =>
        Assert.Equal(value, Assert.Single(Lenient(attributes).Flags[0].Choices).Value);

    [Theory]
    [InlineData("disabled-plugins: [all]", false)]
    [InlineData("disable-plugins: all", false)]
    [InlineData("disabled-plugins: [cpu]", null)]
    public void Plugins_that_the_first_age_disables_are_disabled(string attributes, object? plugins) => Assert.Equal(plugins, Lenient(attributes).Plugins);

    [Fact]
    public void Plugins_of_today_count_before_those_that_the_first_age_disables() =>
        Assert.Equal(new[] { "cpu" }, Lenient("plugins: [cpu]\ndisable-plugins: all").Plugins);

    [Theory]
    [InlineData("{path: a}", "a")]
    [InlineData("{target-path: b, path: a}", "b")]
    public void The_folder_of_a_resource_by_its_old_name_counts_unless_todays_is_there(string attributes, string path) => Assert.Equal(
        path,
        GuildFileText.Parse($"- model: m\n  resources: {{r: {{sources: [x], {attributes[1..]}}}\n").File!.Models[0].Resources[0].TargetPath);

    [Theory]
    [InlineData("flags: {$dest: globals, a: 1}", "globals", null)]
    [InlineData("flags: {$dest: no, $import: all, a: 1}", "none", true)]
    [InlineData("flags-dest: args\nflags-import: no\nflags: {$dest: globals, $import: all, a: 1}", "args", false)]
    public void What_the_section_of_flags_once_said_beside_them_counts_unless_the_operation_says_it(string attributes, string destination, bool? import)
    {
        var operation = Lenient(attributes);

        Assert.Equal((destination, import, "a"), (operation.FlagsDestination, operation.FlagsImport, Assert.Single(operation.Flags).Name));
    }

    [Fact]
    public void A_file_of_the_first_age_loads_with_a_hint_for_each_old_name()
    {
        var result = GuildFileText.Parse(
            """
            - model: mnist
              disabled-plugins: [all]
              extra:
                scalar_map: {loss: train/loss}
              operations:
                train:
                  cmd: mnist --train
                  required: data
                  label-template: "${epochs} epochs"
                  flags:
                    epochs: {value: 10, options: [10, 20]}
              resources:
                data:
                  path: data
                  sources: [{url: "http://example.org/train.gz"}]
            """);

        Assert.Equal("mnist --train", result.File!.Models[0].Operations[0].Main);
        Assert.Equal(
            [(2, "plugins"), (7, "main"), (8, "requires"), (9, "label"), (11, "default"), (11, "choices")],
            result.Diagnostics.Where(d => d.Id == "OldName").Select(d => (d.Position.Line, Today(d.Message))));
        Assert.Equal("NotSupportedYet", Assert.Single(result.Diagnostics, d => d.Id != "OldName").Id);
    }

    private static string Today(string message) => message[(message.IndexOf("today ", StringComparison.Ordinal) + 6)..].Split('\'')[1];

    private static OperationDefinition Lenient(string attributes)
    {
        var result = GuildFileText.Parse(GuildFileText.OperationText(attributes));
        Assert.All(result.Diagnostics, d => Assert.Equal(DiagnosticSeverity.Warning, d.Severity));
        Assert.NotEmpty(result.Diagnostics);
        return result.File!.Models[0].Operations[0];
    }
}
