using System.Runtime.Versioning;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>Runs whose folders, resources or parts of the home lie on different file systems.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OtherFileSystemTests
{
    private const string GuildFile = "{make: {exec: \"sh -c 'echo made > made.txt; ln -s made.txt link.txt; mkdir -p deep/er; echo x > deep/er/x'\"}, op: {exec: 'cat made.txt rows.csv', requires: [{operation: make}, {file: rows.csv}]}}";

    [DiskFact]
    public void A_run_is_made_in_a_folder_of_another_file_system()
    {
        using var project = new DiskProject("{op: {exec: 'cat rows.csv copy.csv', requires: [{file: rows.csv}, {file: copy.csv, target-type: copy}]}}", kilobytes: 1024);
        project.Project.Write("rows.csv", "linked");
        project.Project.Write("copy.csv", "copied");
        var folder = Path.Combine(project.Disk.Path, "run");

        var run = project.Project.Run(project.Project.Request("op") with { RunDirectory = folder });

        Assert.Equal((RunStatus.Completed, "linkedcopied"), (run.Status, TempProject.Output(run)));
        Assert.Equal(project.Project.PathOf("rows.csv"), new FileInfo(Path.Combine(folder, "rows.csv")).LinkTarget);
        Assert.Null(new FileInfo(Path.Combine(folder, "copy.csv")).LinkTarget);
    }

    [DiskFact]
    public void Runs_can_lie_on_another_disk_than_the_rest_of_the_home()
    {
        using var project = new DiskProject(GuildFile, kilobytes: 4096);
        project.Project.Write("rows.csv", "rows");
        LeadElsewhere(project, project.Project.Home.RunsDirectory);

        project.Project.Run("make");
        var run = project.Project.Run("op");

        Assert.Equal((RunStatus.Completed, "made\nrows"), (run.Status, TempProject.Output(run)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Project.Home.StagingDirectory));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(project.Disk.Path, "there")).Length);
    }

    [DiskFact]
    public void A_run_goes_to_a_trash_on_another_disk_and_comes_back_as_it_was()
    {
        using var project = new DiskProject(GuildFile, kilobytes: 4096);
        LeadElsewhere(project, project.Project.Home.TrashDirectory);
        var run = project.Project.Run("make");
        var script = Path.Combine(run.Directory.Path, "tool.sh");
        File.WriteAllText(script, "");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetLastWriteTimeUtc(script, DateTime.UnixEpoch.AddDays(10_000));
        var before = Content(run.Directory.Path);

        project.Project.Store.Delete(run);
        Assert.False(Directory.Exists(run.Directory.Path));
        Assert.Empty(project.Project.Store.List());
        project.Project.Store.Restore(project.Project.Store.List(RunPlace.Trash).Single());

        Assert.Equal(before, Content(run.Directory.Path));
        Assert.Equal(RunStatus.Completed, project.Project.Store.List().Single().Status);
        Assert.Empty(project.Project.Store.List(RunPlace.Trash));
    }

    [DiskFact]
    public void A_run_that_does_not_fit_on_the_disk_of_the_trash_stays_where_it_is()
    {
        using var project = new DiskProject(GuildFile, kilobytes: 32);
        LeadElsewhere(project, project.Project.Home.TrashDirectory);
        var run = project.Project.Run("make");
        var before = Content(run.Directory.Path);

        Assert.Throws<HomeException>(() => project.Project.Store.Delete(run));

        Assert.Equal(before, Content(run.Directory.Path));
        Assert.Empty(project.Project.Store.List(RunPlace.Trash));
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Project.Home.TrashDirectory));
    }

    private static void LeadElsewhere(DiskProject project, string folder)
    {
        var there = Directory.CreateDirectory(Path.Combine(project.Disk.Path, "there")).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.CreateSymbolicLink(folder, there);
    }

    private static List<string> Content(string folder) =>
    [
        .. from entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
           let what = entry.LinkTarget ?? (entry is FileInfo file ? $"{file.Length} {file.UnixFileMode} {file.LastWriteTimeUtc:O}" : $"{entry.UnixFileMode}")
           orderby entry.FullName
           select $"{Path.GetRelativePath(folder, entry.FullName)}: {what}",
    ];
}
