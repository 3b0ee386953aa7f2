namespace Guild.PowerShell.Tests.Commands;

public sealed class ScriptParameterTests(SharedSession shared) : CommandTests(shared)
{
    [Theory]
    [InlineData("[ValidateRange(1, 10)] [int] $X = 2", "X int =2 1..10")]
    [InlineData("[ValidateRange(-0.5, 0.5)] [double] $X", "X float -0.5..0.5")]
    [InlineData("[ValidateRange('Positive')] [int] $X", "X int 1..")]
    [InlineData("[ValidateRange('Positive')] [double] $X", "X float 0..")]
    [InlineData("[ValidateRange([System.Management.Automation.ValidateRangeKind]::NonNegative)] [int] $X", "X int 0..")]
    [InlineData("[ValidateRange('Negative')] [int] $X", "X int ..-1")]
    [InlineData("[ValidateRange('NonPositive')] [long] $X", "X int ..0")]
    [InlineData("[ValidateSet('a', 'b')] [string] $X = 'a'", "X string =a [a,b]")]
    [InlineData("[ValidateSet(1, 2)] [int] $X", "X int [1,2]")]
    [InlineData("[ValidateSet('Monday', 'Friday')] [DayOfWeek] $X = 'Friday'", "X auto =Friday [Monday,Friday]")]
    [InlineData("[DayOfWeek] $X", "X auto [Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday]")]
    [InlineData("[IO.FileAttributes] $X", "X auto")]
    [InlineData("[ValidateNotNullOrEmpty()] [string] $X = 'x'", "X string =x")]
    [InlineData("[Alias('Rate', 'r')] [double] $X = 0.1", "X float =0.1 alias Rate")]
    [InlineData("[switch] $X", "X boolean =False")]
    [InlineData("[bool] $X = $true", "X boolean =True")]
    [InlineData("[string[]] $X = @('a', 'b c')", "X string =a 'b c'")]
    [InlineData("[int[]] $X = (1, 2)", "X int")]
    [InlineData("[int[]] $X = @(3)", "X int =3")]
    [InlineData("[Nullable[int]] $X", "X int")]
    [InlineData("[Parameter(Mandatory)] [string] $X", "X string required")]
    [InlineData("[Parameter(Mandatory = $false)] [string] $X", "X string")]
    [InlineData("$X = -1.5e-3", "X auto =-0.0015")]
    [InlineData("$X = \"$HOME\"", "X auto")]
    public void A_parameter_is_a_flag_with_what_is_written_of_it(string parameter, string expected)
    {
        Write("op.ps1", $"param({parameter})\n");

        Assert.Equal([expected], Flags());
    }

    [Fact]
    public void A_parameter_that_only_some_parameter_sets_need_is_not_required()
    {
        Write("op.ps1", """
            [CmdletBinding(DefaultParameterSetName = 'File')]
            param(
                [Parameter(Mandatory, ParameterSetName = 'File')] [string] $File,
                [Parameter(Mandatory, ParameterSetName = 'Text')] [string] $Text,
                [Parameter(Mandatory, ParameterSetName = 'File')] [Parameter(Mandatory, ParameterSetName = 'Text')] [int] $Count
            )
            """);

        Assert.Equal(["Count int required", "File string", "Text string"], Flags());
    }

    [Fact]
    public void A_comment_before_a_parameter_says_what_it_means()
    {
        Write("op.ps1", """
            param(
                # How fast it learns,
                # between 0 and 1
                [double] $Rate = 0.1, # of all
                [int] $Plain,
                <# How often #> [int] $Count,

                # Far away

                [int] $Far
            )
            """);

        Assert.Equal(
            ["Count=How often", "Far=", "Plain=", "Rate=How fast it learns, between 0 and 1"],
            Texts("(Get-GuildHelp ./op.ps1).Flags | ForEach-Object { \"$($_.Name)=$($_.Description -replace \"`n\", ' ')\" }"));
    }

    [Fact]
    public void Names_and_choices_of_a_script_are_taken_in_any_case()
    {
        Write("op.ps1", "param([int] $Epochs = 1, [ValidateSet('Adam', 'Sgd')] [string] $Solver = 'Sgd', [Alias('lr')] [double] $Rate = 0.1)\n");

        Assert.Equal(
            ["5 Adam 0.5"],
            Texts("$f = (Get-GuildPlan ./op.ps1 -Flag @{ EPOCHS = 5; solver = 'ADAM'; LR = 0.5 }).Flags; \"$($f.Epochs) $($f.Solver) $($f.Rate)\""));
        Assert.Equal(["7 Sgd 0.2"], Texts("$f = (Get-GuildPlan ./op.ps1 epochs=7 rate=0.2).Flags; \"$($f.Epochs) $($f.Solver) $($f.Rate)\""));
        Assert.Contains("must be one of Adam, Sgd", Error("Get-GuildPlan ./op.ps1 -Flag @{ solver = 'other' }").ToString(), StringComparison.Ordinal);
        Assert.Contains("Epoch", Error("Get-GuildPlan ./op.ps1 -Flag @{ epoch = 5 }").ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Names_of_a_program_that_is_no_PowerShell_are_taken_as_they_are()
    {
        Write("op.py", "epochs = 1\n");

        Assert.Contains("'EPOCHS'", Error("Get-GuildPlan ./op.py -Flag @{ EPOCHS = 5 }").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Guild_file_that_changes_between_two_commands_is_read_again()
    {
        Write("guild.yml", "op: {exec: 'true', flags: {a: 1}}\n");

        Assert.Equal(
            ["1 2 3"],
            Texts("""
                $first = (Get-GuildPlan op).Flags.a
                [IO.File]::WriteAllText("$TestLocation/guild.yml", "op: {exec: 'true', flags: {a: 2, zeta: 1}}")
                $plan = Get-GuildPlan op -zeta 3
                "$first $($plan.Flags.a) $($plan.Flags.zeta)"
                """));
    }

    [Fact]
    public void A_Guild_file_that_changes_while_runs_come_by_the_pipeline_is_read_again_for_each()
    {
        Write("guild.yml", "op: {exec: 'true', flags: {a: 1}}\n");

        Assert.Equal(
            ["1", "2"],
            Texts("""
                & { 'op'; [IO.File]::WriteAllText("$TestLocation/guild.yml", "op: {exec: 'true', flags: {a: 2}}"); 'op' } |
                    Get-GuildPlan | ForEach-Object { "$($_.Flags.a)" }
                """));
    }

    private IReadOnlyList<string> Flags() => Texts("""
        foreach ($f in (Get-GuildHelp ./op.ps1).Flags) {
            "$($f.Name) $($f.Type)" + $(if ($f.Required) { ' required' }) + $(if ($null -ne $f.Default) { " =$($f.Default)" }) + $(if ($f.Alias) { " alias $($f.Alias)" }) +
                $(if ($f.Choices) { " [$($f.Choices -join ',')]" }) + $(if ($null -ne $f.Minimum -or $null -ne $f.Maximum) { " $($f.Minimum)..$($f.Maximum)" })
        }
        """);
}
