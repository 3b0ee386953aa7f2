using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Operations;

public sealed class RunRecordTests
{
    [Fact]
    public void The_manifest_of_a_run_lists_source_code_and_resources()
    {
        using var project = new TempProject("""
            - model: m
              operations:
                say:
                  exec: echo said
                  requires:
                    - file: data.csv
            """);
        project.Write("a.txt", "a");
        project.Write("data.csv", "1,2");

        var run = project.Run("say");

        var entries = Manifest.Read(run.Directory.ManifestPath).Select(e => (e.Kind, e.Destination, e.Uri));
        Assert.Equal(
            [(ManifestKind.SourceCode, "a.txt", "a.txt"), (ManifestKind.SourceCode, "guild.yml", "guild.yml"), (ManifestKind.Dependency, "data.csv", "file:data.csv")],
            entries);
    }
}
