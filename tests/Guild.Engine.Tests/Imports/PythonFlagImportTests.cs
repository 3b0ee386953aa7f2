using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

public sealed class PythonFlagImportTests
{
    private const string ImportsAll = "train: {main: train.py, flags-import: yes}\n";

    [Fact]
    public void OptionsOfArgparseAreFlagsWithAllThatIsSaidOfThem()
    {
        using var project = new TempProject(ImportsAll);
        project.Write(
            "train.py",
            """
            import argparse
            RATE = 0.1
            parser = argparse.ArgumentParser()
            more = parser.add_argument_group("more")
            parser.add_argument("-l", "--lr", type=float, default=RATE, help="The rate (%(default)s)")
            parser.add_argument("--layers", type=int, nargs="+", default=[1, 2])
            parser.add_argument("--fast", action="store_true")
            parser.add_argument("--no-cache", action="store_false")
            more.add_argument("--cool", action=argparse.BooleanOptionalAction, default=True)
            more.add_argument("--opt", choices=["sgd", "adam"], required=True)
            parser.add_argument("input")
            print(parser.parse_args())
            """);

        var imported = Import(project);

        Assert.Empty(imported.Warnings);
        var flags = imported.Operation.Flags.ToDictionary(f => f.Name, StringComparer.Ordinal);
        Assert.Equal(["cool", "fast", "layers", "lr", "no-cache", "opt"], flags.Keys);
        Assert.Equal(("The rate (0.1)", FlagType.Float, 0.1, "train.py"), (flags["lr"].Description, flags["lr"].Type, flags["lr"].Default, flags["lr"].ImportedFrom));
        Assert.Equal((true, "1 2", FlagType.Int), (flags["layers"].SplitsArg, flags["layers"].Default, flags["layers"].Type));
        Assert.Equal((true, false), (flags["fast"].ArgSwitch, flags["fast"].Default));
        Assert.Equal((false, true), (flags["no-cache"].ArgSwitch, flags["no-cache"].Default));
        Assert.Equal(("no-cool", false, true), (flags["cool"].ArgName, flags["cool"].ArgSwitch, flags["cool"].Default));
        Assert.True(flags["opt"].IsRequired);
        Assert.Equal(["sgd", "adam"], flags["opt"].Choices.Select(c => c.Value));
        Assert.Equal("args", imported.Operation.FlagsDestination);
    }

    [Fact]
    public void ImportedFlagsReachTheProgramAsItTakesThem()
    {
        using var project = new TempProject(ImportsAll);
        project.Write(
            "train.py",
            """
            import argparse
            parser = argparse.ArgumentParser()
            parser.add_argument("--layers", type=int, nargs="+", default=[1, 2])
            parser.add_argument("--fast", action="store_true")
            parser.add_argument("--cool", action=argparse.BooleanOptionalAction, default=True)
            args = parser.parse_args()
            print(args.layers, args.fast, args.cool)
            """);

        Assert.Equal("[3, 4] True False", OutputOf(project, project.Run("train", "layers=3 4", "fast=yes", "cool=no")));
        Assert.Equal("[1, 2] False True", OutputOf(project, project.Run("train")));
    }

    [Fact]
    public void OptionsThatTheTextDoesNotTellAreAskedOfTheScriptWithoutRunningWhatComesBehind()
    {
        using var project = new TempProject("fit: {main: train.py fit, flags-import: yes}\n");
        project.Write("common.py", "import argparse\nbase = argparse.ArgumentParser(add_help=False)\nbase.add_argument('--seed', type=int, default=7)\n");
        project.Write(
            "train.py",
            """
            import argparse, common
            print("words that a script prints are not read")
            parser = argparse.ArgumentParser()
            commands = parser.add_subparsers()
            fit = commands.add_parser("fit", parents=[common.base])
            for name in ("alpha", "beta"):
                fit.add_argument("--" + name, type=int, choices=range(1, 5))
            parser.parse_args()
            open("written", "w")
            """);

        var flags = Import(project, "fit").Operation.Flags;

        Assert.Equal(["alpha", "beta", "seed"], flags.Select(f => f.Name));
        Assert.Equal((1, 4), (flags[0].Minimum, flags[0].Maximum));
        Assert.False(File.Exists(project.PathOf("written")));
        Assert.False(Directory.Exists(project.PathOf("__pycache__")));

        project.Write("common.py", "import argparse\nbase = argparse.ArgumentParser(add_help=False)\nbase.add_argument('--start', type=int)\n");
        Assert.Contains("start", Import(project, "fit").Operation.Flags.Select(f => f.Name));
    }

    [Fact]
    public void ParsersOfImportedModulesAreNotThoseOfTheScript()
    {
        using var project = new TempProject(ImportsAll);
        project.Write("other.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--theirs')\np.parse_args()\n");
        project.Write("train.py", "import argparse, other\np = argparse.ArgumentParser()\np.add_argument(*['--ours'])\np.parse_args()\n");

        Assert.Equal(["ours"], Import(project).Operation.Flags.Select(f => f.Name));
    }

    [Theory]
    [InlineData("input()")]
    [InlineData("sys.stdin.read()")]
    public void AScriptThatReadsItsInputOnTheWayGetsNoneAndDoesNotWait(string reading)
    {
        using var project = new TempProject(ImportsAll);
        project.Write(
            "train.py",
            $"""
            import argparse, sys
            try:
                {reading}
            except EOFError:
                pass
            p = argparse.ArgumentParser()
            p.add_argument(*['--lr'], type=float, default=0.1)
            p.parse_args()
            """);

        var imported = Import(project);

        Assert.Empty(imported.Warnings);
        Assert.Equal("lr", Assert.Single(imported.Operation.Flags).Name);
    }

    [Fact]
    public void SimpleGlobalVariablesAreFlagsWhereAScriptParsesNothing()
    {
        using var project = new TempProject(ImportsAll);
        project.Write("train.py", "lr = 0.1\nsteps: int = -3\nlayers = [1, 'a b']\nfast = False\n_own = 1\nlater = steps + 1\nlr = 5\nprint(lr == 5, steps, layers, fast)\n");

        var operation = Import(project).Operation;

        Assert.Equal("globals", operation.FlagsDestination);
        Assert.Equal(
            [("fast", FlagType.Boolean, (object?)false), ("layers", FlagType.Auto, "1 'a b'"), ("lr", FlagType.Number, 0.1), ("steps", FlagType.Number, -3L)],
            operation.Flags.Select(f => (f.Name, f.Type, f.Default)));
        Assert.Equal("True 9 [2, 'x y'] True", OutputOf(project, project.Run("train", "steps=9", "layers=2 'x y'", "fast=yes")));
    }

    [Fact]
    public void AScriptThatReadsItsArgumentsByItselfGetsThem()
    {
        using var project = new TempProject("train: {main: train.py, flags: {a: 1}}\n");
        project.Write("train.py", "import sys\na = 2\nprint(sys.argv[1:])\n");

        Assert.Equal("['--a', '1']", OutputOf(project, project.Run("train")));
    }

    [Fact]
    public void OptionsOfClickAreReadFromTheTextEvenWhereClickIsNotInstalled()
    {
        using var project = new TempProject(ImportsAll);
        project.Write(
            "train.py",
            """
            import click, module_that_nobody_has
            @click.command()
            @click.argument("path")
            @click.option("--lr", "-l", default=0.1, help="The rate")
            @click.option("--shout/--no-shout", default=True)
            @click.option("--fast", is_flag=True)
            @click.option("--opt", type=click.Choice(["a", "b"]), required=True)
            @click.option("--n", type=click.IntRange(1, 5))
            def main(**options): pass
            main()
            """);

        var imported = Import(project);

        Assert.Empty(imported.Warnings);
        var flags = imported.Operation.Flags.ToDictionary(f => f.Name, StringComparer.Ordinal);
        Assert.Equal(["fast", "lr", "n", "opt", "shout"], flags.Keys);
        Assert.Equal((FlagType.Float, 0.1, "The rate"), (flags["lr"].Type, flags["lr"].Default, flags["lr"].Description));
        Assert.Equal(("no-shout", false, true), (flags["shout"].ArgName, flags["shout"].ArgSwitch, flags["shout"].Default));
        Assert.Equal((true, 2), (flags["opt"].IsRequired, flags["opt"].Choices.Count));
        Assert.Equal((1, 5), (flags["n"].Minimum, flags["n"].Maximum));
        Assert.Equal("args:click", imported.Operation.FlagsDestination);
    }

    [Theory]
    [InlineData("def f(:\n", "line 1")]
    [InlineData("import argparse\ninput()\np = argparse.ArgumentParser()\np.add_argument(*['--a'])\np.parse_args()\n", "standard input")]
    [InlineData("import argparse, module_that_nobody_has\np = argparse.ArgumentParser()\np.add_argument(*['--a'])\np.parse_args()\n", "module_that_nobody_has")]
    [InlineData("import argparse\nraise SystemExit('enough')\np = argparse.ArgumentParser()\np.add_argument(*['--a'])\np.parse_args()\n", "enough")]
    [InlineData("import argparse, os\nos._exit(4)\np = argparse.ArgumentParser()\np.add_argument(*['--a'])\np.parse_args()\n", "exit code 4")]
    public void AScriptThatCannotBeReadIsAWarningThatSaysWhy(string script, string reason)
    {
        using var project = new TempProject(ImportsAll);
        project.Write("train.py", script);

        var warning = Assert.Single(Import(project).Warnings);

        Assert.Contains("'train.py'", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void AScriptThatTakesTooLongIsEndedWithAllThatItStarted()
    {
        using var project = new TempProject(ImportsAll);
        project.Write(
            "train.py",
            """
            import argparse, subprocess, sys, time
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            with open("child", "w") as file:
                file.write(str(child.pid))
            time.sleep(600)
            p = argparse.ArgumentParser()
            p.add_argument("--known")
            p.add_argument(*["--more"])
            p.parse_args()
            """);

        var imported = Import(project, "train", project.Context with { ScriptReadingLimit = TimeSpan.FromSeconds(4) });

        Assert.Contains("within 4 seconds", Assert.Single(imported.Warnings), StringComparison.Ordinal);
        Assert.Equal(["known"], imported.Operation.Flags.Select(f => f.Name));
        if (File.Exists(project.PathOf("child")) && int.TryParse(File.ReadAllText(project.PathOf("child")), out var child) && Directory.Exists("/proc"))
        {
            Assert.True(SpinWait.SpinUntil(() => IsGone(child), TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public void AMissingInterpreterIsAWarning()
    {
        using var project = new TempProject(ImportsAll);
        project.Write("train.py", "a = 1\n");
        project.Environment["GUILD_PYTHON_EXE"] = "/no/such/python";

        Assert.Contains("/no/such/python", Assert.Single(Import(project).Warnings), StringComparison.Ordinal);
    }

    private static bool IsGone(int process) =>
        !File.Exists($"/proc/{process}/stat") || File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Trim()[0] is 'Z' or 'X';

    private static ImportedOperation Import(TempProject project, string operation = "train", EngineContext? context = null) =>
        FlagImport.Of(project.Project, OperationResolver.Resolve(project.Project, operation), context ?? project.Context);

    private static string OutputOf(TempProject project, Run run)
    {
        Assert.True(run.ExitCode == 0, project.Events.ToString());
        return File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim();
    }
}
