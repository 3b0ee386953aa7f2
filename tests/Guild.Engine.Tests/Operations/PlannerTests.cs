using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Operations;

public sealed class PlannerTests
{
    [Fact]
    public void A_name_of_a_flag_is_a_flag_even_where_a_resource_has_the_same_name()
    {
        using var project = new TempProject("""
            - model: m
              operations:
                op: {main: x, flags: {data: 1}, requires: data}
              resources:
                data: [a.csv]
            """);
        project.Write("a.csv", "");
        var plan = project.Plan("op", "data=2");
        Assert.Equal(2L, plan.Flags.Values["data"]);
        Assert.Empty(plan.Resources[0].Overrides);
    }

    [Fact]
    public void A_name_that_only_a_resource_has_sets_that_resource()
    {
        using var project = new TempProject("""
            - model: m
              operations:
                op: {main: x, requires: data}
              resources:
                data: [a.csv]
            """);
        project.Write("a.csv", "");
        project.Write("b.csv", "");
        Assert.Equal("b.csv", Assert.Single(project.Plan("op", "data=b.csv").Resources[0].Overrides).Value);
    }

    [Fact]
    public void A_name_that_neither_has_is_an_unknown_flag_with_the_nearest()
    {
        using var project = new TempProject("{op: {main: x, flags: {epochs: 1}}}");
        Assert.Contains("epochs", Assert.Throws<FlagException>(() => project.Plan("op", "epoch=2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_is_set_by_name_but_not_required_is_an_error_that_lists_those_that_are()
    {
        using var project = new TempProject("{op: {main: x, requires: [{file: a.csv, name: data}]}}");
        var request = project.Request("op") with { Resources = [KeyValuePair.Create("dat", "b.csv")] };
        var error = Assert.Throws<NameNotFoundException>(() => Planner.Plan(request, project.Context));
        Assert.Equal(NameKind.Resource, error.Kind);
        Assert.Contains("data", error.Candidates);
    }

    [Fact]
    public void The_id_of_a_run_that_is_all_digits_is_not_read_as_a_number()
    {
        using var project = new TempProject("{train: {exec: 'true'}, op: {main: x, requires: [{operation: train}]}}");
        var run = project.Run("train");
        Assert.Equal("00123", Assert.Single(project.Plan("op", "operation:train=00123").Resources[0].Overrides).Value);
        Assert.Equal(run.Id, project.Plan("op").OperationRuns["operation:train"]);
    }

    [Fact]
    public void The_run_that_a_source_takes_files_of_is_recorded_among_the_flags()
    {
        using var project = new TempProject("{train: {exec: 'true'}, op: {main: x, flags: {a: 1}, requires: [{operation: train}]}}");
        var run = project.Run("train");
        var plan = project.Plan("op");
        Assert.Equal(["a", "operation:train"], plan.RecordedFlags.Keys);
        Assert.Equal(run.Id, plan.RecordedFlags["operation:train"]);
        Assert.False(plan.Flags.Values.ContainsKey("operation:train"));
    }

    [Theory]
    [InlineData("{op: {main: x, flags: {b: 2, a: 0.1, c: null}}}", "a=0.1 b=2")]
    [InlineData("{op: {main: x, label: 'n ${b}', flags: {b: 2}}}", "n 2")]
    [InlineData("{op: {main: x, label: '${b} ${default_label}', flags: {b: 2}}}", "2 b=2")]
    public void The_label_is_that_of_the_operation_or_made_of_its_flags(string file, string expected)
    {
        using var project = new TempProject(file);
        Assert.Equal(expected, project.Plan("op").Label);
    }

    [Fact]
    public void A_label_that_is_given_is_a_template_too_and_goes_first()
    {
        using var project = new TempProject("{op: {main: x, label: own, flags: {b: 2}}}");
        Assert.Equal("mine 2", Planner.Plan(project.Request("op") with { Label = "mine ${b}" }, project.Context).Label);
    }

    [Fact]
    public void Tags_of_the_operation_and_the_request_are_joined_and_go_into_the_default_label()
    {
        using var project = new TempProject("{op: {main: x, tags: [one, two], flags: {b: 2}}}");
        var plan = Planner.Plan(project.Request("op") with { Tags = ["two", "three"] }, project.Context);
        Assert.Equal(["one", "two", "three"], plan.Tags);
        Assert.Equal("two three b=2", plan.Label);
    }

    [Fact]
    public void An_option_that_main_gives_itself_is_a_warning()
    {
        using var project = new TempProject("{op: {main: train --lr 1, flags: {lr: 2}}}");
        var plan = project.Plan("op");
        Assert.Contains(plan.Warnings, w => w.Contains("--lr", StringComparison.Ordinal));
        Assert.Equal(["-um", "train", "--lr", "1"], plan.Command.Arguments.Skip(1));
    }

    [Fact]
    public void A_plan_says_what_each_resource_will_bring()
    {
        using var project = new TempProject("{op: {main: x, requires: [{file: a.csv}, {file: nope.csv}]}}");
        project.Write("a.csv", "");
        Assert.Equal(["a.csv", "nope.csv"], Planner.Preview(project.Plan("op"), project.Context).SelectMany(p => p.Sources).Select(s => s.Name.Split(':')[^1]));
    }

    [Fact]
    public void Planning_writes_nothing()
    {
        using var project = new TempProject("{op: {main: x, requires: [{file: a.csv}]}}");
        _ = project.Plan("op");
        Assert.False(Directory.Exists(project.Home.Path));
        Assert.Equal([project.PathOf("guild.yml")], Directory.EnumerateFileSystemEntries(project.ProjectPath));
    }

    [Fact]
    public void The_reference_of_the_run_names_the_guild_file_and_its_digest()
    {
        using var project = new TempProject("{op: x}");
        var reference = project.Plan("op").OpRef;
        Assert.Equal((OpRef.GuildFileType, project.PathOf("guild.yml"), "", "op"), (reference.PackageType, reference.PackageName, reference.ModelName, reference.OperationName));
        Assert.Matches("^[0-9a-f]{32}$", reference.PackageVersion);
    }

    [Fact]
    public void A_script_is_looked_for_below_the_root_of_the_source_code()
    {
        using var project = new TempProject("{op: {main: train.py, sourcecode: {root: lib}}}");
        project.Write("lib/train.py", "");
        Assert.Equal("train.py", project.Plan("op").Command.Arguments[2]);
    }

    [Fact]
    public void A_folder_outside_the_project_is_on_the_python_path_where_it_is()
    {
        using var project = new TempProject("{op: {main: train, python-path: [src, ../shared]}}");
        Assert.Equal(["src", Path.GetFullPath("../shared", project.ProjectPath)], project.Plan("op").Command.PythonPath);
    }
}
