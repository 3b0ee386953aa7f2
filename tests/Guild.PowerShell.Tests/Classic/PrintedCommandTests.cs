using System.Diagnostics;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class PrintedCommandTests
{
    [Fact]
    public void Words_are_quoted_where_they_must_be() =>
        Assert.Equal(
            "/usr/bin/python -um train --lr 0.1 \"\" \"a b\" '$HOME' \"it's\" 'say \"it'\\''s\"'",
            PrintedCommand.Line(["/usr/bin/python", "-um", "train", "--lr", "0.1", "", "a b", "$HOME", "it's", "say \"it's\""]));

    [Fact]
    public void The_environment_is_sorted_and_quoted() =>
        Assert.Equal(
            ["export A=\"1 2\"", "export B=x", "export a=\"\""],
            PrintedCommand.EnvironmentLines([new("a", ""), new("B", "x"), new("A", "1 2")]));

    [Theory]
    [InlineData("a\\b `id` $x")]
    [InlineData("wow! 'it' \"is\"")]
    [InlineData("two\nlines")]
    [InlineData("*;&|<>(){}[]#~?")]
    [InlineData("学習 é")]
    public void A_shell_reads_the_same_word_back(string word)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf %s {PrintedCommand.Quote(word)}"]) { RedirectStandardOutput = true })!;
        Assert.Equal(word, shell.StandardOutput.ReadToEnd());
    }
}
