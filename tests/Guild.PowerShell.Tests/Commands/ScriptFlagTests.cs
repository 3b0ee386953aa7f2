namespace Guild.PowerShell.Tests.Commands;

public sealed class ScriptFlagTests(SharedSession shared) : CommandTests(shared)
{
    private const string Script = """
        <#
        .SYNOPSIS
            Says hello.
        .PARAMETER Name
            Who is greeted.
        #>
        param(
            [Parameter(Mandatory)] [string] $Name,
            [ValidateRange(1, 5)] [int] $Count = 2,
            [ValidateSet('loud', 'low')] [string] $Voice = 'low',
            [Parameter(HelpMessage = 'How fast')] [double] $Rate = -1.5,
            [switch] $Polite,
            [string[]] $Words = @('a', 'b c'),
            [datetime] $When = (Get-Date)
        )
        Set-Content ran 'this file must not be there'
        """;

    [Fact]
    public void Parameters_of_a_PowerShell_script_are_flags_without_running_it()
    {
        Write("hello.ps1", Script);

        Assert.Equal(
            [
                "Count int 2 False 1 5",
                "Name string True Who is greeted.",
                "Polite boolean False False",
                "Rate float -1.5 False How fast",
                "Voice string low False loud,low",
                "When auto False",
                "Words string a 'b c' False",
            ],
            Texts("(Get-GuildHelp ./hello.ps1).Flags | ForEach-Object { \"$($_.Name) $($_.Type) $($_.Default) $($_.Required) $($_.Minimum) $($_.Maximum) $($_.Choices -join ',') $($_.Description)\" }").Select(Squeezed));
        Assert.Equal(["Says hello."], Texts("(Get-GuildHelp hello.ps1).Description"));
        Assert.False(File.Exists(Path.Combine(Directory, "ran")));
    }

    [Fact]
    public void Parameters_of_a_script_are_parameters_of_the_command()
    {
        Write("hello.ps1", Script);

        Assert.Superset(new HashSet<string> { "Name", "Count", "Voice", "Rate", "Polite", "Words", "When" }, ParametersOf("./hello.ps1"));
        Assert.Equal(["Ada 3"], Texts("$f = (Get-GuildPlan ./hello.ps1 -Name Ada -Count 3).Flags; \"$($f.Name) $($f.Count)\""));
    }

    [Fact]
    public void A_script_that_is_no_PowerShell_is_a_warning_that_says_where()
    {
        Write("hello.ps1", "param(\n  [int $x\n)\n");

        var run = Run("Get-GuildHelp ./hello.ps1 -WarningVariable w -WarningAction SilentlyContinue | Out-Null; \"$w\"");

        Assert.Contains("'hello.ps1': it is no valid PowerShell: line 2", run.Output[0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_says_where_flags_come_from()
    {
        Write("guild.yml", "op: {main: train.py, flags-import: yes, flags: {own: 1}}\n");
        Write("train.py", "lr = 0.1\n");

        Assert.Equal(["lr train.py", "own "], Texts("(Get-GuildOperation op).Flags | ForEach-Object { \"$($_.Name) $($_.ImportedFrom)\" }"));
        Assert.Contains("From: train.py", Texts("(Get-GuildHelp op).Text").Single(), StringComparison.Ordinal);
        Assert.Contains("From: train.py", string.Join('\n', Texts("guild run op --help-op")), StringComparison.Ordinal);
    }

    [Fact]
    public void Imported_flags_are_completed_and_taken_as_parameters()
    {
        Write("train.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--solver', choices=['sgd', 'adam'], default='sgd')\nprint(p.parse_args().solver)\n");

        Assert.Contains("solver", ParametersOf("train.py"));
        Assert.Equal(["adam"], Texts("(TabExpansion2 'Get-GuildPlan train.py -solver a').CompletionMatches.CompletionText"));
        Assert.Equal(["adam completed"], Texts("$r = Invoke-GuildOperation train.py -solver adam -Quiet; \"$($r.Flags.solver) $($r.Status)\""));
    }

    [Fact]
    public void The_classic_words_run_a_script_too()
    {
        Write("train.py", "lr = 0.1\nprint('lr is', lr)\n");

        Assert.Contains("train.py lr=0.5", string.Join(' ', Texts("guild run train.py lr=0.5 -y --quiet; $r = Get-GuildRun -First 1; \"$($r.Operation) $($r.Label)\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_operation_that_help_gives_of_a_script_can_be_piped_on()
    {
        Write("train.py", "lr = 0.1\n");

        Assert.Equal(["0.3"], Texts("$p = 'train.py' | Get-GuildPlan -Flag @{ lr = 0.3 }; \"$($p.Flags.lr)\""));
    }

    private HashSet<string> ParametersOf(string operation) => [.. Texts("(Get-Command Invoke-GuildOperation -ArgumentList $args[0]).Parameters.Keys", operation)];

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
