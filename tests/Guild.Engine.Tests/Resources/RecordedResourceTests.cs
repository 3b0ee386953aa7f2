using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Tests.SourceCode;

namespace Guild.Engine.Tests.Resources;

/// <summary>Resources of the fixture home, compared with what Guild AI recorded of the same.</summary>
public sealed class RecordedResourceTests : IDisposable
{
    private readonly ProjectFolder _demo = ProjectFolder.Demo();

    public void Dispose() => _demo.Dispose();

    [Fact]
    public void A_run_s_file_is_recorded_as_Guild_AI_recorded_it()
    {
        var theirs = new RunDirectory(Path.Join(Home, "runs", "35dc32b8a2c4451880fb6ee89b06ec90"));

        var resolved = Resolve(
            "operation:train",
            ResourceFolder.Operation("train", @"model\.json"),
            new ResourceOverride("train", "e4a2b9b9"));

        Assert.Contains(Manifest.Format(Assert.Single(resolved.ManifestEntries)), File.ReadAllLines(theirs.ManifestPath));
        AssertSameRecord(theirs, resolved);
    }

    [Fact]
    public void A_project_s_file_is_recorded_as_Guild_AI_recorded_it()
    {
        var theirs = new RunDirectory(Path.Join(Home, "runs", "f23d8065543a43b5ae2e9d8f3b94054a"));

        var resolved = Resolve("dataset", ResourceFolder.FileSource("data/rows.csv"));

        Assert.Contains(Manifest.Format(Assert.Single(resolved.ManifestEntries)), File.ReadAllLines(theirs.ManifestPath));
        Assert.Equal(["../../../../project/data/rows.csv"], Assert.Single(resolved.Sources).Paths);
    }

    [Fact]
    public void Runs_that_Guild_AI_made_of_this_project_are_taken_without_a_warning()
    {
        var resolved = Resolve("operation:train", ResourceFolder.Operation("train", @"model\.json"));

        var run = new RunStore(new GuildHome(Home)).TryRead((string)Assert.Single(resolved.Sources).Config!)!;
        Assert.Equal("mlp:train", run.FullName);
        Assert.Empty(resolved.Warnings);
    }

    private string Home => Path.Join(_demo.Base, "fixture", "home");

    private ResolvedResource Resolve(string name, SourceDefinition source, params ResourceOverride[] overrides)
    {
        var context = new ResourceContext
        {
            Runs = new RunStore(new GuildHome(Home)),
            ProjectDirectory = Path.GetFullPath("/srv/demo"),
            WorkingDirectory = _demo.Root,
            ModelName = "mlp",
        };
        var run = new RunDirectory(Path.Join(Home, "runs", RunId.New()));
        Directory.CreateDirectory(run.AttributesPath);
        var required = new RequiredResource
        {
            Name = name,
            Definition = new ResourceDefinition { Name = name, Sources = [source] },
            Location = _demo.Root,
            Overrides = overrides,
        };
        return new ResourceResolver(context).Resolve(required, run);
    }

    private static void AssertSameRecord(RunDirectory theirs, ResolvedResource resolved)
    {
        var expected = Mapping(Mapping(Mapping(theirs.ReadAttribute("deps"))["operation:train"])["operation:train"]);
        var actual = Mapping(resolved.ToValue()["operation:train"]);
        Assert.Equal(expected["uri"], actual["uri"]);
        Assert.Equal(expected["config"], actual["config"]);
        Assert.Equal(expected["paths"], actual["paths"]);
        Assert.Equal(["config", "files", "paths", "uri"], actual.Keys.Order(StringComparer.Ordinal));
    }

    private static IReadOnlyDictionary<string, object?> Mapping(object? value) => Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(value);
}
