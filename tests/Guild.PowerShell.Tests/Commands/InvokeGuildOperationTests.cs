
namespace Guild.PowerShell.Tests.Commands;

public sealed class InvokeGuildOperationTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void The_run_is_all_that_comes_out()
    {
        var result = Run("Invoke-GuildOperation say -Quiet");

        Assert.Empty(result.Errors);
        Assert.Equal("Guild.PowerShell.GuildRun", Assert.Single(result.Output)!.BaseObject.GetType().FullName);
    }

    [Fact]
    public void Without_a_name_the_default_operation_is_run()
    {
        Assert.Equal(["m:say completed 0"], Texts("$r = Invoke-GuildOperation -Quiet; \"$($r.Operation) $($r.Status) $($r.ExitCode)\""));
    }

    [Fact]
    public void The_properties_of_a_run_have_the_documented_types()
    {
        var run = Assert.Single(Run("Invoke-GuildOperation say -Quiet -Tag a").Output)!;

        Assert.IsType<DateTimeOffset>(Value("Started"));
        Assert.IsType<DateTimeOffset>(Value("Stopped"));
        Assert.IsType<TimeSpan>(Value("Duration"));
        Assert.Equal(((TimeSpan)Value("Duration")!).TotalSeconds, Value("DurationSeconds"));
        Assert.IsType<int>(Value("ExitCode"));
        Assert.IsType<string>(Value("Status"));
        Assert.IsType<string[]>(Value("Tags"));
        Assert.IsType<string[]>(Value("Command"));
        Assert.IsType<bool>(Value("Marked"));
        Assert.IsAssignableFrom<System.Collections.IDictionary>(Value("Flags"));
        Assert.IsAssignableFrom<System.Collections.IDictionary>(Value("Scalars"));
        Assert.Matches("^[0-9a-f]{32}$", (string)Value("Id")!);
        Assert.Equal(((string)Value("Id")!)[..8], Value("ShortId"));
        Assert.Equal(Path.Combine(Home, "runs", (string)Value("Id")!), Value("Path"));
        Assert.Equal(Directory, Value("ProjectPath"));

        object? Value(string name) => run.Properties[name].Value;
    }

    [Fact]
    public void Flags_of_a_run_read_as_properties_in_any_case()
    {
        Assert.Equal(["3", "3", "3"], Texts("$r = Invoke-GuildOperation say -Flag @{ count = 3 } -Quiet; $r.Flags.count; $r.flags.COUNT; $r.Flags['Count']"));
    }

    [Fact]
    public void Scalars_of_a_run_are_their_last_values()
    {
        Assert.Equal(["0.25"], Texts("(Invoke-GuildOperation scalars -Quiet).Scalars.loss"));
    }

    [Fact]
    public void Three_operations_of_the_pipeline_are_run_and_the_bad_one_in_the_middle_is_an_error_of_its_own()
    {
        var result = Run("'say', 'nope', 'other' | Invoke-GuildOperation -Quiet");

        Assert.Equal(["m:say", "m:other"], result.Output.Select(r => r!.Properties["Operation"].Value));
        var error = Assert.Single(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Equal(("OperationNotFound", "nope"), (IdOf(error), TargetOf(error)));
    }

    [Fact]
    public void An_operation_that_is_named_and_not_there_ends_the_command()
    {
        Assert.Equal(["OperationNotFound,Guild.PowerShell.Commands.InvokeGuildOperationCommand", "nope"], Texts("try { Invoke-GuildOperation nope } catch { $_.FullyQualifiedErrorId; $_.TargetObject }"));
    }

    [Fact]
    public void Operation_objects_are_run_with_the_flags_of_the_command_line()
    {
        Assert.Equal(["m:other 7"], Texts("Get-GuildOperation m:other | Invoke-GuildOperation -only-here 7 -Quiet | ForEach-Object { \"$($_.Operation) $($_.Flags.'only-here')\" }"));
    }

    [Fact]
    public void An_operation_object_is_taken_by_name_too()
    {
        Assert.Equal(["m:other 7"], Texts("$o = Get-GuildOperation m:other; Go /; Invoke-GuildOperation -InputObject $o -only-here 7 -WhatIf; Go $TestLocation; $r = Invoke-GuildOperation -InputObject $o -only-here 7 -Quiet; \"$($r.Operation) $($r.Flags.'only-here')\""));
    }

    [Fact]
    public void Rows_are_run_by_their_operation()
    {
        Assert.Equal(["n:other"], Texts("[pscustomobject]@{ Operation = 'n:other'; Note = 'x' } | Invoke-GuildOperation -Quiet | ForEach-Object Operation"));
    }

    [Theory]
    [InlineData("-Flag @{ text = '123' }", "--text", "123", typeof(string))]
    [InlineData("-text '123'", "--text", "123", typeof(string))]
    [InlineData("-text 1e-3", "--text", "0.001", typeof(double))]
    [InlineData("-text 12", "--text", "12", typeof(int))]
    [InlineData("-text 0.5d", "--text", "0.5", typeof(double))]
    [InlineData("-text $true", "--text", "1", typeof(bool))]
    [InlineData("-text '1e-3'", "--text", "1e-3", typeof(string))]
    [InlineData("text=1e-3", "--text", "0.001", typeof(double))]
    [InlineData("text=yes", "--text", "1", typeof(bool))]
    [InlineData("text=abc", "--text", "abc", typeof(string))]
    [InlineData("-count 2", "--count", "2", typeof(int))]
    [InlineData("-count '2'", "--count", "2", typeof(int))]
    [InlineData("-COUNT 2", "--count", "2", typeof(int))]
    public void Values_keep_their_type(string words, string option, string argument, Type type)
    {
        var run = Assert.Single(Run($"Invoke-GuildOperation say {words} -Quiet").Output)!;
        var command = (string[])run.Properties["Command"].Value;
        var flags = (System.Collections.IDictionary)run.Properties["Flags"].Value;

        Assert.Equal(argument, command[Array.IndexOf(command, option) + 1]);
        Assert.Equal(type, flags[option[2..]]!.GetType());
    }

    [Fact]
    public void All_bad_flags_are_told_at_once()
    {
        var error = Error("Invoke-GuildOperation say -Flag @{ count = 99; kind = 'none'; zzz = 1 }");

        Assert.Equal("FlagInvalid", IdOf(error));
        Assert.All(["count", "kind", "zzz"], name => Assert.Contains(name, error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Force_passes_on_a_flag_that_is_not_declared()
    {
        Assert.Equal(["1"], Texts("(Invoke-GuildOperation say -Flag @{ zzz = 1 } -Force -Quiet).Flags.zzz"));
    }

    [Fact]
    public void WhatIf_shows_the_plan_and_leaves_the_store_as_it_was()
    {
        Run("Invoke-GuildOperation say -Quiet");
        var before = Store();

        var result = Run("Invoke-GuildOperation say -count 2 -WhatIf");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Equal(before, Store());
    }

    [Theory]
    [InlineData("$first | Invoke-GuildOperation -Quiet", "m:say 3 hi")]
    [InlineData("Invoke-GuildOperation -Prototype $first -Quiet", "m:say 3 hi")]
    [InlineData("Invoke-GuildOperation -Prototype $first -count 4 -Quiet", "m:say 4 hi")]
    [InlineData("$first | Invoke-GuildOperation -Flag @{ text = 'ho' } -Quiet", "m:say 3 ho")]
    [InlineData("Invoke-GuildOperation m:other -Prototype $first -Quiet", "m:other  ")]
    public void A_run_is_run_again_with_its_flags(string words, string expected)
    {
        Assert.Equal(
            [expected],
            Texts($"$first = Invoke-GuildOperation say -count 3 -text hi -Quiet; Go $TestElsewhere; $again = {words}; \"$($again.Operation) $($again.Flags['count']) $($again.Flags['text'])\""));
    }

    [Fact]
    public void A_prototype_whose_project_is_gone_is_an_error_of_that_run()
    {
        var result = Run("$first = Invoke-GuildOperation say -Quiet; [System.IO.File]::Delete(\"$($first.ProjectPath)/guild.yml\"); $first | Invoke-GuildOperation");

        Assert.Equal("GuildFileNotFound", IdOf(Assert.Single(result.Errors)));
    }

    [Fact]
    public void A_staged_run_is_started_later()
    {
        Assert.Equal(
            ["staged", "", "completed", "True"],
            Texts("$s = Invoke-GuildOperation say -Stage; $s.Status; \"$($s.ExitCode)\"; $r = $s | Start-GuildRun -Quiet; $r.Status; $r.Id -eq $s.Id"));
    }

    [Fact]
    public void A_run_directory_of_the_users_own_is_relative_to_the_sessions_location()
    {
        Assert.Equal([Path.Combine(Directory, "mine"), "0"], Texts("(Invoke-GuildOperation say -RunDirectory mine -Quiet).Path; @(Get-GuildRun).Count"));
    }

    [Fact]
    public void Label_tags_and_comment_are_recorded()
    {
        Assert.Equal(
            ["n=2", "a,b", "why"],
            Texts("Invoke-GuildOperation say -count 2 -Label 'n=${count}' -Tag a, b -Comment why -Quiet | ForEach-Object { $_.Label; $_.Tags -join ','; $_.Comments.Body }"));
    }

    [Fact]
    public void Resources_are_named_by_path_by_file_by_run_and_by_id()
    {
        Write("else/other.txt", "x");
        Write("else/data.txt", "y");
        var result = Texts("""
            $say = Invoke-GuildOperation say -Quiet
            $null = Invoke-GuildOperation say -Quiet
            [IO.File]::ReadAllText((Invoke-GuildOperation need -Resource @{ data = 'else/data.txt' } -Quiet).Path + '/data.txt')
            [IO.File]::ReadAllText((Invoke-GuildOperation need -Resource @{ data = [IO.FileInfo]::new("$TestLocation/else/data.txt") } -Quiet).Path + '/data.txt')
            foreach ($given in $say, $say.Id, $say.ShortId) {
                (Get-GuildPlan need -Resource @{ earlier = $given }).Flags.'operation:say' -eq $say.Id
            }
            """);

        Assert.Equal(["y", "y", "True", "True", "True"], result);
    }

    [Fact]
    public void A_project_elsewhere_is_named_by_a_path_relative_to_the_sessions_location()
    {
        Write("sub folder [1]/guild.yml", $"hi:\n  exec: dotnet {Hosting.BuiltFiles.TestProgram} print hi\n  sourcecode: no\n");

        Assert.Equal(["hi"], Texts("(Invoke-GuildOperation hi -Path 'sub folder [1]' -Quiet).Operation"));
    }

    [Fact]
    public void An_ordered_table_and_a_plain_one_give_the_same_flags()
    {
        Assert.Equal(
            ["count kind rate tag text x.y flip".Split(' ').Order(StringComparer.Ordinal).Aggregate((a, b) => $"{a} {b}")],
            Texts("\"$((Get-GuildPlan say -Flag ([ordered]@{ text = 'b'; count = 1 })).Flags.Keys)\""));
    }

    [Fact]
    public void The_current_directory_of_the_process_means_nothing()
    {
        Assert.NotEqual(Directory, Environment.CurrentDirectory);

        Assert.Equal([Directory], Texts("(Invoke-GuildOperation say -Quiet).ProjectPath"));
    }
}
