using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Operations;

public sealed class StagedStartTests
{
    private const string GuildFile = """
        - model: m
          operations:
            make:
              exec: echo made
              sourcecode: no
            use:
              exec: echo used
              sourcecode: no
              requires:
                - operation: make
                  select: result.txt
                  target-path: in
        """;

    [Fact]
    public void Files_of_other_runs_that_Guild_AI_leaves_to_the_start_are_there_when_the_program_runs()
    {
        using var project = new TempProject(GuildFile);
        var made = Make(project, "one");
        var staged = Stage(project);
        AsGuildAiLeavesIt(staged);

        var result = Start(project, staged);

        Assert.Null(result.Fault);
        Assert.Equal("one", File.ReadAllText(Path.Combine(staged.Directory.Path, "in", "result.txt")));
        Assert.Equal(made.Id, RecordedSource(staged)["config"]);
        Assert.Contains(Manifest.Read(staged.Directory.ManifestPath), e => e.Destination == "in/result.txt");
    }

    [Fact]
    public void The_run_that_was_chosen_when_staging_is_used_though_a_newer_one_has_ended()
    {
        using var project = new TempProject(GuildFile);
        Make(project, "one");
        var staged = Stage(project);
        AsGuildAiLeavesIt(staged);
        Make(project, "two");

        Start(project, staged);

        Assert.Equal("one", File.ReadAllText(Path.Combine(staged.Directory.Path, "in", "result.txt")));
    }

    [Fact]
    public void A_run_that_was_missing_when_staging_is_looked_for_at_the_start()
    {
        using var project = new TempProject(GuildFile);
        Make(project, "one");
        var staged = Stage(project);
        AsGuildAiLeavesIt(staged);
        staged.Directory.WriteAttribute("op", new Dictionary<string, object?>
        {
            ["deps"] = new List<object?>
            {
                new Dictionary<string, object?>
                {
                    ["name"] = "operation:make",
                    ["location"] = project.ProjectPath,
                    ["config"] = new Dictionary<string, object?> { ["operation:make"] = null },
                    ["sources"] = new List<object?> { new Dictionary<string, object?> { ["operation"] = "make", ["select"] = "result.txt", ["target-path"] = "in" } },
                },
            },
        });

        var result = Start(project, staged);

        Assert.Null(result.Fault);
        Assert.Equal("one", File.ReadAllText(Path.Combine(staged.Directory.Path, "in", "result.txt")));
    }

    [Fact]
    public void What_was_resolved_when_staging_is_not_resolved_again()
    {
        using var project = new TempProject(GuildFile);
        Make(project, "one");
        var staged = Stage(project);
        var manifest = File.ReadAllText(staged.Directory.ManifestPath);

        var result = Start(project, staged);

        Assert.Null(result.Fault);
        Assert.Equal(manifest, File.ReadAllText(staged.Directory.ManifestPath));
    }

    [Fact]
    public void A_recorded_resource_that_cannot_be_read_is_the_fault_of_the_start()
    {
        using var project = new TempProject(GuildFile);
        Make(project, "one");
        var staged = Stage(project);
        staged.Directory.WriteAttribute("op", new Dictionary<string, object?>
        {
            ["deps"] = new List<object?> { new Dictionary<string, object?> { ["name"] = "data", ["sources"] = "no list" } },
        });

        var result = Start(project, staged);

        Assert.IsType<RunStateException>(result.Fault);
        Assert.Contains("'data'", result.Fault.Message, StringComparison.Ordinal);
    }

    private static Run Make(TempProject project, string text)
    {
        var run = project.Run("make");
        File.WriteAllText(Path.Combine(run.Directory.Path, "result.txt"), text);
        return run;
    }

    private static Run Stage(TempProject project) => project.Run(project.Request("use"), new RunOptions { StagesOnly = true });

    private static RunResult Start(TempProject project, Run staged) =>
        new OperationRunner(project.Context).Start(staged, new RunOptions(), project.Events, CancellationToken.None);

    // Guild AI records the resource without its sources, and places nothing.
    private static void AsGuildAiLeavesIt(Run staged)
    {
        staged.Directory.WriteAttribute("deps", new Dictionary<string, object?> { ["operation:make"] = new Dictionary<string, object?>() });
        File.WriteAllText(staged.Directory.ManifestPath, "");
        File.Delete(Path.Combine(staged.Directory.Path, "in", "result.txt"));
    }

    private static IReadOnlyDictionary<string, object?> RecordedSource(Run run) =>
        Mapping(Mapping(Mapping(run.Directory.ReadAttribute("deps"))["operation:make"])["operation:make"]);

    private static IReadOnlyDictionary<string, object?> Mapping(object? value) => Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(value);
}
