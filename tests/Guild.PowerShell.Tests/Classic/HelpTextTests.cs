using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class HelpTextTests
{
    [Theory]
    [InlineData("run --help", "Usage: guild run [OPTIONS] [[MODEL:]OPERATION] [FLAG=VAL]...")]
    [InlineData("train --help", "Usage: guild train [OPTIONS] [MODEL] [FLAG=VAL]...")]
    [InlineData("runs --help", "Usage: guild runs [OPTIONS] [COMMAND] [ARGS]...")]
    [InlineData("runs rm --help", "Usage: guild runs delete [OPTIONS] [RUN]...")]
    [InlineData("ops --help", "Usage: guild operations [OPTIONS] [FILTER]...")]
    [InlineData("version --help", "Usage: guild version [OPTIONS]")]
    public void Help_begins_with_the_usage(string line, string usage) => Assert.Equal(usage, Lines(line)[0]);

    [Fact]
    public void Options_stand_in_two_columns_under_a_heading()
    {
        string[] lines = Lines("models --help");
        int heading = Array.IndexOf(lines, "Options:");
        Assert.Equal(
            [
                "  -a, --all        List private ones too.",
                "  -v, --verbose    Show details.",
                "  -i, --installed  List those of installed packages too. Where there is no",
                "                   project they are listed anyway.",
                "  --help           Show this message and exit.",
                "",
            ],
            lines[(heading + 1)..(heading + 7)]);
    }

    [Fact]
    public void Values_and_opposites_are_shown_with_their_option()
    {
        string[] lines = Lines("runs --help");
        Assert.Contains(lines, line => line.StartsWith("  -Fo, --operation VAL ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  -Sr, --running / --not-running  Only", StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_are_listed_with_their_synonyms()
    {
        Assert.Contains("  operations, ops  List operations.", Lines("--help"));
        Assert.Contains("  delete, rm  Delete runs.", Lines("runs --help"));
    }

    [Fact]
    public void What_is_not_in_this_version_is_not_in_help()
    {
        Assert.DoesNotContain("--debug-sourcecode", string.Join('\n', Lines("run --help")), StringComparison.Ordinal);
        Assert.DoesNotContain("tensorboard", string.Join('\n', Lines("--help")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("runs --help")]
    [InlineData("label --help")]
    public void No_line_is_wider_than_a_terminal(string line) => Assert.DoesNotContain(Lines(line), text => text.Length > 78 || text.EndsWith(' '));

    private static string[] Lines(string line) => CommandLines.Read<ShowHelpCommand>(line).Text.Split('\n');
}
