using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>What a run writes to which stream.</summary>
public sealed class RunStreamTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void The_programs_output_goes_to_the_information_stream_with_tags_of_its_stream()
    {
        var result = Run("$run = Invoke-GuildOperation both; $run");

        Assert.Single(result.Output);
        Assert.Equal(["xxxx", "xxxx", "xxxx", "xxxx"], result.InformationText);
        Assert.All(result.Information, r => Assert.IsType<HostInformationMessage>(r.MessageData));
        Assert.All(result.Information, r => Assert.Contains("PSHOST", r.Tags));
        Assert.Equal(2, result.Information.Count(r => r.Tags.Contains("GuildOutput")));
        Assert.Equal(2, result.Information.Count(r => r.Tags.Contains("GuildError")));
    }

    [Theory]
    [InlineData("Invoke-GuildOperation other -Quiet")]
    [InlineData("Invoke-GuildOperation other -InformationAction Ignore")]
    [InlineData("$InformationPreference = 'Ignore'; Invoke-GuildOperation other")]
    public void Nothing_is_shown_but_all_is_recorded(string command)
    {
        var result = Run($"$r = & {{ {command} }}; $r | Get-GuildRunOutput | ForEach-Object Text");

        Assert.Empty(result.Information);
        Assert.Equal(["other"], result.Text);
    }

    [Fact]
    public void Of_a_flood_each_line_is_shown_or_counted_as_left_out_and_the_last_is_shown()
    {
        const int Lines = 300_000;
        Write("flood.py", $"import sys\nsys.stdout.write(''.join(f'line {{i}}\\n' for i in range({Lines})))\n");
        Write("guild.yml", "flood: {main: flood}\n");

        var result = Run("$r = Invoke-GuildOperation flood; ($r | Get-GuildRunOutput -Tail 1).Text");

        var leftOut = result.Warnings.Sum(text => int.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

        // A line that was not finished yet when it was shown comes in pieces, of which the last one ends it.
        var shown = result.Information.Count(record => record.MessageData is HostInformationMessage { NoNewLine: not true });
        Assert.Equal(Lines, shown + leftOut);
        Assert.Equal($"line {Lines - 1}", result.InformationText.Last());
        Assert.Equal([$"line {Lines - 1}"], result.Text);
    }

    [Fact]
    public void Output_can_be_collected_in_a_variable()
    {
        Assert.Equal(["other"], Texts("$null = Invoke-GuildOperation other -InformationVariable said; $said.MessageData.Message"));
    }

    [Fact]
    public void A_failed_operation_gives_the_run_and_then_one_error_about_it()
    {
        var result = Run("Invoke-GuildOperation fail; 'goes on'");

        Assert.Null(result.Terminating);
        Assert.Equal(["error", "goes on"], result.Output.Select(o => o!.Properties["Status"]?.Value ?? o.BaseObject));
        var error = Assert.Single(result.Errors);
        Assert.Equal("OperationFailed,Guild.PowerShell.Commands.InvokeGuildOperationCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.OperationStopped, error.CategoryInfo.Category);
        Assert.Equal(result.Output[0]!.BaseObject, error.TargetObject);
        Assert.Contains("exit code 3", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Get-GuildRunOutput", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_ErrorAction_Stop_the_run_is_the_target_of_what_is_caught()
    {
        Assert.Equal(
            ["m:fail", "3", "3"],
            Texts("try { $null = Invoke-GuildOperation fail -ErrorAction Stop } catch { $_.TargetObject.Operation; $_.TargetObject.ExitCode; $_.Exception.ExitCode }"));
    }

    [Fact]
    public void Success_leaves_no_error_and_failure_is_seen_by_the_shell()
    {
        Assert.Equal(
            ["True", "False"],
            Texts("$null = Invoke-GuildOperation other -Quiet; $?; $null = Invoke-GuildOperation fail -Quiet -ErrorAction SilentlyContinue; $?; $Error.Clear()"));
    }

    [Fact]
    public void A_program_that_is_not_there_leaves_nothing_behind_when_that_is_known_before_the_run()
    {
        var result = Run("Invoke-GuildOperation lost -Quiet");
        var error = Assert.Single(result.Errors);

        Assert.Equal("ProgramNotStarted", IdOf(error));
        Assert.Contains("no-such-program-anywhere", error.ToString(), StringComparison.Ordinal);
        Assert.All(result.Output, run => Assert.Equal("error", run!.Properties["Status"].Value));
    }

    [Fact]
    public void A_resource_that_is_not_there_ends_the_run_with_an_error_and_the_output_says_why()
    {
        var result = Run("Invoke-GuildOperation gone -Quiet");
        var run = Assert.Single(result.Output)!;
        var error = Assert.Single(result.Errors);

        Assert.Equal("error", run.Properties["Status"].Value);
        Assert.Equal("ResourceNotResolved", IdOf(error));
        Assert.Equal(run.BaseObject, error.TargetObject);
        Assert.Contains("nowhere.txt", string.Join('\n', Texts("Get-GuildRunOutput 1 | ForEach-Object Text")), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_of_the_Guild_file_are_warnings()
    {
        Write("guild.yml", $"op:\n  exec: dotnet {Hosting.BuiltFiles.TestProgram} print x\n  sourcecode: no\n  no-such-attribute: 1\n");

        var result = Run("Invoke-GuildOperation op -Quiet");

        Assert.Empty(result.Errors);
        Assert.Contains("no-such-attribute", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_names_the_run()
    {
        var result = Run("Invoke-GuildOperation other -Quiet -Verbose");

        Assert.Contains(result.Verbose, text => text.Contains((string)result.Output[0]!.Properties["Id"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_verbose_nothing_is_told()
    {
        var result = Run("Invoke-GuildOperation other -Quiet");

        Assert.Empty(result.Verbose);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Every_progress_bar_is_taken_away_again()
    {
        var result = Run("Invoke-GuildOperation need -Quiet");

        Assert.NotEmpty(result.Progress);
        Assert.Equal(
            result.Progress.Select(p => p.ActivityId).Distinct().Order(),
            result.Progress.Where(p => p.RecordType == ProgressRecordType.Completed).Select(p => p.ActivityId).Distinct().Order());
    }

    [Fact]
    public void Merged_streams_are_recorded_as_one()
    {
        Assert.Equal(["Output"], Texts("Invoke-GuildOperation both -MergeStream -Quiet | Get-GuildRunOutput | ForEach-Object { \"$($_.Stream)\" }").Distinct());
    }
}
