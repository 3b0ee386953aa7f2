using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources;

public sealed class DependencyRunsTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model", "train")]
    [InlineData("train", "")]
    [InlineData("both", "prepare train")]
    [InlineData("first", "train")]
    [InlineData("prepare", "prepare")]
    [InlineData("operation:prepare", "prepare")]
    [InlineData("sized", "train-small")]
    [InlineData("any", "train-small prepare train")]
    [InlineData("file", "")]
    [InlineData("broken", "")]
    [InlineData("missing", "")]
    [InlineData("no-such-resource", "")]
    public void Runs_of_the_operations_that_a_resource_takes_files_from_are_found_newest_first(string name, string operations)
    {
        foreach (var operation in new[] { "train", "prepare", "train-small" })
        {
            _folder.AddRun("guildfile", _folder.Project, "mlp", operation);
            _folder.AddRun("guildfile", Path.Join(_folder.Base, "other"), "mlp", operation);
        }

        var runs = Find(name);

        Assert.Equal(operations.Split(' ', StringSplitOptions.RemoveEmptyEntries), runs.Select(r => r.OperationName));
        Assert.All(runs, r => Assert.Equal(_folder.Project, r.ProjectPath));
    }

    [Fact]
    public void Runs_that_did_not_end_well_are_among_them()
    {
        var failed = _folder.AddRun("guildfile", _folder.Project, "mlp", "train", status: "1");

        Assert.Equal([failed.Id], Find("model").Select(r => r.Id));
    }

    private List<Guild.Engine.Runs.Run> Find(string name)
    {
        var file = GuildFileReader.Parse(
            Encoding.UTF8.GetBytes("""
            - model: mlp
              operations:
                evaluate:
                  main: evaluate
                  flags: {size: small}
                  requires:
                    - operation: train
                      name: model
                    - both
                    - operation: train-${size}
                      name: sized
                    - operation: 'mlp:(train-small|train|prepare)'
                      name: any
                    - file: data.csv
                      name: file
                    - operation: '('
                      name: broken
                    - missing
              resources:
                both:
                  - operation: train
                    name: first
                  - operation: prepare
            """),
            _folder.At("guild.yml")).File!;
        var project = Project.FromFile(file);
        var operation = project.Operations.Single();
        var flags = operation.Flags.ToDictionary(f => f.Name, f => f.Default, StringComparer.Ordinal);
        return [.. DependencyRuns.Of(project, operation, name, flags, _folder.Context.Runs)];
    }
}
