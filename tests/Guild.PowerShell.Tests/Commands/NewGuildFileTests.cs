using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Guild files that are made from the scripts of a folder.</summary>
public sealed class NewGuildFileTests(SharedSession shared) : CommandTests(shared)
{
    private const string Script = "param([ValidateRange(1, 9)] [int] $Count = 2, [ValidateSet('low', 'loud')] [string] $Voice = 'low')\n\"$Count $Voice\"\n";

    [Fact]
    public void Scripts_of_both_languages_become_operations_that_list_and_run()
    {
        Write("new/say.ps1", Script);
        Write("new/train.py", "lr = 0.1\nprint('lr', lr)\n");
        Write("new/lib.ps1", "function Get-It { 1 }\n");
        Write("new/say.Tests.ps1", "Describe 'x' { }\n");

        var result = Run("New-GuildFile new");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(Path.Combine(Directory, "new", "guild.yml"), Assert.IsType<FileInfo>(Assert.Single(result.Output)!.BaseObject).FullName);
        Assert.Equal(["new:say Count,Voice", "new:train lr"], Texts("Get-GuildOperation -Path new | ForEach-Object { \"$($_.FullName) $($_.Flags.Name -join ',')\" }"));
        Assert.Equal(["lr 0.5"], Texts("(Invoke-GuildOperation train lr=0.5 -Path new -Quiet | Get-GuildRunOutput).Text"));
    }

    [Fact]
    public void Flags_are_those_of_the_script_without_a_Guild_file()
    {
        Write("new/say.ps1", Script);
        const string flags = "ForEach-Object Flags | ForEach-Object { \"$($_.Name) $($_.Type) $($_.Default) $($_.Minimum) $($_.Maximum) $($_.Choices -join ',')\" }";
        var alone = Texts($"Get-GuildHelp ./say.ps1 -Path new | {flags}");

        Assert.Equal(2, alone.Count);
        Assert.Equal(alone, Texts($"$null = New-GuildFile new; Get-GuildOperation say -Path new | {flags}"));
    }

    [Fact]
    public void The_file_can_be_piped_to_its_test() =>
        Assert.Equal(["True"], Texts("New-GuildFile -Force -WarningAction Ignore | Test-GuildFile"));

    [Fact]
    public void The_current_folder_gets_the_file_and_the_name_that_is_given()
    {
        Write("new/x.py", "print(1)\n");

        Assert.Equal(["nets"], Texts("Go \"$TestLocation/new\"; $null = New-GuildFile -Name nets; (Get-GuildModel).Name"));
    }

    [Fact]
    public void A_Guild_file_is_kept_and_the_other_folders_get_theirs()
    {
        Write("a/x.py", "print(1)\n");
        Write("b/x.py", "print(1)\n");
        Write("b/guild.yml", "mine: x\n");
        Write("c/x.py", "print(1)\n");

        var result = Run("'a', 'b', 'nowhere', 'c' | New-GuildFile");

        Assert.Equal(["a", "c"], result.Output.Select(o => Path.GetFileName(Path.GetDirectoryName(o!.ToString()))));
        Assert.Equal(
            [("GuildFileExists", ErrorCategory.ResourceExists, Path.Combine(Directory, "b", "guild.yml")), ("RequestInvalid", ErrorCategory.InvalidArgument, Path.Combine(Directory, "nowhere"))],
            result.Errors.Select(e => (IdOf(e), e.CategoryInfo.Category, TargetOf(e)!)));
        Assert.Equal("mine: x\n", File.ReadAllText(Path.Combine(Directory, "b", "guild.yml")));
    }

    [Fact]
    public void Force_replaces_the_file()
    {
        Write("x.py", "print(1)\n");

        Assert.Equal(["x"], Texts("$null = New-GuildFile -Force; (Get-GuildOperation).Name"));
    }

    [Fact]
    public void WhatIf_writes_nothing_and_runs_no_script()
    {
        Write("new/x.py", "open('ran', 'w')\nimport argparse\np = argparse.ArgumentParser()\nfor n in 'ab': p.add_argument('--' + n)\np.parse_args()\n");

        Assert.Empty(Texts("New-GuildFile new -WhatIf"));

        Assert.Equal(["x.py"], System.IO.Directory.EnumerateFileSystemEntries(Path.Combine(Directory, "new")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_script_that_cannot_be_read_is_a_warning_and_an_operation()
    {
        Write("new/broken.ps1", "param(\n  [int $x\n)\n");

        var result = Run("$null = New-GuildFile new; (Get-GuildOperation -Path new -WarningAction Ignore).Name");

        Assert.Equal(["broken"], result.Text);
        Assert.Contains("'broken.ps1' could not be read: it is no valid PowerShell: line 2", Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_scripts_gets_an_example_and_a_warning()
    {
        Write("new/notes.txt", "");

        var result = Run("New-GuildFile new | Test-GuildFile");

        Assert.Equal(["True"], result.Text);
        Assert.Contains("has no script", Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x]")]
    [InlineData("it's $new")]
    public void Odd_names_of_folders_are_taken_as_they_are(string folder)
    {
        Write($"{folder}/x.py", "print(1)\n");

        Assert.Equal(["True"], Texts("New-GuildFile -LiteralPath $args[0] | Test-GuildFile", folder));
    }

    [Fact]
    public void Wildcards_in_a_path_are_resolved()
    {
        Write("p1/x.py", "print(1)\n");
        Write("p2/x.py", "print(1)\n");

        Assert.Equal(["p1", "p2"], Texts("New-GuildFile p* | ForEach-Object { $_.Directory.Name }"));
    }

    [Fact]
    public void A_name_that_can_be_none_of_a_model_ends_the_command_before_anything_is_read()
    {
        var error = Error("New-GuildFile -Name a:b -Force");

        Assert.Equal(("RequestInvalid", "a:b"), (IdOf(error), TargetOf(error)));
        Assert.Equal(TestGuildFile.Text, File.ReadAllText(Path.Combine(Directory, "guild.yml")));
    }

    [Fact]
    public void What_is_read_is_shown_as_progress_that_ends()
    {
        Write("new/x.py", "print(1)\n");

        var progress = Run("New-GuildFile new").Progress;

        Assert.Equal("Reading scripts", progress[0].Activity);
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }
}
