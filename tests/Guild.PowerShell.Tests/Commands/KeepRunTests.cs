namespace Guild.PowerShell.Tests.Commands;

/// <summary>Export-GuildRun, Import-GuildRun, Get-GuildRunFile, Clear-GuildTrash, and what else Set-GuildRun changes.</summary>
public sealed class KeepRunTests : CommandTests
{
    public KeepRunTests(SharedSession shared)
        : base(shared)
    {
        Run("$null = Invoke-GuildOperation other -Label old -Tag a, b -Quiet; $null = Invoke-GuildOperation need -Quiet; $null = Invoke-GuildOperation n:other -Quiet");
    }

    [Theory]
    [InlineData("Get-GuildRun | Export-GuildRun out")]
    [InlineData("Get-GuildRun | Export-GuildRun out.zip -Move")]
    [InlineData("Import-GuildRun ready")]
    [InlineData("Import-GuildRun ready.zip")]
    [InlineData("Import-GuildRun ready -Move")]
    [InlineData("Clear-GuildTrash -Force")]
    [InlineData("Get-GuildRun -Deleted | Clear-GuildTrash -Force")]
    [InlineData("Set-GuildRun 1 -PrependLabel x -AppendLabel y -RemoveLabel z -ClearTag -SyncLabel -ClearComment -User me -Comment c")]
    public void WhatIf_changes_nothing(string command)
    {
        Run("Get-GuildRun 1 | Export-GuildRun ready; Get-GuildRun 1 | Export-GuildRun ready.zip; Remove-GuildRun 1");
        var before = (Store(), Entries("ready"));

        var result = Run($"{command} -WhatIf");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Empty(result.Output);
        Assert.Equal(before.Item1, Store());
        Assert.Equal(before.Item2, Entries("ready"));
        Assert.False(Path.Exists(Path.Combine(Directory, "out")) || Path.Exists(Path.Combine(Directory, "out.zip")));
    }

    [Fact]
    public void A_run_of_an_exported_folder_is_removed_and_that_of_the_home_is_not()
    {
        var ids = Texts("(Get-GuildRun).Id; Get-GuildRun | Export-GuildRun out > $null");

        Assert.Empty(Run("Get-GuildRun 1 -Archive out | Remove-GuildRun").Errors.Select(error => error.ToString()));

        Assert.Equal(ids, Texts("(Get-GuildRun).Id"));
        Assert.Equal(ids.Skip(1), Texts("(Get-GuildRun -Archive out).Id"));
        Assert.Equal([ids[0]], Texts("(Get-GuildRun -Deleted).Id"));
        Assert.Equal("RunStateInvalid", IdOf(Error("Get-GuildRun -Deleted | Remove-GuildRun")));
        Assert.Equal([ids[0]], Texts("(Get-GuildRun -Deleted).Id"));
    }

    [Fact]
    public void A_run_that_is_named_by_its_place_is_run_again()
    {
        Assert.Equal(["n:other"], Texts("Invoke-GuildOperation -Prototype 1 -Quiet | ForEach-Object Operation"));
        Assert.Equal(["n:other"], Texts("Invoke-GuildOperation -Prototype (Get-GuildRun 1).ShortId -Quiet | ForEach-Object Operation"));
        Assert.Equal(["5"], Texts("Export-GuildRun out 1:5; @(Get-GuildRun -Archive out).Count"));
    }

    [Fact]
    public void No_label_is_as_good_as_an_empty_one() =>
        Assert.Equal(["[]"], Texts("Set-GuildRun 3 -Label $null -PassThru | ForEach-Object { \"[$($_.Label)]\" }"));

    [Fact]
    public void Runs_of_an_exported_folder_are_got_where_they_are()
    {
        var ids = Texts("(Get-GuildRun).Id; Get-GuildRun | Export-GuildRun out -Move > $null");

        Assert.Empty(Texts("Get-GuildRun"));
        Assert.Equal(ids, Texts("(Get-GuildRun -Archive out).Id"));
        Assert.Equal(["1", "2", "3"], Texts("(Get-GuildRun -Archive out).Index"));
        Assert.Equal([ids[2]], Texts("(Get-GuildRun 3 -Archive out).Id"));
        Assert.Equal([ids[2]], Texts("(Get-GuildRun -Archive out -Label old).Id"));
        Assert.All(Texts("(Get-GuildRun -Archive out).Path"), path => Assert.StartsWith(Path.Combine(Directory, "out"), path, StringComparison.Ordinal));
        Assert.Equal(["new"], Texts("Get-GuildRun 3 -Archive out | Set-GuildRun -Label new; (Get-GuildRun 3 -Archive out).Label"));
        Assert.NotEmpty(Texts("Get-GuildRun 2 -Archive out | Get-GuildRunFile"));
        Assert.Equal("RunNotFound", IdOf(Error("Get-GuildRun zz -Archive out")));
    }

    [Theory]
    [InlineData("Get-GuildRun -Archive nowhere", "RunArchiveInvalid")]
    [InlineData("Get-GuildRun | Export-GuildRun out.zip > $null; Get-GuildRun -Archive out.zip", "RequestInvalid")]
    [InlineData("Get-GuildRun | Export-GuildRun out > $null; Get-GuildRun -Archive out -Deleted", "RequestInvalid")]
    public void What_is_no_folder_with_runs_is_refused(string script, string id) => Assert.Equal(id, IdOf(Error(script)));

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void Exported_runs_are_imported_again(string name)
    {
        var texts = Texts($$"""
            $ids = Get-GuildRun | ForEach-Object Id
            $exported = Get-GuildRun | Export-GuildRun {{name}} -PassThru
            $exported.Count
            ($exported | Where-Object { $_.Length -gt 0 -and $_.Path -eq "$TestLocation/{{name}}".Replace('\', '/') }).Count
            Remove-GuildRun : -Permanent -Force
            $back = Import-GuildRun {{name}}
            ($back | ForEach-Object Id) -join ' ' -eq $ids -join ' '
            @(Get-GuildRun).Count
            ($back | Where-Object Label -eq old).Tags -join ','
            """);

        Assert.Equal(["3", "3", "True", "3", "a,b"], texts);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void One_bad_run_among_three_is_one_error_and_the_others_are_exported(string name)
    {
        var result = Run($"'1', 'zz', '3' | Export-GuildRun {name} -PassThru");

        Assert.Equal(2, result.Output.Count);
        Assert.Null(result.Terminating);
        Assert.Equal(("RunNotFound", "zz"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Fact]
    public void One_bad_archive_and_one_bad_id_are_one_error_each()
    {
        Run("Get-GuildRun | Export-GuildRun one; Get-GuildRun | Export-GuildRun two.zip; Remove-GuildRun : -Permanent -Force");

        var result = Run("$null = 'one', 'nowhere', 'two.zip' | Import-GuildRun -Id 1, zz; @(Get-GuildRun).Count");

        Assert.Equal(["RunArchiveInvalid", "RunNotFound", "RunNotFound"], result.Errors.Select(IdOf).Order(StringComparer.Ordinal));
        Assert.Equal(["1"], result.Text);
        Assert.Contains("(RunExists)", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_an_archive_are_imported_by_its_name()
    {
        var ids = Texts("(Get-GuildRun).Id; guild archive 'my [old]' --create -y > $null");
        Assert.Empty(Texts("Get-GuildRun"));

        Assert.Equal([ids[2]], Texts("Import-GuildRun 'my [old]' 3 | ForEach-Object Id"));
        Assert.Equal(ids, Texts("Import-GuildRun 'my [old]' -WarningAction Ignore > $null; (Get-GuildRun).Id"));
        Assert.Contains("no archive of that name", Error("Import-GuildRun old").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_counts_before_an_archive_of_the_same_name()
    {
        Run("Get-GuildRun 1 | Export-GuildRun old; guild archive old --create -y > $null");

        Assert.Single(Texts("Import-GuildRun old"));
    }

    [Theory]
    [InlineData("out [1]")]
    [InlineData("out [1].zip")]
    public void A_name_with_brackets_is_that_of_a_file_too(string name)
    {
        var count = Assert.Single(Texts($"Get-GuildRun | Export-GuildRun '{name}'; Remove-GuildRun : -Permanent -Force; @(Import-GuildRun '{name}').Count"));

        Assert.Equal("3", count);
        Assert.Empty(Texts("Import-GuildRun 'none [1].zip'"));
    }

    [Fact]
    public void A_run_that_is_there_already_is_a_warning_with_an_id()
    {
        var result = Run("Get-GuildRun | Export-GuildRun out; Get-GuildRun 1 | Export-GuildRun out -PassThru; Import-GuildRun out");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(4, result.Warnings.Count);
        Assert.All(result.Warnings, warning => Assert.EndsWith("(RunExists).", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_export_gives_can_be_imported()
    {
        Assert.Equal(["1"], Texts("$e = Get-GuildRun 2 | Export-GuildRun out.zip -Move -PassThru; $null = Get-GuildRun 1 | Export-GuildRun out.zip; @($e | Import-GuildRun).Count"));
    }

    [Fact]
    public void A_destination_that_cannot_be_ends_the_command()
    {
        // Three runs come, and one error.
        Assert.Equal("RunArchiveInvalid", IdOf(Error("Get-GuildRun | Export-GuildRun guild.yml")));
    }

    [Fact]
    public void Files_have_kinds_and_links_take_no_room()
    {
        var texts = Texts("""
            $run = Get-GuildRun 2
            [IO.File]::WriteAllText("$($run.Path)/made.txt", 'made')
            $run | Get-GuildRunFile -Kind Dependency, Generated | ForEach-Object { "$($_.Path) $($_.Kind) $($_.Length) $($_.IsLink)" }
            $run | Get-GuildRunFile -Name MADE* | ForEach-Object { $_.FullName -eq [IO.Path]::Join($run.Path, 'made.txt') }
            @($run | Get-GuildRunFile -Kind Record).Count -gt 5
            @($run | Get-GuildRunFile | Where-Object Kind -eq Record).Count
            """);

        Assert.Equal(["data.txt Dependency 0 True", "made.txt Generated 4 False", "True", "True", "0"], texts);
    }

    [Fact]
    public void The_total_is_the_sum_of_the_files()
    {
        Assert.Equal(["True", "True"], Texts("""
            $run = Get-GuildRun 2
            $sum = 0
            $run | Get-GuildRunFile -IncludeRecord | ForEach-Object { $sum += $_.Length }
            $total = $run | Get-GuildRunFile -Total
            $total.Length -eq $sum -and $sum -gt 0
            $total.LinkCount -eq 1
            """));
    }

    [Fact]
    public void Files_of_two_good_runs_come_beside_the_error_of_a_bad_one()
    {
        var result = Run("'1', 'zz', '2' | Get-GuildRunFile -Total");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(("RunNotFound", "zz"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Fact]
    public void The_trash_is_cleared_of_what_is_named_and_what_was_freed_is_given()
    {
        var texts = Texts("""
            $first = (Get-GuildRun 1).Id
            Remove-GuildRun :
            $freed = Clear-GuildTrash 1 -Force -PassThru
            $freed.RunId -eq $first -and $freed.Length -gt 0
            @(Get-GuildRun -Deleted).Count
            Get-GuildRun -Deleted -Label old | Clear-GuildTrash -Force
            @(Get-GuildRun -Deleted).Count
            Clear-GuildTrash -Force
            @(Get-GuildRun -Deleted).Count
            """);

        Assert.Equal(["True", "2", "1", "0"], texts);
    }

    [Fact]
    public void Clearing_the_trash_asks_and_a_session_that_cannot_ask_deletes_nothing()
    {
        var result = Run("Remove-GuildRun 1; Clear-GuildTrash");

        Assert.NotEmpty(result.Errors);
        Assert.Equal(["1"], Texts("@(Get-GuildRun -Deleted).Count"));
    }

    [Fact]
    public void Only_what_was_deleted_long_ago_is_cleared()
    {
        var texts = Texts("""
            Remove-GuildRun 1, 2
            Clear-GuildTrash -OlderThan 30d -Force
            @(Get-GuildRun -Deleted).Count
            [IO.Directory]::SetLastWriteTimeUtc((Get-GuildRun 1 -Deleted).Path, [datetime]::UtcNow.AddDays(-31))
            Clear-GuildTrash -OlderThan 30d -Force
            @(Get-GuildRun -Deleted).Count
            """);

        Assert.Equal(["2", "1"], texts);
    }

    [Fact]
    public void A_run_that_was_not_deleted_is_never_cleared_and_one_bad_run_keeps_no_other()
    {
        var result = Run("""
            Remove-GuildRun 1
            $deleted = Get-GuildRun -Deleted
            $kept = Get-GuildRun 1
            $kept, $deleted | Clear-GuildTrash -Force
            'zz' | Clear-GuildTrash -Force
            @(Get-GuildRun).Count
            @(Get-GuildRun -Deleted).Count
            """);

        Assert.Equal(["RunStateInvalid", "RunNotFound"], result.Errors.Select(IdOf));
        Assert.Equal(["2", "0"], result.Text);
    }

    [Fact]
    public void Labels_tags_and_comments_are_changed_in_parts()
    {
        var texts = Texts("""
            $r = Set-GuildRun 3 -PrependLabel x -AppendLabel 'y z' -RemoveLabel old -ClearTag -AddTag c -SyncLabel -PassThru
            $r.Label
            $r.Tags -join ','
            Set-GuildRun 3 -Comment one -User ada@lab
            Set-GuildRun 3 -Comment two
            $r = Set-GuildRun 3 -Comment eins -EditComment 1 -RemoveComment 2 -PassThru
            $r.Comments | ForEach-Object { "$($_.Body) $($_.User) $($_.Host)" }
            @((Set-GuildRun 3 -ClearComment -PassThru).Comments).Count
            """);

        Assert.Equal(["c x y z", "c", "eins ada lab", "0"], texts);
    }

    [Theory]
    [InlineData("Get-GuildRun | Set-GuildRun -Label a -AppendLabel b")]
    [InlineData("Get-GuildRun | Set-GuildRun -EditComment 1")]
    [InlineData("Get-GuildRun | Set-GuildRun -EditComment 1 -Comment x -ClearComment")]
    public void Changes_that_contradict_each_other_end_the_command(string command)
    {
        Assert.Equal("RequestInvalid", IdOf(Error(command)));
    }

    private IReadOnlyList<string> Entries(string folder) =>
        [.. System.IO.Directory.EnumerateFileSystemEntries(Path.Combine(Directory, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
