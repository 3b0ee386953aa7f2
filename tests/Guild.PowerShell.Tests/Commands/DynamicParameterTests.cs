using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

public sealed class DynamicParameterTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void Flags_of_the_operation_are_parameters()
    {
        var names = ParametersOf("m:say");

        Assert.Superset(new HashSet<string> { "text", "count", "rate", "flip", "kind" }, names);
        Assert.DoesNotContain("only-here", names);
        Assert.Contains("only-here", ParametersOf("m:other"));
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("x.y")]
    public void A_flag_whose_name_is_taken_or_cut_by_the_parser_is_not_a_parameter(string name)
    {
        Assert.DoesNotContain(name, ParametersOf("m:say"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("o", "is a prefix of a parameter")]
    [InlineData("Verbose", "is common to all cmdlets")]
    [InlineData("infa", "is an alias that is common to all cmdlets")]
    [InlineData("optimizer", "is a parameter's own")]
    [InlineData("remote", "is reserved")]
    [InlineData("1st", "starts with a digit")]
    public void A_flag_is_not_a_parameter_if_its_name(string name, string reason)
    {
        Write("guild.yml", $"op:\n  exec: dotnet x\n  flags:\n    '{name}': 1\n    free: 2\n");

        var names = ParametersOf("op");

        Assert.Contains("free", names);
        Assert.False(names.Contains(name) && !IsOwn(name), reason);

        static bool IsOwn(string name) => name is "Verbose" or "optimizer";
    }

    [Fact]
    public void A_flag_that_is_no_parameter_is_given_by_the_table()
    {
        Assert.Equal(["t 2"], Texts("$f = (Get-GuildPlan say -Flag @{ tag = 't'; 'x.y' = 2 }).Flags; \"$($f.tag) $($f['x.y'])\""));
    }

    [Fact]
    public void Flags_whose_names_differ_in_case_only_are_no_parameters_and_are_given_by_the_table()
    {
        Write("guild.yml", "op:\n  exec: dotnet x\n  flags:\n    c: 1\n    C: 2\n    free: 3\n");

        Assert.Contains("free", ParametersOf("op"));
        Assert.DoesNotContain("c", ParametersOf("op"), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["1 5"], Texts("$p = (Get-GuildPlan op -Flag @{ C = 5 }).Flags; \"$($p['c']) $($p['C'])\""));
        Assert.Contains("-Flag @{ 'C' = VALUE }", Error("Get-GuildPlan op -C 5").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_message_is_the_flags_description_and_the_type_is_any()
    {
        var parameter = Assert.IsAssignableFrom<ParameterMetadata>(Assert.Single(Run("(Get-Command Invoke-GuildOperation -ArgumentList say).Parameters['count']").Output)!.BaseObject);

        Assert.Equal(typeof(object), parameter.ParameterType);
        Assert.Contains("How often", parameter.Attributes.OfType<ParameterAttribute>().Single().HelpMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_does_not_exist_is_answered_with_the_nearest()
    {
        var error = Error("Invoke-GuildOperation say -coutn 3");

        Assert.Equal(("FlagInvalid", "coutn"), (IdOf(error), TargetOf(error)));
        Assert.Contains("-count", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_that_has_the_name_of_a_parameter_is_answered_with_how_to_give_it()
    {
        Write("guild.yml", "op:\n  exec: dotnet x\n  flags:\n    optimizer: sgd\n");

        var error = Error("Invoke-GuildOperation op -optimizer adam");

        Assert.Contains("-Flag @{ 'optimizer' = VALUE }", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_no_assignment_is_an_error()
    {
        var error = Error("Invoke-GuildOperation say count");

        Assert.Equal(("RequestInvalid", "count"), (IdOf(error), TargetOf(error)));
    }

    [Fact]
    public void A_parameter_for_an_operation_of_the_pipeline_needs_its_value()
    {
        var error = Error("Get-GuildOperation m:other | Invoke-GuildOperation -only-here");

        Assert.Equal(("FlagInvalid", "only-here"), (IdOf(error), TargetOf(error)));
    }

    [Fact]
    public void Where_there_is_no_project_there_are_no_flags_and_no_error()
    {
        var result = Run("Go /; (Get-Command Invoke-GuildOperation).Parameters.Keys");

        Assert.Empty(result.Errors);
        Assert.Contains("Flag", result.Text);
    }

    [Fact]
    public void A_Guild_file_that_cannot_be_read_gives_no_flags_and_one_error_when_it_is_run()
    {
        Write("guild.yml", "- model: [\n");

        Assert.Empty(Run("(Get-Command Invoke-GuildOperation -ArgumentList say).Parameters.Count").Errors);
        Assert.Equal("GuildFileInvalid", IdOf(Error("Invoke-GuildOperation say -count 2")));
    }

    [Fact]
    public void A_change_of_the_Guild_file_is_seen_at_once()
    {
        ParametersOf("m:say");
        Write("guild.yml", TestGuildFile.Text.Replace("count:", "times:", StringComparison.Ordinal));

        Assert.Contains("times", ParametersOf("m:say"));
    }

    private HashSet<string> ParametersOf(string operation) => [.. Texts("(Get-Command Invoke-GuildOperation -ArgumentList $args[0]).Parameters.Keys", operation)];
}
