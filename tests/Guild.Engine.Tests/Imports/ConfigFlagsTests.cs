using Guild.Engine.Execution;
using Guild.Engine.Imports;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

public sealed class ConfigFlagsTests
{
    [Theory]
    [InlineData("conf/c.yml", "a: 1\nnet:\n  layers: [1, 2]\n  name: x\n", "a: 5\nnet:\n  layers:\n  - 3\n  - 4\n  name: x")]
    [InlineData("c.json", "{\"a\": 1, \"net\": {\"layers\": [1, 2], \"name\": \"x\"}}", "{\n  \"a\": 5,\n  \"net\": {\n    \"layers\": [\n      3,\n      4\n    ],\n    \"name\": \"x\"\n  }\n}")]
    [InlineData("c.json.in", "{\"a\": 1, \"net\": {\"layers\": [1, 2], \"name\": \"x\"}}", "{\n  \"a\": 5,\n  \"net\": {\n    \"layers\": [\n      3,\n      4\n    ],\n    \"name\": \"x\"\n  }\n}")]
    public void ValuesOfTheFileAreFlagsAndTheRunHasACopyWithItsOwn(string file, string text, string expected)
    {
        using var project = new TempProject($"op: {{main: show.py, flags-dest: 'config:{file}', flags-import: yes}}\n");
        project.Write(file, text);
        project.Write("show.py", $"print(open('{file}').read())\n");

        Assert.Equal(["a", "net.layers", "net.name"], FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context).Operation.Flags.Select(f => f.Name));
        var run = project.Run("op", "a=5", "net.layers=3 4");

        Assert.Equal(expected, File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim());
        Assert.Equal(text, File.ReadAllText(project.PathOf(file)));
    }

    [Fact]
    public void SectionsOfAnIniFileAreTheFirstPartOfNames()
    {
        using var project = new TempProject("op: {main: show.py, flags-dest: 'config:c.ini', flags-import: [net.rate]}\n");
        project.Write("c.ini", "[net]\nrate = 0.1\nname = x\n");
        project.Write("show.py", "print(open('c.ini').read())\n");

        Assert.Equal("[net]\nname = x\nrate = 0.5", File.ReadAllText(Path.Combine(project.Run("op", "net.rate=0.5").Directory.GuildPath, "output")).Trim());
    }

    [Fact]
    public void AStagedRunWritesListsAsListsWhenItStarts()
    {
        using var project = new TempProject("op: {main: show.py, flags-dest: 'config:c.yml', flags-import: yes}\n");
        project.Write("c.yml", "layers: [1, 2]\n");
        project.Write("show.py", "print(open('c.yml').read())\n");

        var run = project.Start(project.Run(project.Request("op", "layers=7 8"), new RunOptions { StagesOnly = true }));

        Assert.Equal("layers:\n- 7\n- 8", File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim());
    }

    [Fact]
    public void AFileThatIsNotThereIsAWarning()
    {
        using var project = new TempProject("op: {main: show.py, flags-dest: 'config:none.yml', flags-import: yes}\n");

        Assert.Contains("none.yml", Assert.Single(FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=5", "{\n  \"a\": 5,\n  \"big\": 123456789012345678901234567890,\n  \"f\": 1.0\n}")]
    [InlineData("a=5.0", "{\n  \"a\": 5.0,\n  \"big\": 123456789012345678901234567890,\n  \"f\": 1.0\n}")]
    [InlineData("f=2.5", "{\n  \"a\": 1,\n  \"big\": 123456789012345678901234567890,\n  \"f\": 2.5\n}")]
    public void NumbersOfAJsonFileStayOfTheirKind(string word, string expected)
    {
        using var project = new TempProject("op: {main: show.py, flags-dest: 'config:c.json', flags-import: yes}\n");
        project.Write("c.json", "{\"a\": 1, \"big\": 123456789012345678901234567890, \"f\": 1.0}");
        project.Write("show.py", "print(open('c.json').read())\n");

        Assert.Equal(expected, File.ReadAllText(Path.Combine(project.Run("op", word).Directory.GuildPath, "output")).Trim());
    }

    [Fact]
    public void NamesOfAnIniFileCanHaveDotsAndWhatTheRunDoesNotChangeStaysAsItIsWritten()
    {
        using var project = new TempProject("op: {main: show.py, flags-dest: 'config:c.ini', flags-import: yes}\n");
        project.Write("c.ini", "[net]\ncode = 007\nopt.rate = 1e-3\nshuffle = yes\n\n[net.deep]\nlayers = 3\n");
        project.Write("show.py", "print(open('c.ini').read())\n");

        Assert.Equal(
            ["net.code", "net.deep.layers", "net.opt.rate", "net.shuffle"],
            FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context).Operation.Flags.Select(f => f.Name));
        Assert.Equal(
            "[net]\ncode = 007\nopt.rate = 0.5\nshuffle = yes\n\n[net.deep]\nlayers = 4",
            File.ReadAllText(Path.Combine(project.Run("op", "net.opt.rate=0.5", "net.deep.layers=4").Directory.GuildPath, "output")).Trim());
    }

    [Theory]
    [InlineData("c.yml", "a: 1\nb: [\n", "line 3, column 1")]
    [InlineData("c.json", "{\"a\": 1,\n\"b\" 2}", "line 2, column 5")]
    [InlineData("c.ini", "a = 1\n[net\nrate = 1\n", "line 1")]
    [InlineData("c.yml", "- a\n", "does not hold names")]
    [InlineData("c.txt", "a\n", "no configuration file")]
    public void AFileThatCannotBeReadIsAWarningThatNamesItAndThePlace(string file, string text, string place)
    {
        using var project = new TempProject($"op: {{main: show.py, flags-dest: 'config:{file}', flags-import: yes}}\n");
        project.Write(file, text);

        var warning = Assert.Single(FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context).Warnings);

        Assert.Contains(file, warning, StringComparison.Ordinal);
        Assert.Contains(place, warning, StringComparison.Ordinal);
    }
}
