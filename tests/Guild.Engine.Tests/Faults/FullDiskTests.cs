using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>What comes of a run when the disk with the Guild home has no room.</summary>
public sealed class FullDiskTests
{
    [DiskFact]
    public void A_run_that_does_not_fit_is_not_made_and_leaves_nothing()
    {
        using var project = new DiskProject("{op: {exec: 'true'}}", kilobytes: 128);
        project.Project.Write("big.txt", new string('x', 500_000));

        var error = Assert.Throws<HomeException>(() => project.Run("op"));

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Contains("has room", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(project.Store.List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Home.StagingDirectory));
    }

    [DiskFact]
    public void A_record_that_does_not_fit_is_an_error_of_the_home_and_leaves_nothing()
    {
        using var project = new DiskProject("{op: {exec: 'true'}}", kilobytes: 32);

        var error = Assert.Throws<HomeException>(() => project.Run("op"));

        Assert.Contains(project.Home.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("has room", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Home.StagingDirectory));
    }

    [DiskFact]
    public void A_folder_that_the_run_does_not_fit_in_is_left_as_it_was()
    {
        using var project = new DiskProject("{op: {exec: 'true'}}", kilobytes: 32);
        var folder = Directory.CreateDirectory(Path.Combine(project.Disk.Path, "mine")).FullName;

        Assert.Throws<HomeException>(() => project.Run(project.Project.Request("op") with { RunDirectory = folder }));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [DiskFact]
    public void A_resource_that_does_not_fit_ends_the_run_with_an_error_that_names_it()
    {
        using var project = new DiskProject("{op: {exec: 'true', sourcecode: no, requires: [{file: data.bin, target-type: copy}]}}", kilobytes: 256);
        project.Project.Write("data.bin", new string('x', 500_000));

        var result = project.Run("op");

        Assert.Contains("data.bin", Assert.IsType<ResourceException>(result.Fault).Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Error, project.Store.List().Single().Status);
    }

    [DiskFact]
    public void What_the_program_prints_beyond_the_disk_is_missing_and_the_record_says_so()
    {
        using var project = new DiskProject("{op: {exec: \"sh -c 'seq 1 100000; seq 1 100000; exit 3'\"}}", kilobytes: 256);

        var result = project.Run("op");

        var run = project.Store.List().Single();
        Assert.Null(result.Fault);
        Assert.Equal((RunStatus.Error, 3), (run.Status, run.ExitCode));
        Assert.Contains("recorded only in part", Assert.Single(run.Notes), StringComparison.Ordinal);
        Assert.Contains(project.Project.Events.Warnings, w => w.Contains("recorded only in part", StringComparison.Ordinal));
        AssertHasEnded(run);
    }

    [DiskTheory]
    [InlineData("exit 0", RunStatus.Completed, 0)]
    [InlineData("exit 7", RunStatus.Error, 7)]
    public void How_a_run_ended_is_recorded_though_the_program_left_no_room_at_all(string end, RunStatus status, int exitCode)
    {
        using var project = new DiskProject("{op: {exec: \"sh -c 'cat /dev/zero > rest 2> /dev/null; " + end + "'\"}}", kilobytes: 256);

        var result = project.Run("op");

        var run = project.Store.List().Single();
        Assert.Null(result.Fault);
        Assert.Equal((status, exitCode), (run.Status, run.ExitCode));
        AssertHasEnded(run);
    }

    [DiskFact]
    public void A_program_is_not_started_when_the_disk_is_full_by_then()
    {
        using var project = new DiskProject("{op: {exec: touch ran}}", kilobytes: 256);
        project.Project.Events.Hook = e =>
        {
            if (e is RunStagedEvent)
            {
                project.Disk.Fill();
            }
        };

        var result = project.Run("op");

        Assert.IsType<HomeException>(result.Fault);
        var run = project.Store.List().Single();
        Assert.Equal((RunStatus.Error, null), (run.Status, run.ExitCode));
        Assert.False(File.Exists(Path.Combine(run.Directory.Path, "ran")));
        AssertHasEnded(run);
    }

    [DiskFact]
    public void The_next_run_is_like_any_other_when_there_is_room_again()
    {
        using var project = new DiskProject("{full: {exec: \"sh -c 'cat /dev/zero > rest 2> /dev/null'\"}, op: {exec: echo fine}}", kilobytes: 256);
        project.Run("full");
        project.Store.DeletePermanently(project.Store.List().Single());

        Assert.Null(project.Run("op").Fault);

        Assert.Equal("fine", TempProject.Output(project.Store.List().Single()));
    }

    private static void AssertHasEnded(Run run)
    {
        Assert.False(File.Exists(run.Directory.LockPath));
        Assert.False(File.Exists(run.Directory.ProcessPath));
        Assert.False(File.Exists(run.Directory.PendingPath));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(run.Directory.GuildPath).Select(Path.GetFileName),
            name => name!.StartsWith("PROCESS", StringComparison.Ordinal) || name.StartsWith('.'));
    }
}
