using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Charts of what runs logged.</summary>
public sealed class ShowGuildScalarTests : CommandTests
{
    private readonly string _first;
    private readonly string _second;

    public ShowGuildScalarTests(SharedSession shared)
        : base(shared)
    {
        Write("guild.yml", $"""
            - model: m
              sourcecode: no
              operations:
                up:
                  label: rising
                  exec: 'dotnet "{BuiltFiles.TestProgram}" print "loss: 1" "acc: 7" "loss: 2" "loss: 3" "sys/cpu: 5"'
                down:
                  exec: 'dotnet "{BuiltFiles.TestProgram}" print "loss: 3" "loss: nan" "loss: 1"'
                quiet:
                  exec: 'dotnet "{BuiltFiles.TestProgram}" print nothing'
            """);
        _first = Assert.Single(Texts("(Invoke-GuildOperation up -Quiet).ShortId"));
        _second = Assert.Single(Texts("(Invoke-GuildOperation down -Quiet).ShortId"));
    }

    [Fact]
    public void Runs_are_lines_of_one_chart()
    {
        Assert.Equal(
            [
                "loss, by step",
                "3 +*                              +++++",
                "  |                       ++++++++",
                "2 +              +++++++++",
                "  |     +++++++++",
                "1 ++++++                              *",
                "  ++-----------------+----------------+",
                "   0                 1                2",
                $"**  {_second}  m:down  1",
                "    (not drawn: 1 NaN of 3)",
                $"++  {_first}  rising  3",
            ],
            Texts("Show-GuildScalar 1, 2 loss -Style Ascii -Width 39 -Height 5"));
    }

    [Fact]
    public void Each_scalar_but_those_of_the_system_has_a_chart()
    {
        Assert.Equal(["loss, by step", "acc, by step"], Titles("Show-GuildScalar 2"));
        Assert.Equal(["loss, by step", "acc, by step", "sys/cpu, by step"], Titles("Show-GuildScalar 2 -AllScalar"));
        Assert.Equal(["sys/cpu, by step"], Titles("Show-GuildScalar 2 sys/*"));
        Assert.Equal(["acc, by step"], Titles("Show-GuildScalar 2 A*"));
        Assert.Single(Texts("Show-GuildScalar 2"), "");
    }

    [Fact]
    public void Runs_come_by_the_pipeline_and_each_is_drawn_once()
    {
        var lines = Texts("Get-GuildRun | Show-GuildScalar -Name loss; 2, 2, 1 | Show-GuildScalar -Name acc");

        Assert.Equal([_second, _first, _first], lines.SelectMany(line => line.Split(' ').Where(word => word == _first || word == _second)));
    }

    [Fact]
    public void Values_can_be_drawn_by_time()
    {
        Assert.Equal(["loss, by time since the first value"], Titles("Show-GuildScalar 1 loss -Axis RelativeTime"));
        Assert.StartsWith("loss, by time from 2", Assert.Single(Titles("Show-GuildScalar 1 loss -Axis Time")), StringComparison.Ordinal);
    }

    [Fact]
    public void Smoothing_and_logarithms_are_said_and_done()
    {
        var lines = Texts("Show-GuildScalar 2 loss -Style Ascii -Smoothing 0.5 -LogScale -Width 40 -Height 5");

        Assert.Equal("loss, logarithmic, smoothed by 0.5, b...", lines[0][..40]);
        Assert.StartsWith("2 +", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("rising  3", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_scalar_has_is_an_error_with_those_that_there_are()
    {
        var error = Error("Show-GuildScalar 2 los");

        Assert.Equal(("ScalarNotFound", "los"), (IdOf(error), TargetOf(error)));
        Assert.Equal("No scalar 'los' in the run. There are: loss, acc, sys/cpu.", error.ToString());
        Assert.Empty(Texts("Show-GuildScalar 2 los*x"));
    }

    [Fact]
    public void One_run_that_is_not_found_is_one_error_and_the_others_are_drawn()
    {
        var result = Run("Show-GuildScalar zz, 1 loss");

        Assert.Equal("RunNotFound", IdOf(Assert.Single(result.Errors)));
        Assert.Contains(result.Text, line => line.Contains(_second, StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_without_scalars_are_told_of()
    {
        var result = Run("Invoke-GuildOperation quiet -Quiet | Show-GuildScalar");

        Assert.Equal(["None of the runs has scalars."], result.Warnings);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-Smoothing 1", "ParameterArgumentValidationError")]
    [InlineData("-Width 3", "ParameterArgumentValidationError")]
    [InlineData("-Height 1", "ParameterArgumentValidationError")]
    [InlineData("-Axis Depth", "CannotConvertArgumentNoMessage")]
    public void What_makes_no_chart_is_refused(string parameter, string id) => Assert.Equal(id, IdOf(Error($"Show-GuildScalar 1 loss {parameter}")));

    [Fact]
    public void A_terminal_gets_colours_and_a_file_gets_none()
    {
        var script = $$"""
            $null = $ExecutionContext.SessionState.Path.SetLocation('{{Directory}}')
            Import-Module '{{BuiltFiles.Manifest}}'
            Show-GuildScalar 1 loss -Style Ascii -Width 60 -Height 2
            """;

        Assert.Contains($"\u001b[36m**\u001b[0m  {_second}", HostRun.ScriptAtTerminal(script).Output, StringComparison.Ordinal);
        Assert.Contains($"\n**  {_second}", HostRun.Script(script).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_the_status_of_runs_in_colours()
    {
        var script = $$"""
            $null = $ExecutionContext.SessionState.Path.SetLocation('{{Directory}}')
            Import-Module '{{BuiltFiles.Manifest}}'
            Get-GuildRun 1
            """;

        Assert.Contains("\u001b[32mcompleted\u001b[0m", HostRun.ScriptAtTerminal(script).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", HostRun.Script(script).Output, StringComparison.Ordinal);
    }

    private IEnumerable<string> Titles(string script) => Texts($"{script} -Style Ascii").Where(line => line.Contains(", by ", StringComparison.Ordinal));
}
