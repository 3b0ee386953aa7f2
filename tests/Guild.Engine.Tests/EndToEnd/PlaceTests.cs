using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Where runs are made.</summary>
public sealed class PlaceTests
{
    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_can_be_made_in_a_folder_outside_the_home(bool isThere)
    {
        using var project = new TempProject("{op: {exec: pwd, label: here, requires: [{file: rows.csv, target-path: in}]}}");
        project.Write("rows.csv", "");
        var folder = project.PathOf("../my run");
        if (isThere)
        {
            Directory.CreateDirectory(folder);
        }

        var run = project.Run(project.Request("op") with { RunDirectory = Path.GetFullPath(folder) });
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(Path.GetFullPath(folder), TempProject.Output(run));
        Assert.Equal(("my run", "here"), (run.Id, run.Label));
        Assert.Empty(project.Store.List());
    }

    [Fact]
    public void A_folder_that_holds_something_already_is_left_alone()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var folder = Path.GetFullPath(project.PathOf("../mine"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "guild.yml"), "precious");
        Assert.Throws<RunStateException>(() => project.Run(project.Request("op") with { RunDirectory = folder }));
        Assert.Equal([Path.Combine(folder, "guild.yml")], Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_folder_with_a_run_is_refused()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var run = project.Run("op");
        var error = Assert.Throws<RunStateException>(() => project.Run(project.Request("op") with { RunDirectory = run.Directory.Path }));
        Assert.Contains("holds a run already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_as_it_was_when_the_run_is_stopped_before_it_is_made()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var folder = Path.GetFullPath(project.PathOf("../mine"));
        Assert.ThrowsAny<OperationCanceledException>(() => project.Run(project.Request("op") with { RunDirectory = folder }, stop: stop.Token));
        Assert.False(Directory.Exists(folder));
    }

    [UnixFact]
    public void A_home_that_cannot_be_written_is_an_error_that_leaves_nothing()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        Directory.CreateDirectory(Path.GetDirectoryName(project.Home.Path)!);
        File.WriteAllText(project.Home.Path, "not a folder");
        var error = Assert.Throws<HomeException>(() => project.Run("op"));
        Assert.Contains(project.Home.Path, error.Message, StringComparison.Ordinal);
        Assert.Equal("not a folder", File.ReadAllText(project.Home.Path));
    }

    [UnixFact]
    public void A_run_whose_folder_cannot_be_written_any_more_ends_with_an_error_of_the_home()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        project.Events.Hook = e =>
        {
            if (e is RunStagedEvent staged)
            {
                Directory.Delete(staged.Path, recursive: true);
                File.WriteAllText(staged.Path, "in the way");
            }
        };
        var result = new OperationRunner(project.Context).Run(project.Plan("op"), new RunOptions(), project.Events, CancellationToken.None);
        Assert.IsType<HomeException>(result.Fault);
    }
}
