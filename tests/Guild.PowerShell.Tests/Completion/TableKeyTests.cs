using System.Collections;
using System.Management.Automation;
using Guild.PowerShell.Tests.Commands;

namespace Guild.PowerShell.Tests.Completion;

/// <summary>Keys of the hashtables that are given for -Flag and -Resource.</summary>
public sealed class TableKeyTests : CompletionTests
{
    // PowerShell sorts what it completes with a cmdlet of a module that a hosted session has not.
    private const string Sorting = """
        if (-not (Get-Module Microsoft.PowerShell.Utility)) {
            New-Module -Name Microsoft.PowerShell.Utility -ScriptBlock { function Sort-Object($Property, [switch] $Unique) { $input } } | Import-Module -Global
        }
        """;

    public TableKeyTests(SharedSession shared)
        : base(shared)
    {
        Texts(Sorting);
    }

    [Theory]
    [InlineData("Invoke-GuildOperation m:say -Flag @{ ", "count flip kind rate tag text 'x.y'")]
    [InlineData("Invoke-GuildOperation m:say -Flag @{", "count flip kind rate tag text 'x.y'")]
    [InlineData("Invoke-GuildOperation m:say -Flag @{ count = 1; ", "flip kind rate tag text 'x.y'")]
    [InlineData("Invoke-GuildOperation m:say -Flag @{ count = 1;", "flip kind rate tag text 'x.y'")]
    [InlineData("Invoke-GuildOperation m:say -Flag @{ count = 1\n", "flip kind rate tag text 'x.y'")]
    [InlineData("Invoke-GuildOperation m:say -Flag @{ count = 1; t", "tag text")]
    [InlineData("Invoke-GuildOperation -Operation m:say -Quiet -Flag:@{ t", "tag text")]
    [InlineData("Invoke-GuildOperation -Flag @{ t", "tag text")]
    [InlineData("Get-GuildPlan m:other -Flag @{ ", "'only-here'")]
    [InlineData("Get-GuildOperation | Get-GuildPlan m:other -Flag @{ ", "'only-here'")]
    [InlineData("Get-GuildPlan m:need -Resource @{ ", "data earlier 'm:say' 'operation:say' say")]
    [InlineData("Get-GuildPlan m:need -Resource @{ d", "data")]
    [InlineData("Get-GuildPlan m:gone -Flag @{ ", "")]
    [InlineData("Get-GuildPlan no:such -Flag @{ ", "")]
    public void Keys_are_completed(string typed, string expected)
    {
        var known = Split(expected).Where(word => word is not ("'m:say'" or "'operation:say'" or "say"));

        Assert.Equal(known.Order(StringComparer.Ordinal), Complete(typed).Where(word => word is not ("say" or "operation:say")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tool_tip_says_what_type_the_value_has()
    {
        var tips = Results("Get-GuildPlan m:say -Flag @{ ").ToDictionary(r => r.CompletionText, r => r.ToolTip);

        Assert.StartsWith("long count", tips["count"], StringComparison.Ordinal);
        Assert.StartsWith("double rate", tips["rate"], StringComparison.Ordinal);
        Assert.StartsWith("bool flip", tips["flip"], StringComparison.Ordinal);
        Assert.StartsWith("string kind", tips["kind"], StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_follow_the_Guild_file()
    {
        Complete("Get-GuildPlan m:other -Flag @{ ");
        Write("guild.yml", "op:\n  exec: dotnet x\n  flags:\n    first: 1\n    First: 2\n    '1st': 3\n    it's: 4\n    'two words': 5\n");

        Assert.Equal(["'two words'", "first"], Complete("Get-GuildPlan op -Flag @{ ").Select(key => key.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Secrets_of_a_staged_run_are_keys_when_it_is_started()
    {
        Write("guild.yml", "op:\n  exec: dotnet x\n  flags:\n    token: {secret: yes, required: yes}\n    count: 1\n");
        Run("$null = Invoke-GuildOperation op -Flag @{ token = 'abc' } -Stage");

        Assert.Equal(["token"], Complete("Start-GuildRun 1 -Flag @{ "));
        Assert.Empty(Complete("Start-GuildRun zz -Flag @{ "));
    }

    // The type with the keys could not take an ordered dictionary without losing its order, nor any other.
    [Fact]
    public void A_command_that_is_run_has_no_type_with_keys()
    {
        Assert.Contains("\"System.Collections.IDictionary\"", Error("Get-GuildPlan m:say -Flag 3").ToString(), StringComparison.Ordinal);
        Assert.Contains("\"System.Collections.IDictionary\"", Error("Get-GuildPlan m:need -Resource 3").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_Guild_file_has_no_keys_and_leaves_no_error()
    {
        Write("guild.yml", "- model: [\n");
        var before = (int)Run("$Error.Count").Output[0]!.BaseObject;

        Assert.Empty(Complete("Get-GuildPlan m:say -Flag @{ "));
        Assert.Equal(before, (int)Run("$Error.Count").Output[0]!.BaseObject);
    }

    [Theory]
    [InlineData("@{ count = 2 }", "2")]
    [InlineData("([ordered]@{ count = 2 })", "2")]
    [InlineData("$table", "4")]
    [InlineData("$generic", "5")]
    public void A_command_that_is_run_takes_any_dictionary(string table, string expected)
    {
        Assert.Equal([expected], Texts($"$table = @{{ count = 4 }}; $generic = [System.Collections.Generic.Dictionary[string, object]]::new(); $generic['count'] = 5; (Get-GuildPlan say -Flag {table}).Flags.count"));
    }

    [Fact]
    public void A_dictionary_is_taken_from_a_splatted_table_a_default_value_and_for_each_object_of_the_pipeline()
    {
        Assert.Equal(["3"], Texts("$p = @{ Operation = 'say'; Flag = @{ count = 3 } }; (Get-GuildPlan @p).Flags.count"));
        Assert.Equal(["6"], Texts("$PSDefaultParameterValues = @{ 'Get-GuildPlan:Flag' = @{ count = 6 } }; (Get-GuildPlan say).Flags.count; $PSDefaultParameterValues = @{}"));
        Assert.Equal(["7 8", "7 9"], Texts("'m:other', 'm:other' | Get-GuildPlan -Flag @{ 'only-here' = 7 } | ForEach-Object { $_.Flags['only-here'] } | ForEach-Object { $n = 7 } { $n++; \"$_ $n\" }"));
    }

    [Theory]
    [InlineData("-Flag $null", "ParameterArgumentValidationError")]
    [InlineData("-Flag 3", "CannotConvertArgumentNoMessage")]
    [InlineData("-Flag", "MissingArgument")]
    [InlineData("-Flag @{ a = 1 }, @{ b = 2 }", "CannotConvertArgument")]
    [InlineData("-Resource $null", "ParameterArgumentValidationError")]
    public void What_is_no_dictionary_is_refused_as_for_any_parameter(string arguments, string id)
    {
        Assert.Equal(id, IdOf(Error($"Get-GuildPlan say {arguments}")));
    }

    [Fact]
    public void Who_looks_at_the_command_sees_a_dictionary_in_all_parameter_sets()
    {
        var parameters = Run("Go /; (Get-Command Invoke-GuildOperation).Parameters").Output[0]!.BaseObject as IDictionary;

        foreach (var name in new[] { "Flag", "Resource" })
        {
            var parameter = Assert.IsAssignableFrom<ParameterMetadata>(parameters![name]);
            Assert.Equal(typeof(IDictionary), parameter.ParameterType);
            Assert.Equal([ParameterAttribute.AllParameterSets], parameter.ParameterSets.Keys);
            Assert.NotEmpty(parameter.Attributes.OfType<ParameterAttribute>().Single().HelpMessage);
        }
    }

    [Fact]
    public void A_flag_is_no_parameter_where_its_name_would_be_that_of_a_table()
    {
        Write("guild.yml", "op:\n  exec: dotnet x\n  flags:\n    flag: 1\n    resource: 2\n    res: 3\n");

        Assert.Equal(["1 2 3"], Texts("$f = (Get-GuildPlan op).Flags; \"$($f.flag) $($f.resource) $($f.res)\""));
        Assert.Equal(["4"], Texts("(Get-GuildPlan op -Flag @{ flag = 4 }).Flags.flag"));
    }
}
