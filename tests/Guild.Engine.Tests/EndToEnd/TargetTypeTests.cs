using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Whether inputs are linked or copied, as source, resource, model and user say, the nearest first.</summary>
public sealed class TargetTypeTests : IDisposable
{
    private readonly TempProject _project = new("""
        - model: plain
          operations:
            read: {exec: 'true', requires: [{file: data.txt}, {file: folder}]}
            linked: {exec: 'true', requires: [{file: data.txt, target-type: link}]}
            nothing: {exec: 'true'}
        - model: copying
          default-target-type: copy
          operations:
            read: {exec: 'true', requires: [{file: data.txt}, {file: folder}]}
            again: {exec: 'true', requires: [{file: data.txt, always-resolve: yes, replace-existing: yes}]}
        """);

    public TargetTypeTests()
    {
        _project.Write("data.txt", "data");
        _project.Write("folder/inner.txt", "inner");
        _project.Environment.Remove("GUILD_CONFIG");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Inputs_are_linked_where_nobody_says_otherwise() => Assert.Equal(["link", "link"], Placements(_project.Run("plain:read")));

    [Fact]
    public void A_model_decides_for_its_operations()
    {
        var run = _project.Run("copying:read");

        Assert.Equal(["copy", "copy"], Placements(run));
        Assert.Null(new FileInfo(Path.Combine(run.Directory.Path, "data.txt")).LinkTarget);
        Assert.Equal("inner", File.ReadAllText(Path.Combine(run.Directory.Path, "folder", "inner.txt")));
    }

    [Fact]
    public void The_users_configuration_decides_where_the_Guild_file_does_not()
    {
        Configure(_project.Home.Path, "config.yml", "copy");
        Assert.Equal(["copy", "copy"], Placements(_project.Run("plain:read")));
        Assert.Equal(["link"], Placements(_project.Run("plain:linked")));

        Configure(_project.Home.Path, "config.yml", "link");
        Assert.Equal(["copy", "copy"], Placements(_project.Run("copying:read")));
    }

    [Fact]
    public void The_first_configuration_that_is_there_counts()
    {
        Configure(Path.Combine(_project.Context.UserHome, ".guild"), "config.yml", "copy");
        Assert.Equal(["copy", "copy"], Placements(_project.Run("plain:read")));

        Configure(_project.Home.Path, "config.yml", "link");
        Assert.Equal(["link", "link"], Placements(_project.Run("plain:read")));

        Configure(_project.ProjectPath, "guild-config.yml", "copy");
        Assert.Equal(["copy", "copy"], Placements(_project.Run("plain:read")));

        Configure(_project.ProjectPath, "mine.yml", "link");
        _project.Environment["GUILD_CONFIG"] = "mine.yml";
        Assert.Equal(["link", "link"], Placements(_project.Run("plain:read")));
    }

    [Theory]
    [InlineData("default-target-type: moved\n", "link or copy")]
    [InlineData("- a list\n", "mapping")]
    [InlineData("a: [\n", "")]
    public void A_configuration_that_cannot_be_used_is_an_error_that_names_it(string text, string reason)
    {
        _project.Write("guild-config.yml", text);

        var error = Assert.Throws<RequestException>(() => _project.Plan("plain:read"));

        Assert.Contains(_project.PathOf("guild-config.yml"), error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("remotes:\n  there: {type: ssh}\n")]
    public void A_configuration_can_be_empty_or_for_something_else(string text)
    {
        _project.Write("guild-config.yml", text);

        Assert.Equal(["link", "link"], Placements(_project.Run("plain:read")));
    }

    [Fact]
    public void An_operation_without_inputs_does_not_ask_for_it()
    {
        _project.Write("guild-config.yml", "- a list\n");

        Assert.Equal(RunStatus.Completed, _project.Run("plain:nothing").Status);
    }

    [Fact]
    public void What_is_resolved_again_when_a_staged_run_starts_is_placed_as_its_model_said()
    {
        var staged = _project.Run(_project.Request("copying:again"), new RunOptions { StagesOnly = true });
        _project.Write("data.txt", "newer");

        var run = _project.Start(staged);

        Assert.Equal("newer", File.ReadAllText(Path.Combine(run.Directory.Path, "data.txt")));
        Assert.Null(new FileInfo(Path.Combine(run.Directory.Path, "data.txt")).LinkTarget);
        Assert.Equal(["copy"], Placements(run));
    }

    private static void Configure(string folder, string name, string targetType)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), $"default-target-type: {targetType}\n");
    }

    private static IEnumerable<string> Placements(Run run) =>
        from resource in (IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute("deps")!
        from source in (IReadOnlyDictionary<string, object?>)resource.Value!
        from file in (IReadOnlyList<object?>)((IReadOnlyDictionary<string, object?>)source.Value!)["files"]!
        select (string)((IReadOnlyDictionary<string, object?>)file!)["placement"]!;
}
