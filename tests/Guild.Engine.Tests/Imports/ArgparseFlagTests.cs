using System.Globalization;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

/// <summary>Each script is read twice: from its text, and by a run, which an option makes necessary whose name is not written out. Both must say the same.</summary>
public sealed class ArgparseFlagTests
{
    [Theory]
    [InlineData("p.add_argument('--tag', action='append', choices=['a', 'b'], default=['a'])", "tag Auto [a,b]")]
    [InlineData("p.add_argument('--ext', action='extend', nargs='+', type=int)", "ext Int split")]
    [InlineData("p.add_argument('--a', nargs='?', const='c', default='d')", "a Auto =d")]
    [InlineData("p.add_argument('--a', nargs='*', type=int, choices=[1, 2], default=[1])", "a Int split =1 [1,2]")]
    [InlineData("p.add_argument('--a', nargs=2, type=float, default=(1, 2.5))", "a Float split =1 2.5")]
    [InlineData("p.add_argument('--a', nargs=argparse.ONE_OR_MORE)", "a Auto split")]
    [InlineData("p.add_argument('--a', nargs=argparse.REMAINDER)", "a Auto")]
    [InlineData("p.add_argument('--a', action='store_const', const=5, default=1)\np.add_argument('-v', action='count')\np.add_argument('--version', action='version', version='1')", "")]
    [InlineData("p.add_argument('--a', action=argparse.BooleanOptionalAction)", "a Boolean ?True [True,False]")]
    [InlineData("p.add_argument('--a', action=argparse.BooleanOptionalAction, default=False)", "a Boolean =False ?True [True,False]")]
    [InlineData("p.add_argument('--a', action=argparse.BooleanOptionalAction, default=True)", "a Boolean =True ?False>no-a [True,False]")]
    [InlineData("g = p.add_mutually_exclusive_group(required=True)\ng.add_argument('--a', action='store_true')\ng.add_argument('--b', type=int, default=-3)", "a Boolean =False ?True [True,False]; b Int =-3")]
    [InlineData("p.add_argument('--a', type=lambda text: text.split(','), default='x,y')", "a Auto =x,y")]
    [InlineData("p.add_argument('--a', type=argparse.FileType('r'))", "a Auto")]
    [InlineData("p.add_argument('--a', type=int, choices=range(1, 9), default=2)", "a Int =2 1..8")]
    [InlineData("p.add_argument('--a', type=int, choices=range(0, 10, 5))", "a Int [0,5]")]
    [InlineData("p.add_argument('--a', type=int, choices=range(0, 5000, 2))", "a Int")]
    [InlineData("p.add_argument('--a', type=int, default=argparse.SUPPRESS)", "a Int")]
    [InlineData("p.add_argument('--a', default='q', help=argparse.SUPPRESS)", "a Auto =q")]
    [InlineData("p.add_argument('--a', type=int, default=123456789012345678901234567890)", "a Int")]
    [InlineData("p.add_argument('--a', type=int, default=3, choices=[1, 3], help='%(default)s %(type)s %(choices)s 100%%')", "a Int =3 [1,3] \"3 int [1, 3] 100%\"")]
    [InlineData("p.add_argument('--a', help='100% of it')", "a Auto \"100% of it\"")]
    public void AnOptionIsTheSameFlagWhetherTheTextTellsItOrARun(string lines, string expected)
    {
        Assert.Equal(expected, Flags($"import argparse\np = argparse.ArgumentParser()\n{lines}\np.parse_args()\n"));
        Assert.Equal(expected, Flags($"import argparse\np = argparse.ArgumentParser()\n{lines}\np.add_argument(*['--forced'])\np.parse_args()\n"));
    }

    [Fact]
    public void OptionsOfParentsAreAmongThem() =>
        Assert.Equal("seed Int =7; x Auto", Flags("import argparse\nb = argparse.ArgumentParser(add_help=False)\nb.add_argument('--seed', type=int, default=7)\np = argparse.ArgumentParser(parents=[b])\np.add_argument('--x')\np.parse_args()\n"));

    [Fact]
    public void MembersOfAnEnumerationAreMeantByTheirValues() => Assert.Equal(
        "color Auto =red [red,blue]",
        Flags("import argparse, enum\nclass C(enum.Enum):\n    R = 'red'\n    B = 'blue'\np = argparse.ArgumentParser()\np.add_argument('--color', type=C, choices=list(C), default=C.R)\np.parse_args()\n"));

    [Fact]
    public void ChoicesThatCannotBeWrittenAreNone() => Assert.Equal(
        "a Auto",
        Flags("import argparse\np = argparse.ArgumentParser()\np.add_argument('--a', choices=[object(), object()])\np.parse_args()\n"));

    [Fact]
    public void TheCommandThatMainNamesHasItsOwnOptions()
    {
        const string Script = """
            import argparse
            p = argparse.ArgumentParser()
            p.add_argument('--top')
            commands = p.add_subparsers(dest='command')
            fit = commands.add_parser('fit')
            fit.add_argument('--lr', type=float, default=0.1)
            commands.add_parser('go').add_argument('--speed')
            args = p.parse_args()
            print(args.command, args.lr)
            """;

        Assert.Equal("lr Float =0.1", Flags(Script, "train.py fit"));
        Assert.Equal("speed Auto", Flags(Script, "train.py go"));
        Assert.Equal("top Auto", Flags(Script));
        using var project = Written(Script, "train.py fit");
        Assert.Equal("fit 0.5", OutputOf(project.Run("train", "lr=0.5")));
    }

    [Fact]
    public void AnOptionWithoutAValueIsNotPassedSoThatTheProgramHasItsOwn()
    {
        using var project = Written("import argparse\np = argparse.ArgumentParser()\np.add_argument('--a', type=int, default=argparse.SUPPRESS)\np.add_argument('--tag', action='append')\nprint(p.parse_args())\n");

        Assert.Equal("Namespace(tag=None)", OutputOf(project.Run("train")));
        Assert.Equal("Namespace(tag=['x'], a=3)", OutputOf(project.Run("train", "a=3", "tag=x")).Replace("(a=3, tag=['x'])", "(tag=['x'], a=3)", StringComparison.Ordinal));
    }

    private static TempProject Written(string script, string main = "train.py")
    {
        var project = new TempProject($"train: {{main: {main}, flags-import: yes}}\n");
        project.Write("train.py", script);
        return project;
    }

    private static string Flags(string script, string main = "train.py")
    {
        using var project = Written(script, main);
        var imported = FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context);
        Assert.Empty(imported.Warnings);
        return string.Join("; ", imported.Operation.Flags.Where(f => f.Name != "forced").Select(FlagLine.Of));
    }

    private static string OutputOf(Run run)
    {
        Assert.Equal(0, run.ExitCode);
        return File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim();
    }
}

/// <summary>A flag in a line.</summary>
internal static class FlagLine
{
    public static string Of(FlagDefinition flag) => string.Concat(
        $"{flag.Name} {flag.Type}",
        flag.IsRequired ? " required" : "",
        flag.SplitsArg ? " split" : "",
        flag.Default is null ? "" : $" ={Text(flag.Default)}",
        flag.ArgSwitch is null ? "" : $" ?{flag.ArgSwitch}",
        flag.ArgName is null ? "" : $">{flag.ArgName}",
        flag.Choices.Count == 0 ? "" : $" [{string.Join(',', flag.Choices.Select(c => Text(c.Value)))}]",
        flag.Minimum is null && flag.Maximum is null ? "" : $" {Text(flag.Minimum)}..{Text(flag.Maximum)}",
        flag.Description.Length == 0 ? "" : $" \"{flag.Description}\"");

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
