using System.Management.Automation;
using System.Reflection;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Each id that a script can test for, with what brings it about, its category and its target.</summary>
public sealed class ErrorIdTests(SharedSession shared) : CommandTests(shared)
{
    public static TheoryData<string, string, ErrorCategory, string?> Cases => new()
    {
        { "GuildFileInvalid", "Get-GuildOperation -Path broken", ErrorCategory.ParserError, "LOCATION/broken/guild.yml" },
        { "GuildFileNotFound", "Get-GuildOperation -Path empty", ErrorCategory.ObjectNotFound, "LOCATION/empty" },
        { "GuildFileNotFound", "Invoke-GuildOperation x -Path empty", ErrorCategory.ObjectNotFound, "LOCATION/empty" },
        { "GuildFileExists", "New-GuildFile", ErrorCategory.ResourceExists, "LOCATION/guild.yml" },
        { "OperationNotFound", "Invoke-GuildOperation nope", ErrorCategory.ObjectNotFound, "nope" },
        { "OperationNotFound", "Get-GuildPlan m:nope", ErrorCategory.ObjectNotFound, "m:nope" },
        { "OperationAmbiguous", "Invoke-GuildOperation twin", ErrorCategory.InvalidArgument, "twin" },
        { "ModelNotFound", "Invoke-GuildOperation zz:say", ErrorCategory.ObjectNotFound, "zz:say" },
        { "ModelNotFound", "Get-GuildModel zz", ErrorCategory.ObjectNotFound, "zz" },
        { "ModelAmbiguous", "Invoke-GuildOperation ab:op -Path models", ErrorCategory.InvalidArgument, "ab:op" },
        { "ResourceNotFound", "Invoke-GuildOperation need -Resource @{ daat = 'x' }", ErrorCategory.ObjectNotFound, "daat" },
        { "ResourceNotFound", "Get-GuildResource zz", ErrorCategory.ObjectNotFound, "zz" },
        { "PackageNotFound", "Get-GuildOperation -Package no-such-package", ErrorCategory.ObjectNotFound, "no-such-package" },
        { "RunNotFound", "Get-GuildRun zz", ErrorCategory.ObjectNotFound, "zz" },
        { "RunNotFound", "Get-GuildRunOutput zz", ErrorCategory.ObjectNotFound, "zz" },
        { "RunNotFound", "Remove-GuildRun zz", ErrorCategory.ObjectNotFound, "zz" },
        { "RunAmbiguous", "Get-GuildRun aaaa", ErrorCategory.InvalidArgument, "aaaa" },
        { "FilterInvalid", "Get-GuildRun -Filter 'lr == 1'", ErrorCategory.InvalidArgument, "lr == 1" },
        { "TimeRangeInvalid", "Get-GuildRun -Started 'last tuesday'", ErrorCategory.InvalidArgument, "last tuesday" },
        { "TimeRangeInvalid", "Get-GuildRun -Since 'before today'", ErrorCategory.InvalidArgument, "before today" },
        { "FlagInvalid", "Invoke-GuildOperation say -count 99", ErrorCategory.InvalidArgument, "count" },
        { "FlagInvalid", "Invoke-GuildOperation say -kind other", ErrorCategory.InvalidArgument, "kind" },
        { "FlagReferenceInvalid", "Invoke-GuildOperation loop -Path loop", ErrorCategory.InvalidArgument, null },
        { "ResourceNotResolved", "Invoke-GuildOperation gone -Quiet", ErrorCategory.ResourceUnavailable, null },
        { "ProgramNotStarted", "Invoke-GuildOperation lost -Quiet", ErrorCategory.ResourceUnavailable, null },
        { "RunStateInvalid", "Invoke-GuildOperation other -RunDirectory taken -Quiet; Invoke-GuildOperation other -RunDirectory taken -Quiet", ErrorCategory.InvalidOperation, null },
        { "RunArchiveInvalid", "Import-GuildRun empty", ErrorCategory.InvalidData, "LOCATION/empty" },
        { "RunArchiveInvalid", "Import-GuildRun none.zip", ErrorCategory.InvalidData, "LOCATION/none.zip" },
        { "RunArchiveInvalid", "Get-GuildRun | Export-GuildRun guild.yml", ErrorCategory.InvalidData, "LOCATION/guild.yml" },
        { "RunStateInvalid", "Get-GuildRun aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 | Clear-GuildTrash -Force", ErrorCategory.InvalidOperation, null },
        { "HomeUnusable", "Invoke-GuildOperation other -RunDirectory guild.yml/x -Quiet", ErrorCategory.ResourceUnavailable, "LOCATION/guild.yml/x" },
        { "ScalarNotFound", "Invoke-GuildOperation say -Quiet | Show-GuildScalar -Name los", ErrorCategory.ObjectNotFound, "los" },
        { "ColumnInvalid", "Compare-GuildRun -Column 'loss as'", ErrorCategory.InvalidArgument, "loss as" },
        { "RequestInvalid", "Invoke-GuildOperation say word", ErrorCategory.InvalidArgument, "word" },
        { "UsageInvalid", "guild no-such-word", ErrorCategory.InvalidArgument, null },
        { "InputChanged", "$r = Invoke-GuildOperation need -Quiet; [IO.File]::WriteAllText(\"$TestLocation/data.txt\", 'other'); Test-GuildRun $r.Id", ErrorCategory.InvalidResult, null },
        { "OperationFailed", "Invoke-GuildOperation fail -Quiet", ErrorCategory.OperationStopped, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_error_has_its_id_its_category_and_the_users_input(string id, string command, ErrorCategory category, string? target)
    {
        Write("broken/guild.yml", "- model: [\n");
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "empty"));
        Write("models/guild.yml", "- model: abc\n  operations: {op: {exec: x}}\n- model: abd\n  operations: {op: {exec: x}}\n");
        Write("loop/guild.yml", "loop:\n  exec: dotnet ${nowhere}\n");
        foreach (var last in "12")
        {
            Write($".guild/runs/{new string('a', 31)}{last}/.guild/opref", "guildfile:/x/guild.yml 0 m say\n");
        }

        var error = Error(command);

        Assert.Equal((id, category), (IdOf(error), error.CategoryInfo.Category));
        Assert.NotEmpty(error.ToString());
        if (target is not null)
        {
            Assert.Equal(target.Replace("LOCATION", Directory, StringComparison.Ordinal), TargetOf(error)?.Replace('\\', '/'));
        }
    }

    [Fact]
    public void Every_id_is_brought_about_by_a_test()
    {
        // Reading fails with an error of the system itself: it takes rights that a test cannot take away from an administrator.
        // A resource of a package takes a package, which is in the tests of packages.
        string[] untested = ["AccessFailed", "ResourceAmbiguous"];
        var ids = AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == "Guild.PowerShell")
            .GetType("Guild.PowerShell.Streams.ErrorIds", throwOnError: true)!
            .GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.NonPublic)
            .Where(f => f.IsLiteral)
            .Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(ids.Except(untested).Order(StringComparer.Ordinal), Cases.Select(c => (string)c[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_error_in_a_Guild_file_says_where_it_is()
    {
        Write("guild.yml", "- model: m\n  operations:\n    train:\n      main: 3\n      flags: [1, 2]\n");

        Assert.Matches(@"guild\.yml\(4,13\): ", Error("Get-GuildOperation").ToString());
    }

    [Fact]
    public void An_error_of_the_engine_is_the_exception_of_the_record()
    {
        Assert.Equal("Guild.Engine.NameNotFoundException", Error("Get-GuildRun zz").Exception.GetType().FullName);
    }

    [Theory]
    [InlineData("Get-GuildRun zz")]
    [InlineData("Invoke-GuildOperation nope")]
    [InlineData("Invoke-GuildOperation say -coutn 2")]
    [InlineData("Invoke-GuildOperation fail -Quiet")]
    [InlineData("Get-GuildOperation -Path empty")]
    public void What_to_do_next_is_recommended(string command)
    {
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "empty"));

        Assert.NotEmpty(Error(command).ErrorDetails.RecommendedAction);
    }
}
