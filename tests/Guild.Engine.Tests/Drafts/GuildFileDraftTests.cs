using System.Text.RegularExpressions;
using Guild.Engine.Drafts;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Drafts;

/// <summary>What a Guild file that is made from the scripts of a folder has in it.</summary>
public sealed partial class GuildFileDraftTests : IDisposable
{
    private const string Argparse = """
        '''Trains a net.

        More of it.
        '''
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument("--lr", type=float, default=0.1, help="Rate: of learning, 'quoted' # and so on")
        p.add_argument("--epochs", type=int, default=5, choices=range(1, 9), help="two\nlines")
        p.add_argument("--opt", choices=["sgd", "ad, am", "yes", "[x]"], default="sgd")
        p.add_argument("--data", required=True)
        p.add_argument("--fast", action="store_true")
        p.add_argument("--no-cache", action="store_false")
        p.add_argument("--layers", type=int, nargs="+", default=[1, 2])
        p.add_argument("--eps", type=float, default=1e-8)
        p.add_argument("--top", type=float, default=float("inf"))
        print(p.parse_args())
        """;

    private readonly TempProject _project = new("");

    public GuildFileDraftTests()
    {
        File.Delete(_project.PathOf("guild.yml"));
    }

    [Fact]
    public void ScriptsThatAreMadeToBeRunAreOperationsAndOthersAreNot()
    {
        _project.Write("by_main.py", "def f():\n    pass\n\nif __name__ == '__main__':\n    f()\n");
        _project.Write("by_parser.py", "import argparse\ndef read():\n    p = argparse.ArgumentParser()\n    p.add_argument('--x')\n    return p.parse_args()\n");
        _project.Write("by_click.py", "import click\n@click.command()\n@click.option('--x', default=1)\ndef main(x):\n    pass\n");
        _project.Write("by_globals.py", "import sys\nsys.path.append('lib')\nfrom helpers import f\nlr = 0.1\nfor i in range(3):\n    print(lr)\n");
        _project.Write("helpers.py", "print('loading')\ndef f():\n    pass\n");
        _project.Write("constants.py", "import logging\nlogging.basicConfig()\nSIZE = 3\nclass A:\n    pass\n");
        _project.Write("makes_parser.py", "import argparse\ndef parser():\n    return argparse.ArgumentParser()\n");
        _project.Write("test_it.py", "print(1)\n");
        _project.Write("it_test.py", "print(1)\n");
        _project.Write("setup.py", "from setuptools import setup\nsetup()\n");
        _project.Write("conftest.py", "print(1)\n");
        _project.Write("__init__.py", "print(1)\n");
        _project.Write(".hidden.py", "print(1)\n");
        _project.Write("a${lr}.py", "print(1)\n");
        _project.Write("lib/deep.py", "print(1)\n");
        _project.Write("notes.txt", "print(1)\n");

        Assert.Equal(["by_click", "by_globals", "by_main", "by_parser"], Draft().Operations.Select(o => o.Main));
    }

    [Fact]
    public void TheFileIsWithoutFindingsAndHasTheFlagsOfTheScripts()
    {
        _project.Write("train.py", Argparse);
        _project.Write("walk.py", "steps = 1000\nname = 'x'\nsizes = [1, 2]\nprint(steps)\n");

        Draft().Write(ExistingGuildFile.Kept);

        AssertSameFlags("train", "train.py");
        AssertSameFlags("walk", "walk.py");
        Assert.Equal("Trains a net.\n\nMore of it.", Listed("train").Description.Trim());
    }

    [Fact]
    public void ACommentedFlagMeansTheSameWhenItIsNoCommentAnyLonger()
    {
        _project.Write("train.py", Argparse);
        _project.Write("walk.py", "steps = 1000\nname = 'yes'\nrate = 1e-5\nprint(steps)\n");
        Draft().Write(ExistingGuildFile.Kept);
        var before = Listed("train").Flags.Concat(Listed("walk").Flags).Select(Content).ToList();

        var text = File.ReadAllText(_project.PathOf("guild.yml"));
        var uncommented = CommentedFlags().Replace(text, "      $1");
        _project.Write("guild.yml", uncommented);

        Assert.Equal(12, CommentedFlags().Matches(text).Count(m => m.Groups[1].Value.TrimEnd() is ['\u0020', '\u0020', not ' ', .., ':']));
        Assert.Empty(GuildFileReader.Read(_project.ProjectPath).Diagnostics);
        Assert.All(Declared(), f => Assert.Contains("type", f.Given.Append(f.Type == FlagType.Auto ? "type" : "")));
        Assert.Equal(before, Listed("train").Flags.Concat(Listed("walk").Flags).Select(Content));

        IEnumerable<FlagDefinition> Declared() => _project.Project.Operations.SelectMany(o => o.Flags);
    }

    [Fact]
    public void TheExamplesInCommentsAreRightWhenTheyAreNoCommentsAnyLonger()
    {
        var empty = Draft().Text;
        var example = string.Join('\n', empty.Split('\n').SkipWhile(l => !l.Contains("# operations:", StringComparison.Ordinal)).TakeWhile(l => l.Length > 0).Select(l => l.Remove(l.IndexOf('#', StringComparison.Ordinal), 2)));
        var more = string.Join('\n', empty.Split('\n').SkipWhile(l => !l.Contains("#   requires:", StringComparison.Ordinal)).TakeWhile(l => l.Length > 0).Select(l => $"      {l[l.IndexOf('#', StringComparison.Ordinal)..][4..]}"));

        var result = GuildFileReader.Parse(System.Text.Encoding.UTF8.GetBytes($"- model: m\n{example}\n{more}\n"), "/x/guild.yml");

        Assert.Empty(result.Diagnostics);
        var operation = Assert.Single(result.File!.Models[0].Operations);
        Assert.Equal(("train", true, 3, "lr ${lr}"), (operation.Main, operation.IsDefault, operation.Requires.Count, operation.Label));
    }

    [Fact]
    public void AFolderWithoutScriptsGetsAFileWithAModel()
    {
        Draft().Write(ExistingGuildFile.Kept);

        var read = GuildFileReader.Read(_project.ProjectPath);

        Assert.Empty(read.Diagnostics);
        Assert.Equal(("project", 0), (read.File!.Models.Single().Name, read.File.Models[0].Operations.Count));
    }

    [Fact]
    public void AScriptThatCannotBeReadIsAnOperationWithACommentThatSaysWhy()
    {
        _project.Write("broken.py", "def f(:\n");
        _project.Write("absent.py", "import argparse, no_such_module\np = argparse.ArgumentParser()\nfor n in 'ab': p.add_argument('--' + n)\np.add_argument('--seen', type=int, default=1)\np.parse_args()\n");

        var draft = Draft();
        draft.Write(ExistingGuildFile.Kept);

        Assert.Equal(["absent", "broken"], draft.Operations.Select(o => o.Name));
        Assert.Contains("# The flags of broken.py could not be read: it is no valid Python: line 1: invalid syntax.", draft.Text, StringComparison.Ordinal);
        Assert.Contains("# The flags of absent.py could not be read: it imports a module that this Python cannot import: No module named 'no_such_module'.", draft.Text, StringComparison.Ordinal);
        Assert.Empty(GuildFileReader.Read(_project.ProjectPath).Diagnostics);
        AssertSameFlags("absent", "absent.py");
    }

    [Theory]
    [InlineData("my script.py", "my-script")]
    [InlineData("yes.py", "yes")]
    [InlineData("2024.py", "2024")]
    [InlineData("größe#1.py", "größe-1")]
    [InlineData("訓練.py", "訓練")]
    [InlineData("a.b.py", "a-b")]
    [InlineData("- x.py", "x")]
    [InlineData("it's \"x\" [y] {z}.py", "it-s-x-y-z")]
    [InlineData("&a *b !c %d @e.py", "a-b-c-d-e")]
    [InlineData("_private.py", "private")]
    [InlineData("__main__.py", "main__")]
    [InlineData("🚀.py", "script")]
    [InlineData("time.py", "time")]
    [InlineData("lambda.py", "lambda")]
    [InlineData("null.py", "null")]
    public void OddNamesOfFilesBecomeNamesThatCanBeTyped(string fileName, string operation)
    {
        _project.Write(fileName, "x = 1\nprint('x is', x)\n");

        Draft().Write(ExistingGuildFile.Kept);

        Assert.Equal(["x"], Listed(operation).Flags.Select(f => f.Name));
        AssertSameFlags(operation, fileName);
        var run = _project.Run(operation, "x=5");
        Assert.Equal((0, "x is 5"), (run.ExitCode, File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim()));
    }

    [Fact]
    public void ScriptsWithOneNameAreOperationsWithSeveral()
    {
        _project.Write("a b.py", "print(1)\n");
        _project.Write("a+b.py", "print(1)\n");
        _project.Write("a-b.py", "print(1)\n");
        _project.Write("A-B.py", "print(1)\n");

        Assert.Equal(["A-B", "a-b-py", "a-b-2", "a-b-3"], Draft().Operations.Select(o => o.Name));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("with space: #1", "with-space-1")]
    [InlineData("...", "project")]
    [InlineData("no", "no")]
    public void TheModelHasTheNameOfTheFolder(string folder, string model)
    {
        _project.Write($"{folder}/x.py", "print(1)\n");
        var path = _project.PathOf(folder);

        GuildFileDrafting.Of(path, null, ExistingGuildFile.Kept, _project.Context).Write(ExistingGuildFile.Kept);

        Assert.Equal(model, Project.Open(path).Models.Single().Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" x")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    [InlineData("a#b")]
    public void ANameThatCouldNotBeTypedIsRefused(string name) =>
        Assert.Equal(name, Assert.Throws<RequestException>(() => GuildFileDrafting.Of(_project.ProjectPath, name, ExistingGuildFile.Kept, _project.Context)).Subject);

    [Fact]
    public void TextOfAScriptNeverLeavesItsComment()
    {
        _project.Write("x.py", "'''one\\x85- model: two\\u2028- model: three\\x07\n- model: four'''\nimport argparse\np = argparse.ArgumentParser()\np.add_argument('--a', help='b\\u2029c\\x85d\\ne: [')\np.parse_args()\n");

        Draft().Write(ExistingGuildFile.Kept);

        Assert.Empty(GuildFileReader.Read(_project.ProjectPath).Diagnostics);
        Assert.Single(_project.Project.Models);
    }

    [Fact]
    public void WithoutPythonScriptsAreOperationsAllTheSame()
    {
        _project.Write("x.py", "print(1)\n");
        _project.Environment["GUILD_PYTHON_EXE"] = _project.PathOf("no-python");

        var operation = Assert.Single(Draft().Operations);

        Assert.StartsWith("there is no Python to read it with", operation.Reading.Problem, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();

    private GuildFileDraft Draft() => GuildFileDrafting.Of(_project.ProjectPath, null, ExistingGuildFile.Kept, _project.Context);

    private void AssertSameFlags(string operation, string script)
    {
        Assert.Empty(GuildFileReader.Read(_project.ProjectPath).Diagnostics);
        var project = Project.OpenFor(_project.ProjectPath, $"./{script}");
        var alone = FlagImport.Of(project, project.Operations.Single(), _project.Context).Operation.Flags;

        Assert.Equal(alone.Select(Content), Listed(operation).Flags.Select(Content));
    }

    private OperationDefinition Listed(string operation) => FlagImport.Of(_project.Project, OperationResolver.Resolve(_project.Project, operation), _project.Context).Operation;

    private static string Content(FlagDefinition flag) => string.Join(" | ", [
        flag.Name, flag.Description, flag.Default, flag.Default?.GetType().Name, flag.Type, flag.IsRequired, string.Join('/', flag.Choices.Select(c => c.Value)), flag.Minimum, flag.Maximum,
        flag.ArgName, flag.HasArgSwitch, flag.ArgSwitch, flag.SplitsArg]);

    [GeneratedRegex(@"^      # (flags:|  [^\n]*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CommentedFlags();
}
