using System.Text.Json;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>What <c>guild runs info</c>, <c>guild runs --json</c> and <c>guild ls</c> print, as Guild AI 0.9.1 was seen to print it of the same runs.</summary>
public sealed class ClassicInfoTests : IDisposable
{
    private readonly ClassicProject _project = new();

    public ClassicInfoTests()
    {
        var program = $"dotnet '{BuiltFiles.TestProgram}'";
        File.WriteAllText(Path.Combine(_project.Path, "guild.yml"), $$$"""
            say: {exec: "{{{program}}} print ${text}", flags: {text: 'a b'} }
            scalars: {exec: "{{{program}}} print 'zz: inf' 'b: -inf' 'c: nan' 'd: 1.5'", output-scalars: '(\key): (\S+)'}
            pipe: {steps: [say text='loss:1', scalars]}
            """);
    }

    [Fact]
    public void Values_that_are_no_finite_numbers_are_written_in_small_letters()
    {
        _project.Guild("run scalars -y");

        Assert.Equal(
            ["scalars:", "  b: -inf (step 0)", "  c: nan (step 0)", "  d: 1.500000 (step 0)", "  zz: inf (step 0)"],
            Info("").SkipWhile(l => l != "scalars:").Take(5));
        Assert.EndsWith("""
            "scalars": {"b": [-Infinity, 0], "c": [null, 0], "d": [1.5, 0], "zz": [Infinity, 0]}}
            """, Assert.Single(Info("--json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_in_the_users_folder_are_shortened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _project.Guild("run say -y");
        var id = Info("").Single(l => l.StartsWith("id: ", StringComparison.Ordinal))[4..];
        var user = System.IO.Path.GetDirectoryName(_project.Home)!;
        string[] Shown(params string[] words) =>
            ProcessRun.Finish(ProcessRun.Start("/usr/bin/env", [$"HOME={user}", BuiltFiles.Host, "-H", _project.Home, "runs", .. words])).Lines;

        Assert.Equal(["from: ~/project/guild.yml", $"run_dir: ~/home/runs/{id}"], Shown("info").Where(IsPath));
        Assert.Equal(["from: ~/project/guild.yml", $"run_dir: ~/home/runs/{id}"], Shown("-v").Select(l => l.Trim()).Where(IsPath));
        Assert.Contains($"\"run_dir\": \"~/home/runs/{id}\"", Assert.Single(Shown("info", "--json")), StringComparison.Ordinal);
        Assert.Contains($"\"run_dir\": \"{_project.Home}/runs/{id}\"", Assert.Single(Shown("--json")), StringComparison.Ordinal);

        static bool IsPath(string line) => line.StartsWith("from: ", StringComparison.Ordinal) || line.StartsWith("run_dir: ", StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_that_is_restarted_can_go_on_without_what_fails()
    {
        File.WriteAllText(Path.Combine(_project.Path, "guild.yml"), $$"""
            say: {exec: "dotnet '{{BuiltFiles.TestProgram}}' print said"}
            bad: {exec: "dotnet '{{BuiltFiles.TestProgram}}' exit 3"}
            pipe: {steps: [bad, say]}
            """);
        _project.Guild("run pipe -y");
        var id = Assert.Single(_project.Guild("select -Fo pipe").Lines);
        Assert.Empty(_project.Guild("select -Fo say").Lines);

        Assert.Equal(3, _project.Guild($"run --restart {id} --keep-going -y").ExitCode);
        Assert.Single(_project.Guild("select -Fo say").Lines);
        Assert.Equal("RequestInvalid", _project.Guild($"run --restart {_project.Guild("select -Fo say").Lines[0]} --keep-going -y").ErrorId);
    }

    [Fact]
    public void The_exit_status_in_json_is_a_number()
    {
        _project.Guild("run say -y");

        using var info = JsonDocument.Parse(Assert.Single(Info("--json")));

        Assert.Equal(0, info.RootElement.GetProperty("exit_status").GetInt32());
        Assert.Equal("", info.RootElement.GetProperty("pid").GetString());
    }

    [Fact]
    public void A_command_is_shown_with_double_quotes_around_words_with_spaces()
    {
        _project.Guild("run say -y text=\"it's a b\"");

        Assert.EndsWith(" print \"it's a b\"", Info("").Single(l => l.StartsWith("command: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_is_from_Guild_AI_without_its_version_and_lists_its_prototype()
    {
        _project.Guild("run say text=[a,b] -y --keep-batch");

        Assert.Contains("from: guildai", Info("-Fo say+"));
        using var runs = JsonDocument.Parse(Assert.Single(_project.Guild("runs --json").Lines));
        var prototypes = runs.RootElement.EnumerateArray().Where(r => r.TryGetProperty("batch_proto", out _)).ToList();
        var prototype = Assert.Single(prototypes).GetProperty("batch_proto");
        Assert.Equal("proto", prototype.GetProperty("id").GetString());
        Assert.Equal("pending", prototype.GetProperty("status").GetString());
        Assert.Equal("text=[a, b]", prototype.GetProperty("label").GetString());
        Assert.EndsWith(" say", prototype.GetProperty("opref").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("proto", prototype.GetProperty("run_dir").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, prototype.GetProperty("exit_status").ValueKind);
    }

    [Fact]
    public void Scalars_of_a_pipeline_itself_come_before_those_of_its_steps()
    {
        _project.Guild("run pipe -y");

        var names = Info("-Fo pipe").SkipWhile(l => l != "scalars:").Skip(1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim().Split(": ")[0]).ToList();

        Assert.Contains("zz", names);
        Assert.True(names.IndexOf("zz") < names.IndexOf("scalars/.guild#b"), string.Join(' ', names));
    }

    [Fact]
    public void Files_behind_links_are_listed_without_the_records_of_their_runs()
    {
        _project.Guild("run pipe -y");
        var run = _project.Guild("runs list -Fo pipe --json").Lines;
        using var json = JsonDocument.Parse(Assert.Single(run));
        var folder = json.RootElement[0].GetProperty("run_dir").GetString()!;
        File.WriteAllText(Path.Combine(folder, "say", "step10"), "");
        File.WriteAllText(Path.Combine(folder, "say", "step9"), "");

        var files = _project.Guild("ls -n -L -Fo pipe").Lines;

        Assert.Equal(["say/step9", "say/step10"], files.Where(f => f.StartsWith("say/step", StringComparison.Ordinal)));
        Assert.DoesNotContain(files, f => f.Contains(".guild", StringComparison.Ordinal));
        Assert.Contains("say/.guild/opref", _project.Guild("ls -n -L -a -Fo pipe").Lines);
    }

    public void Dispose() => _project.Dispose();

    private string[] Info(string options) => _project.Guild($"runs info {options}").Lines;
}
