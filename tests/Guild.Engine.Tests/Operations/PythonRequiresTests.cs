using Guild.Engine.Operations;
using Guild.Engine.Tests.Execution;

namespace Guild.Engine.Tests.Operations;

public sealed class PythonRequiresTests
{
    [Theory]
    [InlineData(">=3.8", "3.8", true)]
    [InlineData(">=3.8", "3.11.7", true)]
    [InlineData(">=3.8", "3.7", false)]
    [InlineData(">= 3.8, <3.12", "3.11", true)]
    [InlineData(">=3.8,<3.12", "3.12", false)]
    [InlineData("3.10", "3.10.4", true)]
    [InlineData("3.10", "3.1", false)]
    [InlineData("3", "3.13", true)]
    [InlineData("==3.10.*", "3.10.4", true)]
    [InlineData("==3.10.4", "3.10.5", false)]
    [InlineData("==3.10.4", "3.10", true)]
    [InlineData("!=3.9.*", "3.9.1", false)]
    [InlineData("!=3.9.*", "3.10", true)]
    [InlineData("~=3.8", "3.12", true)]
    [InlineData("~=3.8", "4.0", false)]
    [InlineData("~=3.8.2", "3.8.1", false)]
    [InlineData("~=3.8.2", "3.9.5", false)]
    [InlineData(">3.8", "3.9", true)]
    [InlineData(">3.8", "3.8", false)]
    [InlineData("<=3.8", "3.8", true)]
    [InlineData(">=2.7,!=3.0.*,!=3.1.*", "3.1.2", false)]
    public void A_version_fits_as_for_packages_of_Python(string requirement, string version, bool fits) =>
        Assert.Equal(fits, PythonRequirement.TryRead(requirement)!.IsMetBy(PythonRequirement.Numbers(version)!));

    [Theory]
    [InlineData("three")]
    [InlineData(">=")]
    [InlineData(">=3.x")]
    [InlineData("")]
    public void What_is_no_version_is_an_error_when_the_operation_is_planned(string requirement)
    {
        Assert.Null(PythonRequirement.TryRead(requirement));
        using var project = new TempProject($"{{op: {{main: train, python-requires: '{requirement}'}}}}");
        if (requirement.Length > 0)
        {
            Assert.Equal(requirement, Assert.Throws<RequestException>(() => project.Plan("op")).Subject);
        }
    }

    [UnixFact]
    public void The_Python_of_the_environment_is_taken_if_it_fits_and_else_the_newest_beside_it_that_does()
    {
        using var project = new TempProject("{any: {main: train}, new: {main: train, python-requires: '>=3.9'}, old: {main: train, python-requires: '<3.9'}, word: {exec: '${python_exe}', python-requires: '3.8'}}");
        Pythons(project, "bin", "3.7", "3.8", "3.11");

        Assert.Equal("python3", Path.GetFileName(project.Plan("any").Command.Arguments[0]));
        Assert.Equal("python3", Path.GetFileName(project.Plan("new").Command.Arguments[0]));
        Assert.Equal(project.PathOf("bin/python3.8"), project.Plan("old").Command.Arguments[0]);
        Assert.Equal(project.PathOf("bin/python3.8"), project.Plan("word").Command.Arguments[0]);
    }

    [UnixFact]
    public void The_folder_of_the_environments_Python_comes_before_the_rest_of_the_PATH()
    {
        using var project = new TempProject("{op: {main: train, python-requires: '<3.10'}}");
        Pythons(project, "one", "3.8", "3.11");
        Pythons(project, "two", "3.9");
        project.Environment["PATH"] = $"{project.PathOf("one")}:{project.PathOf("two")}";

        Assert.Equal(project.PathOf("one/python3.8"), project.Plan("op").Command.Arguments[0]);
    }

    [UnixFact]
    public void Without_a_Python_that_fits_the_error_says_which_there_are()
    {
        using var project = new TempProject("{op: {main: train, python-requires: '>=3.99'}}");
        Pythons(project, "bin", "3.7", "3.11");

        var error = Assert.Throws<ProgramException>(() => project.Plan("op"));

        Assert.Contains("requires Python >=3.99", error.Message, StringComparison.Ordinal);
        Assert.Contains("3.11, 3.7", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_virtual_environment_tells_its_version_itself()
    {
        using var project = new TempProject("{op: {main: train, python-requires: '>=3.9'}, other: {main: train, python-requires: '<3'}}");
        project.Write("venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.9.2\n");
        Executable(project, "venv/bin/python");
        project.Environment["VIRTUAL_ENV"] = project.PathOf("venv");
        project.Environment["PATH"] = project.PathOf("venv/bin");

        Assert.Equal(project.PathOf("venv/bin/python"), project.Plan("op").Command.Arguments[0]);
        Assert.Contains("Found: 3.9.2.", Assert.Throws<ProgramException>(() => project.Plan("other")).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_Python_that_nothing_tells_the_version_of_is_asked()
    {
        using var project = new TempProject("{op: {main: train, python-requires: '<3.8'}, other: {main: train, python-requires: '>=3.8'}}");
        Executable(project, "bin/python3", "#!/bin/sh\necho 3.7.4\n");
        project.Environment["PATH"] = project.PathOf("bin");

        Assert.Equal(project.PathOf("bin/python3"), project.Plan("op").Command.Arguments[0]);
        Assert.Contains("Found: 3.7.4.", Assert.Throws<ProgramException>(() => project.Plan("other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_has_the_version_of_its_model_unless_it_has_its_own()
    {
        using var project = new TempProject("- model: m\n  python-requires: '>=3.99'\n  operations: {a: {main: x}, b: {main: x, python-requires: '>=3'}}\n");

        Assert.Throws<ProgramException>(() => project.Plan("a"));
        Assert.NotEmpty(project.Plan("b").Command.Arguments);
    }

    // The last version is that of python3.
    private static void Pythons(TempProject project, string folder, params string[] versions)
    {
        foreach (var version in versions)
        {
            Executable(project, $"{folder}/python{version}");
        }

        File.CreateSymbolicLink(project.PathOf($"{folder}/python3"), $"python{versions[^1]}");
        project.Environment["PATH"] = project.PathOf(folder);
    }

    private static void Executable(TempProject project, string path, string text = "#!/bin/sh\nexit 0\n")
    {
        project.Write(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(project.PathOf(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
