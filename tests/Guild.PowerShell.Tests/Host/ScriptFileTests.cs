using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Host;

public sealed class ScriptFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("-Name|a b|-Fast|-Count|3", "a b;True;3;")]
    [InlineData("-Name:x|-Fast:$true", "x;True;1;")]
    [InlineData("-Fast:$false|-Name:|y", "y;False;1;")]
    [InlineData("first|2|rest|of it", "first;False;2;rest,of it")]
    [InlineData("-Name|$x|-Count|0x10", "$x;False;16;")]
    public void Arguments_are_read_as_pwsh_reads_them(string words, string expected)
    {
        ProcessRun run = Run("param([string] $Name, [int] $Count = 1, [switch] $Fast)\n\"$Name;$Fast;$Count;$($args -join ',')\"", words.Split('|'));

        Assert.Equal((0, expected + "\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("exit 5", 5)]
    [InlineData("exit 0", 0)]
    [InlineData("1", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("no-such-command\n1", 0)]
    [InlineData("param([int] $Count)", 1, "-Count", "many")]
    [InlineData("param([int] $Count) [CmdletBinding()]", 1)]
    public void The_exit_code_is_that_of_pwsh(string script, int expected, params string[] words)
    {
        Assert.Equal(expected, Run(script, words).ExitCode);
    }

    [Fact]
    public void A_program_that_fails_in_a_script_is_not_the_failure_of_the_script()
    {
        Assert.Equal(0, Run($"& '{BuiltFiles.Host}' no-such-word\n$null = $LASTEXITCODE").ExitCode);
        Assert.Equal(2, Run($"& '{BuiltFiles.Host}' no-such-word\nexit $LASTEXITCODE").ExitCode);
    }

    [Fact]
    public void A_script_knows_where_it_is()
    {
        ProcessRun run = Run("$PSScriptRoot\n$PSCommandPath\n$MyInvocation.MyCommand.Path");

        Assert.Equal([_directory.Path, Script, Script], run.Lines);
    }

    [Fact]
    public void A_file_that_is_no_script_is_a_bad_request()
    {
        ProcessRun run = ProcessRun.Guild("-File", Path.Combine(_directory.Path, "missing.ps1"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing.ps1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_in_the_name_of_a_file_are_no_wildcard()
    {
        string path = _directory.Write("[ab] c.ps1", "'here'");

        Assert.Equal("here\n", ProcessRun.Guild("-File", path).Output);
    }

    private string Script => Path.Combine(_directory.Path, "script.ps1");

    public void Dispose() => _directory.Dispose();

    private ProcessRun Run(string text, params string[] words)
    {
        _directory.Write("script.ps1", text);
        return ProcessRun.Guild(["-File", Script, .. words]);
    }
}
