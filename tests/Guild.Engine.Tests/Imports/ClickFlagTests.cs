using Guild.Engine.Imports;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

/// <summary>Scripts with click that must be run to be read. A small package of these tests stands in for click, which a machine need not have.</summary>
public sealed class ClickFlagTests
{
    private const string Options = """
        @click.argument("path")
        @click.option("--lr", "-l", default=0.1, help="The rate")
        @click.option("--shout/--no-shout", default=True)
        @click.option("--fast", is_flag=True)
        @click.option("--opt", type=click.Choice(["a", "b"]), required=True)
        @click.option("--n", type=click.IntRange(1, 5))
        @click.option("--f", type=click.FloatRange(min=0.5), default=1.0)
        @click.option("--tag", multiple=True, default=["x"])
        @click.option("--pair", nargs=2, type=int, default=(1, 2))
        @click.option("-v", "--verbose", count=True)
        @click.option("--upper", "mode", flag_value="upper")
        @click.option("--num", type=int)
        @click.option("--yes", type=bool, default=False)
        @click.option("--bare")
        """;

    private const string Expected =
        "bare String; f Float =1 0.5..; fast Boolean =False ?True [True,False]; lr Float =0.1 \"The rate\"; n Int 1..5; num Int; opt Auto required [a,b]; pair Int split =1 2; "
        + "shout Boolean =True ?False>no-shout [True,False]; tag String; yes Boolean =False";

    [Fact]
    public void OptionsAreTheSameFlagsWhetherTheTextTellsThemOrARun()
    {
        Assert.Equal(Expected, Flags($"import click\n@click.command()\n{Options}\ndef main(**options): pass\nmain()\n"));
        Assert.Equal("more Int; " + Expected, Flags($"import click\n@click.command()\n{Options}\n@click.option(*['--more'], type=int)\ndef main(**options): pass\nmain()\n"), SortedByName.Instance);
    }

    [Fact]
    public void TheCommandThatMainNamesHasItsOwnOptions()
    {
        const string Script = """
            import click
            @click.group()
            @click.option("--debug", is_flag=True)
            def cli(debug): pass
            @cli.command()
            @click.option("--lr", default=0.1)
            def fit(lr): pass
            @cli.command("go-on")
            @click.option("--n", type=int)
            def go(n): pass
            if __name__ == "__main__":
                cli()
            """;

        Assert.Equal("lr Float =0.1", Flags(Script, "train.py fit"));
        Assert.Equal("n Int", Flags(Script, "train.py go-on"));
        Assert.Equal("debug Boolean =False ?True [True,False]", Flags(Script));
    }

    [Fact]
    public void WhereARunFailsTheOptionsThatAreWrittenOutAreUsedWithAWarning()
    {
        using var project = Written("import click, module_that_nobody_has\n@click.command()\n@click.option('--known', default=1)\n@click.option(*['--more'])\ndef main(**options): pass\nmain()\n", "train.py");

        var imported = FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context);

        Assert.Equal(["known"], imported.Operation.Flags.Select(f => f.Name));
        Assert.Contains("module_that_nobody_has", Assert.Single(imported.Warnings), StringComparison.Ordinal);
    }

    private static TempProject Written(string script, string main)
    {
        var project = new TempProject($"train: {{main: {main}, flags-import: yes}}\n");
        project.Write("train.py", script);
        project.Environment["PYTHONPATH"] = Path.Combine(TempProject.RepositoryRoot, "tests", "Guild.Engine.Tests", "Imports", "ClickStandIn");
        return project;
    }

    private static string Flags(string script, string main = "train.py")
    {
        using var project = Written(script, main);
        var imported = FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context);
        Assert.Empty(imported.Warnings);
        return string.Join("; ", imported.Operation.Flags.Select(FlagLine.Of));
    }

    private sealed class SortedByName : IEqualityComparer<string>
    {
        public static SortedByName Instance { get; } = new();

        public bool Equals(string? x, string? y) => Sorted(x) == Sorted(y);

        public int GetHashCode(string text) => Sorted(text).GetHashCode(StringComparison.Ordinal);

        private static string Sorted(string? text) => string.Join("; ", (text ?? "").Split("; ").Order(StringComparer.Ordinal));
    }
}
