using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Whether the inputs of runs have changed since.</summary>
public sealed class TestGuildRunTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void Inputs_that_are_as_they_were_give_true()
    {
        Assert.Equal(["True"], Texts("$r = Invoke-GuildOperation need -Quiet; Test-GuildRun $r.Id"));
        Assert.Empty(Texts("Test-GuildRun 1 -PassThru"));
    }

    [Fact]
    public void A_run_without_inputs_gives_true() => Assert.Equal(["True"], Texts("Invoke-GuildOperation other -Quiet | Test-GuildRun"));

    [Fact]
    public void A_changed_input_gives_false_and_an_error_about_it()
    {
        var run = Assert.Single(Texts("(Invoke-GuildOperation need -Quiet).Id"));
        Write("data.txt", "longer than before\n");

        var result = Run("Get-GuildRun 1 | Test-GuildRun");

        Assert.Equal([false], result.Output.Select(o => o!.BaseObject));
        var error = Assert.Single(result.Errors);
        Assert.Equal(("InputChanged", ErrorCategory.InvalidResult), (IdOf(error), error.CategoryInfo.Category));
        Assert.Equal(run, TargetOf(error));
        Assert.Contains("'data.txt'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("19 bytes now instead of 5", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_has_what_the_input_was_and_what_it_is()
    {
        var run = Assert.Single(Texts("(Invoke-GuildOperation need -Quiet).Id"));
        Write("data.txt", "atad\n");

        var finding = Assert.Single(Run("Test-GuildRun 1 -PassThru").Output)!;

        Assert.Equal("Guild.PowerShell.GuildInputFinding", finding.BaseObject.GetType().FullName);
        Assert.Equal(
            [run, "m:need", "data", "file:data.txt", "data.txt", Path.Combine(Directory, "data.txt"), "content", Hash("data\n"), Hash("atad\n"), 5L, 5L],
            new[] { "RunId", "Operation", "Resource", "Source", "Path", "SourcePath", "Change", "RecordedSha256", "PresentSha256", "RecordedLength", "PresentLength" }
                .Select(name => finding.Properties[name].Value));
        Assert.Equal("data.txt: content", finding.ToString());
    }

    [Fact]
    public void An_input_that_is_gone_is_missing()
    {
        Texts("$null = Invoke-GuildOperation need -Quiet");
        File.Delete(Path.Combine(Directory, "data.txt"));

        Assert.Equal(["data.txt: missing"], Texts("Test-GuildRun 1 -PassThru"));
        Assert.Contains("is gone from", Assert.Single(Run("Test-GuildRun 1").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_was_written_again_with_the_same_content_did_not_change()
    {
        Texts("$null = Invoke-GuildOperation need -Quiet");
        File.SetLastWriteTimeUtc(Path.Combine(Directory, "data.txt"), DateTime.UtcNow.AddHours(1));

        Assert.Equal(["True"], Texts("Test-GuildRun 1"));
        Assert.Equal(["data.txt: time"], Texts("Test-GuildRun 1 -PassThru"));
    }

    [Fact]
    public void What_another_tool_recorded_without_a_hash_is_a_warning_that_names_it()
    {
        Write(".guild/runs/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/.guild/opref", "guildfile:/x/guild.yml 0 m say\n");
        Write(".guild/runs/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/.guild/attrs/deps", "dataset:\n  file:rows.csv:\n    paths:\n    - ../../../rows.csv\n    uri: file:rows.csv\n");

        var result = Run("Test-GuildRun aaaa");

        Assert.Equal(["True"], result.Text);
        Assert.Contains("'rows.csv'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["rows.csv: unknown"], Texts("Test-GuildRun aaaa -PassThru"));
    }

    [Fact]
    public void One_run_that_is_not_there_does_not_keep_the_others_from_being_tested()
    {
        Texts("$null = Invoke-GuildOperation need -Quiet");

        var result = Run("1, 'zz', 1 | Test-GuildRun");

        Assert.Equal(["True", "True"], result.Text);
        Assert.Equal("RunNotFound", IdOf(Assert.Single(result.Errors)));
    }

    [Fact]
    public void Testing_changes_nothing()
    {
        Texts("$null = Invoke-GuildOperation need -Quiet");
        var before = Store();

        Texts("Test-GuildRun 1");

        Assert.Equal(before, Store());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
