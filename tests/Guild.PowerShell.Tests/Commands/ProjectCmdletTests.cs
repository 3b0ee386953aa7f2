namespace Guild.PowerShell.Tests.Commands;

/// <summary>Get-GuildOperation, Get-GuildModel, Get-GuildResource and Get-GuildHelp.</summary>
public sealed class ProjectCmdletTests(SharedSession shared) : CommandTests(shared)
{
    [Theory]
    [InlineData("", "m:both m:fail m:gone m:lost m:need m:other m:say m:scalars m:wait n:other n:twin nn:twin")]
    [InlineData("-Force say, _*", "m:_hidden m:say")]
    [InlineData("_hidden", "m:_hidden")]
    [InlineData("OTHER", "m:other n:other")]
    [InlineData("n:*", "n:other n:twin")]
    [InlineData("-Name 'z*'", "")]
    [InlineData("-Path guild.yml n:twin", "n:twin")]
    public void Operations_are_listed(string words, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Texts($"Get-GuildOperation {words} | ForEach-Object FullName").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void An_operation_says_what_the_Guild_file_says()
    {
        var texts = Texts("""
            $o = Get-GuildOperation m:say
            $o.Name; $o.Model; $null -eq $o.Package; $o.Description; $null -eq $o.Main; $o.Exec -like 'dotnet *'; $o.IsDefault; $o.ProjectPath -eq $TestLocation
            (Get-GuildOperation need).Requires
            """);

        Assert.Equal(["say", "m", "True", "Prints its arguments\n\nOne a line.", "True", "True", "True", "True", "data", "earlier"], texts);
    }

    [Fact]
    public void A_flag_says_what_the_Guild_file_says()
    {
        var texts = Texts("""
            $flags = (Get-GuildOperation m:say).Flags
            $count = $flags | Where-Object Name -eq count
            $count.Description; $count.Type; $count.Default; $count.Default.GetType().Name; $count.Required; $count.Minimum; $count.Maximum; $count.Choices.Count
            ($flags | Where-Object Name -eq kind).Choices.Value -join ','
            """);

        Assert.Equal(["How often", "int", "1", "Int32", "False", "0", "10", "0", "plain,two words"], texts);
    }

    [Fact]
    public void One_name_that_is_not_there_is_one_error_with_the_nearest_first()
    {
        var result = Run("'say', 'sai', 'wait' | Get-GuildOperation");

        Assert.Equal(["m:say", "m:wait"], result.Text);
        var error = Assert.Single(result.Errors);
        Assert.Equal(("OperationNotFound", "sai"), (IdOf(error), TargetOf(error)));
        Assert.Contains("'say'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Models_are_listed()
    {
        Assert.Equal(["m True", "n False", "nn False"], Texts("Get-GuildModel | ForEach-Object { \"$($_.Name) $($_.IsDefault)\" }"));
        Assert.Equal(["n", "nn"], Texts("Get-GuildModel N* | ForEach-Object Name"));
        Assert.Equal("ModelNotFound", IdOf(Error("Get-GuildModel zz")));
    }

    [Fact]
    public void Resources_are_listed()
    {
        Assert.Equal(["m:data file:data.txt m:need", "m:earlier operation:say m:need"], Texts("Get-GuildResource | ForEach-Object { \"$($_.FullName) $($_.Sources) $($_.RequiredBy)\" }"));
        Assert.Equal("ResourceNotFound", IdOf(Error("Get-GuildResource zz")));
    }

    [Theory]
    [InlineData("", "project")]
    [InlineData("n", "model")]
    [InlineData("m:say", "operation")]
    [InlineData("say", "operation")]
    public void Help_is_of(string name, string kind)
    {
        Assert.Equal([kind], Texts($"(Get-GuildHelp {name}).Kind"));
    }

    [Fact]
    public void Help_on_an_operation_names_the_flags_that_only_the_table_reaches()
    {
        var text = Texts("\"$(Get-GuildHelp m:say)\"")[0];

        Assert.Contains("Prints its arguments", text, StringComparison.Ordinal);
        Assert.Contains("-Flag", text, StringComparison.Ordinal);
        Assert.Contains("count", text, StringComparison.Ordinal);
        Assert.Contains("tag", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_on_one_bad_name_among_three_is_one_error()
    {
        var result = Run("'say', 'nope', 'other' | Get-GuildHelp");

        Assert.Equal(2, result.Output.Count);
        Assert.Null(result.Terminating);
        Assert.Equal(("OperationNotFound", "nope"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Fact]
    public void Operations_come_to_help_by_the_pipeline()
    {
        Assert.Equal(["m:say", "n:twin"], Texts("Get-GuildOperation say, n:twin | Get-GuildHelp | ForEach-Object Name"));
    }

    [Fact]
    public void Folders_are_found_with_wildcards_from_the_sessions_location()
    {
        WriteProjects();

        Assert.Equal(["one", "two"], Texts("Get-GuildOperation -Path p* | ForEach-Object Name"));
        Assert.Equal(["one", "two"], Texts("Get-GuildOperation -Path p1, p2/guild.yml | ForEach-Object Name"));
        Assert.Equal(["one", "two"], Texts("[IO.DirectoryInfo]::new($TestLocation).GetDirectories('p*') | Get-GuildOperation -LiteralPath { $_.FullName } | ForEach-Object Name"));
    }

    [Fact]
    public void A_literal_path_has_no_wildcards()
    {
        WriteProjects();
        Write("q[1]/guild.yml", "odd:\n  exec: x\n");

        Assert.Equal(["odd"], Texts("Get-GuildOperation -LiteralPath 'q[1]' | ForEach-Object Name"));
        Assert.Equal("GuildFileNotFound", IdOf(Error("Get-GuildOperation -LiteralPath p*")));
    }

    [Fact]
    public void Files_of_the_pipeline_are_projects()
    {
        WriteProjects();

        Assert.Equal(["one", "two"], Texts("'p1', 'p2' | ForEach-Object { [pscustomobject]@{ PSPath = ('FileSystem::{0}/{1}/guild.yml' -f $TestLocation, $_) } } | Get-GuildOperation | ForEach-Object Name"));
    }

    [Fact]
    public void One_bad_folder_among_three_is_one_error()
    {
        WriteProjects();

        var result = Run("Get-GuildOperation -Path p1, none, p2");

        Assert.Equal(["one", "two"], result.Text);
        Assert.Null(result.Terminating);
        Assert.Equal("GuildFileNotFound", IdOf(Assert.Single(result.Errors)));
    }

    [Fact]
    public void A_drive_of_the_session_is_a_place_like_any_other()
    {
        WriteProjects();

        Assert.Equal(["one"], Texts("$null = $ExecutionContext.SessionState.Drive.New([System.Management.Automation.PSDriveInfo]::new('GuildTest', $ExecutionContext.SessionState.Provider.GetOne('FileSystem'), $TestLocation, '', $null), 'Global'); Get-GuildOperation -Path GuildTest:/p1 | ForEach-Object Name; $ExecutionContext.SessionState.Drive.Remove('GuildTest', $true, 'Global')"));
    }

    [Fact]
    public void A_project_whose_name_has_brackets_is_found_by_path()
    {
        Write("q [1]/guild.yml", "odd:\n  exec: x\n");
        Write("q 1/guild.yml", "even:\n  exec: x\n");

        Assert.Equal(["even"], Texts("Get-GuildOperation -Path 'q [1]' | ForEach-Object Name"));
        Assert.Equal(["odd"], Texts("Get-GuildOperation -Path 'q `[1`]' | ForEach-Object Name"));
        System.IO.Directory.Delete(Path.Combine(Directory, "q 1"), recursive: true);
        Assert.Equal(["odd"], Texts("Get-GuildOperation -Path 'q [1]' | ForEach-Object Name"));
        Assert.Equal(["True"], Texts("Test-GuildFile 'q [1]'"));
        Assert.Equal(["q [2]"], Texts("$null = [IO.Directory]::CreateDirectory(\"$TestLocation/q [2]\"); New-GuildFile 'q [2]' -WarningAction Ignore | ForEach-Object { $_.Directory.Name }"));
    }

    [Fact]
    public void A_plan_does_nothing()
    {
        var before = Store();

        var texts = Texts("$p = Get-GuildPlan say -count 2 -Label 'n=${count}' -Tag t; $p.Operation; $p.Flags.count; $p.Label; $p.Tags; $p.Command[0]; $p.Environment['FLAG_COUNT']; $p.RunsPath");

        Assert.Equal(["m:say", "2", "n=2", "t", "dotnet", "2", Path.Combine(Home, "runs")], texts.Select(t => t.EndsWith("dotnet", StringComparison.Ordinal) ? "dotnet" : t));
        Assert.Equal(before, Store());
    }

    [Fact]
    public void A_plan_tells_what_is_missing()
    {
        Assert.Equal(["False"], Texts("$null -eq (Get-GuildPlan gone).Resources[0].Problem"));
    }

    [Fact]
    public void Plans_of_the_pipeline_are_one_an_operation()
    {
        Assert.Equal(["m:say", "n:twin"], Texts("Get-GuildOperation say, n:twin | Get-GuildPlan | ForEach-Object Operation"));
    }

    private void WriteProjects()
    {
        Write("p1/guild.yml", "one:\n  exec: x\n");
        Write("p2/guild.yml", "two:\n  exec: x\n");
    }
}
