using Guild.Engine.Operations;
using Guild.Engine.Tests.Runs;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Operations;

public sealed class OperationRecordTests(GuildAiHome guildAi) : IClassFixture<GuildAiHome>, IDisposable
{
    private readonly TempProject _project = new(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Fixtures", "demo", "guild.yml")));

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("missing-file")]
    [InlineData("hello")]
    public void The_record_of_an_operation_is_what_guild_ai_writes(string operation)
    {
        var theirs = TheirRecord(operation);
        var ours = (IReadOnlyDictionary<string, object?>)YamlText.Read(YamlText.Write(OperationRecord.Of(_project.Plan(operation), _project.Environment)))!;
        Assert.Equal(Comparable(theirs), Comparable(ours));
    }

    [Fact]
    public void The_record_names_the_run_that_a_source_takes_files_of()
    {
        var train = _project.Run(_project.Request("train") with { RunDirectory = null });
        train.Directory.WriteAttribute("exit_status", 0L);
        var ours = (IReadOnlyDictionary<string, object?>)YamlText.Read(YamlText.Write(OperationRecord.Of(_project.Plan("evaluate", "threshold=0.5"), _project.Environment)))!;
        Assert.Equal(
            Comparable(TheirRecord("evaluate")),
            Comparable(ours).Replace(train.Id, "RUN", StringComparison.Ordinal));
    }

    [Fact]
    public void Inherited_places_of_Pythons_path_are_kept_for_a_restart()
    {
        using var project = new TempProject("{op: {main: train}}");
        project.Write("train.py", "");
        var inherited = new Dictionary<string, string> { ["PYTHONPATH"] = "/opt/lib" };
        var command = (IReadOnlyDictionary<string, object?>)OperationRecord.Of(project.Plan("op"), inherited)["op-cmd"]!;
        var environment = (IReadOnlyDictionary<string, object?>)command["cmd-env"]!;
        Assert.Equal($".{Path.PathSeparator}/opt/lib", environment["PYTHONPATH"]);
    }

    // Seen with Guild AI 0.9.1 that only PYTHONPATH leads to: "PYTHONPATH: ." hides it ("No module named 'guild'"), and without
    // NO_SYS_PATH_MODIFY its runner takes the folder of the run from the path.
    [Fact]
    public void A_restart_by_guild_ai_has_its_own_path_of_Python_and_the_folder_of_the_run()
    {
        using var project = new TempProject("{op: {main: train}}");
        project.Write("train.py", "");
        var command = (IReadOnlyDictionary<string, object?>)OperationRecord.Of(project.Plan("op"), new Dictionary<string, string>())["op-cmd"]!;
        var environment = (IReadOnlyDictionary<string, object?>)command["cmd-env"]!;
        Assert.Equal("1", environment["NO_SYS_PATH_MODIFY"]);
        Assert.False(environment.ContainsKey("PYTHONPATH"));
    }

    // Its runner looks for the folder itself, so "PYTHONPATH: sub:." is not needed, and hides Guild AI as above.
    [Fact]
    public void A_restart_by_guild_ai_finds_a_module_in_a_folder_by_its_own_path_of_Python()
    {
        using var project = new TempProject("{op: {main: sub/train}}");
        project.Write("sub/train.py", "");
        var command = (IReadOnlyDictionary<string, object?>)OperationRecord.Of(project.Plan("op"), new Dictionary<string, string>())["op-cmd"]!;
        var environment = (IReadOnlyDictionary<string, object?>)command["cmd-env"]!;
        Assert.Equal("1", environment["NO_SYS_PATH_MODIFY"]);
        Assert.False(environment.ContainsKey("PYTHONPATH"));
    }

    [Fact]
    public void Several_folders_of_modules_are_recorded_for_a_restart()
    {
        using var project = new TempProject("{op: {main: train, env: {}, python-path: [lib, .]}}");
        project.Write("train.py", "");
        var command = (IReadOnlyDictionary<string, object?>)OperationRecord.Of(project.Plan("op"), new Dictionary<string, string>())["op-cmd"]!;
        var environment = (IReadOnlyDictionary<string, object?>)command["cmd-env"]!;
        Assert.Equal(string.Join(Path.PathSeparator, "lib", "."), environment["PYTHONPATH"]);
    }

    [Fact]
    public void What_guild_ai_does_not_know_is_only_there_where_it_is_set()
    {
        using var project = new TempProject("{op: {exec: 'true', stoppable: yes, pre-process: 'echo x'}}");
        var record = OperationRecord.Of(project.Plan("op"), project.Environment);
        Assert.Equal((true, "echo x"), (record["stoppable"], record["pre-process"]));
        Assert.DoesNotContain("stoppable", OperationRecord.Of(_project.Plan("hello"), _project.Environment).Keys);
    }

    private IReadOnlyDictionary<string, object?> TheirRecord(string operation)
    {
        var run = guildAi.Store.List().First(r => r.OperationName == operation && r.OpRef.ModelName == "mlp");
        return (IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute("op")!;
    }

    // Paths, ids and Guild AI's own plugins differ; and it reads from the source of a module where its flags go, which is not done here.
    private string Comparable(IReadOnlyDictionary<string, object?> record) => string.Join('\n', YamlText.Write(record)
        .Replace(_project.ProjectPath, "/srv/demo", StringComparison.Ordinal)
        .Split('\n')
        .Where(line => !line.Contains("GUILD_PLUGINS", StringComparison.Ordinal))
        .Where(line => line.Trim() is not ("PYTHONPATH: ." or "NO_SYS_PATH_MODIFY: '1'"))
        .Select(line => System.Text.RegularExpressions.Regex.Replace(line, "[0-9a-f]{32}$", "RUN"))
        .Select(line => System.Text.RegularExpressions.Regex.Replace(line, "(?i)(flags[-_]dest: )globals", "$1args")));
}
