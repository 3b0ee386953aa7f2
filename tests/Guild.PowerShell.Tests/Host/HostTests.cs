using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Host;

public sealed class HostTests
{
    [Fact]
    public void Words_go_to_the_module()
    {
        ProcessRun run = ProcessRun.Guild("--version");

        Assert.Equal((0, $"guild {BuiltFiles.ModuleVersion}\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void The_exit_code_of_words_is_what_the_module_left()
    {
        Assert.Equal(2, ProcessRun.Guild("no-such-word").ExitCode);
    }

    [Fact]
    public void An_error_of_words_is_told_as_one_of_guild_and_not_of_the_cmdlet_behind_it()
    {
        ProcessRun run = ProcessRun.Guild("-C", Path.GetTempPath(), "run", "no-such-operation", "-y");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("guild: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Invoke-GuildCommand", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_run_and_its_results_are_shown()
    {
        HostRun run = HostRun.Script("1 + 1; 'two'");

        Assert.Equal((0, "2\ntwo\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void The_words_after_the_text_are_part_of_it()
    {
        Assert.Equal("3\n", HostRun.Guild("-Command", "1", "+", "2").Output);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("1; exit", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("no-such-command", 1)]
    [InlineData("no-such-command; 1", 0)]
    public void Text_ends_with_the_exit_code(string text, int expected)
    {
        Assert.Equal(expected, HostRun.Script(text).ExitCode);
    }

    [Theory]
    [InlineData("no-such-command", "no-such-command")]
    [InlineData("throw 'what went wrong'", "what went wrong")]
    [InlineData("$Host.UI.WriteWarningLine('careful')", "WARNING: careful")]
    [InlineData("$Host.UI.WriteVerboseLine('by the way')", "VERBOSE: by the way")]
    [InlineData("$Host.UI.WriteErrorLine('oh')", "oh")]
    public void What_is_no_result_goes_to_standard_error(string text, string expected)
    {
        HostRun run = HostRun.Script(text);

        Assert.Equal("", run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_and_progress_are_left_out_where_no_terminal_is()
    {
        HostRun run = HostRun.Script("""
            $Host.UI.WriteProgress(1, [System.Management.Automation.ProgressRecord]::new(1, 'working', 'on it'))
            "$($PSStyle.Foreground.Red)red$($PSStyle.Reset)"
            no-such-command
            """);

        Assert.Equal("red\n", run.Output);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.DoesNotContain("working", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_colours_and_the_latest_progress()
    {
        HostRun run = HostRun.ScriptAtTerminal("""
            $Host.UI.WriteProgress(1, [System.Management.Automation.ProgressRecord]::new(1, 'working', 'on it'))
            "$($PSStyle.Foreground.Red)red$($PSStyle.Reset)"
            """);

        Assert.StartsWith("\u001b[31mred", run.Output, StringComparison.Ordinal);
        Assert.Equal("\r\u001b[Kworking: on it\r\u001b[K", run.Error);
    }

    [Fact]
    public void What_a_program_wrote_to_its_standard_error_goes_to_ours()
    {
        HostRun run = HostRun.Script("""
            function Show { [CmdletBinding()] param($Text, $Tag)
                $message = [System.Management.Automation.HostInformationMessage]@{ Message = $Text }
                $PSCmdlet.WriteInformation($message, [string[]]('PSHOST', $Tag)) }
            Show out GuildOutput; Show err GuildError; Show again GuildOutput
            """);

        Assert.Equal(("out\nagain\n", "err\n"), (run.Output, run.Error));
    }

    [Fact]
    public void A_question_is_answered_from_standard_input()
    {
        const string Script = "$Host.UI.PromptForChoice('Sure?', '', [System.Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No'), 0)";

        Assert.Equal("1\n", ProcessRun.Finish(ProcessRun.StartGuild("-Command", Script), "perhaps\nn\n").Output);
        Assert.Equal("0\n", ProcessRun.Finish(ProcessRun.StartGuild("-Command", Script), "\n").Output);
    }

    [Fact]
    public void A_question_that_nobody_answers_is_an_error()
    {
        ProcessRun run = ProcessRun.Script("$Host.UI.PromptForChoice('Sure?', '', [System.Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No'), 0)");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nobody to answer", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_that_are_started_see_the_environment_as_it_was()
    {
        string before = Environment.GetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT") ?? "";

        Assert.Equal($"[{before}]\n", ProcessRun.Script("\"[$env:POWERSHELL_TELEMETRY_OPTOUT]\"").Output);
    }
}
