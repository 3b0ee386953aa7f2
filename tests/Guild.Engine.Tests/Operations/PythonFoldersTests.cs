using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

public sealed class PythonFoldersTests
{
    [Fact]
    public void A_virtual_environment_gives_its_packages_and_what_its_pth_files_list_without_starting_Python()
    {
        using var project = new TempProject("train: train\n");
        var packages = OperatingSystem.IsWindows() ? "venv/Lib/site-packages" : "venv/lib/python3.12/site-packages";
        // It is no program at all, so it could not be asked.
        project.Write(OperatingSystem.IsWindows() ? "venv/Scripts/python.exe" : "venv/bin/python", "");
        project.Write("venv/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = false\n");
        project.Write($"{packages}/dev.pth", $"# a comment\nimport os; os.abort()\n{project.PathOf("develop")}\nnot-there\n");
        project.Write($"{packages}/old.egg-link", $"{project.PathOf("linked")}\n.\n");
        project.Write("develop/x", "");
        project.Write("linked/x", "");
        project.Environment["VIRTUAL_ENV"] = project.PathOf("venv");
        project.Environment["PYTHONPATH"] = "lib";

        Assert.Equal(
            [project.PathOf("lib"), Path.GetFullPath(project.PathOf(packages)), project.PathOf("develop"), project.PathOf("linked")],
            PythonFolders.Search(project.Context).Folders);
    }

    [Fact]
    public void Other_environments_are_asked_where_their_packages_are()
    {
        using var project = new TempProject("train: train\n");

        var folders = PythonFolders.Search(project.Context).Folders;

        Assert.Contains(folders, f => f.EndsWith("site-packages", StringComparison.Ordinal) || f.EndsWith("dist-packages", StringComparison.Ordinal));
        Assert.All(folders, f => Assert.True(Path.IsPathRooted(f)));
    }

    [Fact]
    public void Without_any_Python_only_the_folders_that_PYTHONPATH_names_are_left()
    {
        using var project = new TempProject("train: train\n");
        project.Environment["PATH"] = "";
        project.Environment["PYTHONPATH"] = project.PathOf("lib");

        Assert.Equal([project.PathOf("lib")], PythonFolders.Search(project.Context).Folders);
    }

    [Fact]
    public void Files_and_modules_of_an_inherited_package_are_found_by_a_run_also_when_it_is_staged_first()
    {
        using var project = new TempProject("- model: m\n  extends: pack/base\n");
        project.Write("lib/pack/guild.yml", "- config: base\n  operations: {train: {main: packmain, requires: data}}\n  resources: {data: [data.txt]}\n");
        project.Write("lib/pack/data.txt", "of the package");
        project.Write("lib/pack/packmain.py", "import packpart\nprint(open('data.txt').read(), packpart.x)\n");
        project.Write("lib/pack/packpart.py", "x = 7\n");
        project.Environment["PYTHONPATH"] = project.PathOf("lib");

        Assert.Equal("of the package 7", TempProject.Output(project.Run("m:train")));
        var staged = project.Run(project.Request("m:train"), new() { StagesOnly = true });
        Assert.Equal("of the package 7", TempProject.Output(project.Start(staged)));
    }

    [Fact]
    public void A_project_is_read_again_when_a_file_that_it_includes_changes_or_one_that_was_missing_appears()
    {
        using var project = new TempProject("- include: part\n");
        project.Write("lib/gpkg/part/guild.yml", "- model: a\n");
        project.Environment["PYTHONPATH"] = project.PathOf("lib");
        Settle(project, "guild.yml", "lib/gpkg/part/guild.yml");
        Assert.Same(project.Project.File, project.Project.File);

        project.Write("lib/gpkg/part/guild.yml", "- model: b\n");
        Assert.Equal("b", project.Project.Models.Single().Name);

        project.Write("part", "- model: c\n");
        Assert.Equal("c", project.Project.Models.Single().Name);
    }

    private static void Settle(TempProject project, params string[] files)
    {
        foreach (var file in files)
        {
            File.SetLastWriteTimeUtc(project.PathOf(file), DateTime.UtcNow.AddMinutes(-1));
        }
    }
}
