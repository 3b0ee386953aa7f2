using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class ClassicCommandLineTests
{
    [Fact]
    public void No_words_show_the_help_of_guild()
    {
        string text = CommandLines.Read<ShowHelpCommand>("").Text;
        Assert.StartsWith("Usage: guild [OPTIONS] COMMAND [ARGS]...\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    [InlineData("--debug --version")]
    public void The_version_is_an_option_and_a_command(string line) => CommandLines.Read<VersionCommand>(line);

    [Fact]
    public void Options_before_the_command_hold_for_all_of_it()
    {
        GlobalOptions globals = CommandLines.Request("-C ./project -H=/home/guild --debug models").Globals;
        Assert.Equal(new GlobalOptions { ProjectPath = "./project", HomePath = "/home/guild", IsDebug = true }, globals);
    }

    [Fact]
    public void The_project_option_behind_the_command_is_not_that_of_guild() =>
        Assert.StartsWith("unrecognized option '-C'\n", CommandLines.Problem("run -C ."), StringComparison.Ordinal);

    [Theory]
    [InlineData("operations")]
    [InlineData("ops")]
    public void A_synonym_means_the_same_command(string name) =>
        Assert.Equal(DefinitionKind.Operation, CommandLines.Read<ListDefinitionsCommand>(name).Kind);

    [Fact]
    public void Lists_of_definitions_take_filters_and_switches()
    {
        ListDefinitionsCommand command = CommandLines.Read<ListDefinitionsCommand>("models mnist -v ./x -a");
        Assert.Equal(DefinitionKind.Model, command.Kind);
        Assert.Equal(["mnist", "./x"], command.Filters);
        Assert.True(command.IsVerbose);
        Assert.True(command.ShowsAll);
    }

    [Fact]
    public void Resources_can_be_listed() => Assert.Equal(DefinitionKind.Resource, CommandLines.Read<ListDefinitionsCommand>("resources").Kind);

    [Fact]
    public void What_there_is_of_resources_can_be_listed_and_of_nothing_else()
    {
        Assert.True(CommandLines.Read<ListDefinitionsCommand>("resources --status").ShowsStatus);
        Assert.False(CommandLines.Read<ListDefinitionsCommand>("resources").ShowsStatus);
        Assert.Throws<ClassicUsageException>(() => CommandLines.Read<ListDefinitionsCommand>("models --status"));
    }

    [Fact]
    public void Help_and_check_are_commands()
    {
        Assert.Equal("pkg", CommandLines.Read<ProjectHelpCommand>("help -n pkg").Path);
        Assert.Null(CommandLines.Read<ProjectHelpCommand>("help").Path);
        Assert.True(CommandLines.Read<CheckCommand>("check -v").IsVerbose);
    }

    [Theory]
    [InlineData("frobnicate", "unrecognized command 'frobnicate'\nTry 'guild --help' for more information.")]
    [InlineData("opertaions", "unrecognized command 'opertaions' (did you mean operations?)\nTry 'guild --help' for more information.")]
    [InlineData("runs frobnicate", "unrecognized command 'frobnicate'\nTry 'guild runs --help' for more information.")]
    [InlineData("run --xyz", "unrecognized option '--xyz'\nTry 'guild run --help' for more information.")]
    [InlineData("run --labex=1", "unrecognized option '--labex' (did you mean --label?)\nTry 'guild run --help' for more information.")]
    [InlineData("ops -x", "unrecognized option '-x'\nTry 'guild operations --help' for more information.")]
    [InlineData("run -yx", "unrecognized option '-x'\nTry 'guild run --help' for more information.")]
    [InlineData("runs -Zo=train", "unrecognized option '-Zo'\nTry 'guild runs --help' for more information.")]
    [InlineData("help a b", "unexpected extra argument 'b'\nTry 'guild help --help' for more information.")]
    [InlineData("run -l", "option '-l' requires a value\nTry 'guild run --help' for more information.")]
    [InlineData("run --yes=1", "option '--yes' takes no value\nTry 'guild run --help' for more information.")]
    public void What_is_not_understood_is_said_with_a_way_to_help(string line, string message) => Assert.Equal(message, CommandLines.Problem(line));

    [Theory]
    [InlineData("view", "'guild view' is not in this version\nTry 'guild --help' for more information.")]
    [InlineData("tb --port 1", "'guild tensorboard' is not in this version\nTry 'guild --help' for more information.")]
    [InlineData("runs push", "'guild runs push' is not in this version\nTry 'guild runs --help' for more information.")]
    public void A_command_of_Guild_that_is_not_here_is_known_by_name(string line, string message) => Assert.Equal(message, CommandLines.Problem(line));

    [Fact]
    public void A_required_argument_that_is_missing_is_named()
    {
        CommandSpec command = new()
        {
            Names = ["copy"],
            Summary = "Copy.",
            Arguments = [new("FROM", "FROM", ArgumentKind.Required), new("TO", "TO", ArgumentKind.Required)],
            Read = static _ => new VersionCommand(),
        };
        ClassicUsageException error = Assert.Throws<ClassicUsageException>(() => ClassicCommandLine.ReadCommand(command, "guild copy", ["a"], static (_, _) => null));
        Assert.Equal("missing argument for TO\nTry 'guild copy --help' for more information.", error.Message);
    }

    [Fact]
    public void Every_command_that_the_documents_of_Guild_name_is_known()
    {
        string[] names =
        [
            "run", "train", "runs", "label", "stop", "diff", "export", "import", "pull", "push", "archive", "comment", "mark", "merge", "publish", "tag", "cat", "ls",
            "open", "compare", "view", "tensorboard", "tb", "tensorflow", "tf", "models", "operations", "ops", "resources", "packages", "package", "install", "uninstall",
            "search", "help", "check", "init", "shell", "download", "index", "test", "new", "remote", "remotes", "sync", "watch", "sys", "serve", "select",
            "completion", "api",
        ];
        Assert.DoesNotContain(names, name => ClassicCommandLine.Root.Find(name) is null);
    }

    [Fact]
    public void No_command_declares_a_name_twice()
    {
        Check(ClassicCommandLine.Root);

        static void Check(CommandSpec command)
        {
            IEnumerable<string> names = command.Options.SelectMany(o => o.Names.Concat(o.NegativeNames));
            Assert.Empty(names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"{command.Name} {g.Key}"));
            Assert.Empty(command.Commands.SelectMany(c => c.Names).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key));
            Assert.All(command.Commands, Check);
        }
    }

    [Theory]
    [InlineData("run --help")]
    [InlineData("run train x=1 --help")]
    [InlineData("runs --help")]
    [InlineData("runs list --help")]
    [InlineData("runs -a list --help")]
    [InlineData("-? run")]
    public void Help_is_shown_wherever_it_is_asked_for(string line) => CommandLines.Read<ShowHelpCommand>(line);
}
