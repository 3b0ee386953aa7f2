using Guild.Engine.Imports;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

public sealed class GlobalFlagTests
{
    [Theory]
    [InlineData("lr: float = 0.1", "lr Number =0.1")]
    [InlineData("n: int = -3", "n Number =-3")]
    [InlineData("x = +2", "x Number =2")]
    [InlineData("rate = -1.5e-3", "rate Number =-0.0015")]
    [InlineData("path = None", "path Auto")]
    [InlineData("q = \"it's \\\"q\\\"\"", "q String =it's \"q\"")]
    [InlineData("f = 'a' 'b'", "f String =ab")]
    [InlineData("on = True", "on Boolean =True")]
    [InlineData("layers = [16, 'a b', True]", "layers Auto split =16 'a b' true")]
    [InlineData("empty = []", "empty Auto split =")]
    [InlineData("A = B = 4", "A Number =4; B Number =4")]
    [InlineData("x = 1\nx = 2", "x Number =1")]
    [InlineData("big = 123456789012345678901234567890", "big Number")]
    [InlineData("_private = 1\n__version__ = '1'", "")]
    [InlineData("t = (1, 2)\nx, y = 1, 2\nd = {'a': 1}\nlist_of_lists = [[1]]\ne = 10 ** 3\nc = 1 + 2j\nann: int\ns = {1}\nm = [None]", "")]
    [InlineData("if True:\n    z = 3\ndef f():\n    y = 1\nclass C:\n    x = 1", "")]
    public void VariablesOfTheTopLevelAreFlags(string script, string expected) => Assert.Equal(expected, Flags(script));

    [Theory]
    [InlineData("path=data/x", "'data/x' -3 \"it's\"")]
    [InlineData("n=4", "None 4 \"it's\"")]
    [InlineData("q=a \"b\"", "None -3 'a \"b\"'")]
    public void AValueIsSetAndTheOthersStay(string word, string expected)
    {
        using var project = new TempProject("train: {main: train.py, flags-import: yes}\n");
        project.Write("train.py", "path = None\nn: int = -3\nq = \"it's\"\nprint(repr(path), n, repr(q))\n");

        var run = project.Run("train", word);

        Assert.Equal(expected, File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim());
    }

    [Fact]
    public void EntriesOfADictThatAreNothingAreFlagsAndThoseThatAreExpressionsAreNot()
    {
        using var project = new TempProject("train: {main: train.py, flags-dest: 'dict:conf', flags-import: yes}\n");
        project.Write("train.py", "conf = {'a': None, 'b': open, 'in': {'c': -1, 'd': len('x')}}\n");

        Assert.Equal("a Auto; in.c Number =-1", Text(project));
    }

    private static string Flags(string script)
    {
        using var project = new TempProject("train: {main: train.py, flags-import: yes}\n");
        project.Write("train.py", script + "\n");
        return Text(project);
    }

    private static string Text(TempProject project)
    {
        var imported = FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context);
        Assert.Empty(imported.Warnings);
        return string.Join("; ", imported.Operation.Flags.Select(FlagLine.Of));
    }
}
