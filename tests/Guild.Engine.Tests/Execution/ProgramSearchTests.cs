using System.Runtime.Versioning;
using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

[UnsupportedOSPlatform("windows")]
public sealed class ProgramSearchTests : ProgramTests
{
    [UnixFact]
    public void A_name_is_looked_for_on_the_path_in_order()
    {
        var first = Write("first/tool");
        Write("second/tool");

        Assert.Equal(first, Find("tool", $"{Folder}/first:{Folder}/second"));
    }

    [UnixFact]
    public void What_may_not_be_executed_is_passed_over()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "first")).FullName, "tool"), "");
        Directory.CreateDirectory(Path.Combine(Folder, "second", "tool"));
        var third = Write("third/tool");

        Assert.Equal(third, Find("tool", $"{Folder}/first:{Folder}/second:{Folder}/third"));
    }

    [UnixFact]
    public void A_name_with_a_folder_is_relative_to_the_working_directory_and_not_on_the_path()
    {
        var tool = Write("bin/tool");

        Assert.Equal(tool, Find("bin/tool", "/usr/bin"));
        Assert.Null(Find("./tool", $"{Folder}/bin"));
    }

    [UnixFact]
    public void A_name_in_the_working_directory_is_not_found_without_the_path_naming_it()
    {
        var tool = Write("tool");

        Assert.Null(Find("tool", "/usr/bin"));
        Assert.Equal(tool, Find("tool", "/usr/bin:"));
        Assert.Equal(tool, Find("tool", "."));
    }

    [UnixFact]
    public void Without_a_path_the_system_is_looked_at()
    {
        Assert.NotNull(ProgramSearch.Find("sh", Folder, new Dictionary<string, string>()));
    }

    [UnixFact]
    public void An_empty_name_names_nothing()
    {
        Assert.Null(Find("", "/usr/bin:"));
    }

    private string? Find(string name, string path) => ProgramSearch.Find(name, Folder, new Dictionary<string, string> { ["PATH"] = path });

    private string Write(string name)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
