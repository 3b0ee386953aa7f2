using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

public sealed class CompletionTests(SharedSession shared) : CommandTests(shared)
{
    [Theory]
    [InlineData("Invoke-GuildOperation ", "m:say m:other n:twin say")]
    [InlineData("Invoke-GuildOperation s", "say scalars")]
    [InlineData("Invoke-GuildOperation n:", "n:other n:twin")]
    [InlineData("Get-GuildOperation m:s", "m:say m:scalars")]
    [InlineData("Get-GuildModel ", "m n nn")]
    [InlineData("Get-GuildResource ", "data earlier")]
    [InlineData("Get-GuildHelp wa", "wait")]
    [InlineData("Get-GuildPlan n:t", "n:twin")]
    [InlineData("Get-GuildRun -Operation n:t", "n:twin")]
    [InlineData("Get-GuildRun -Status c", "Completed")]
    [InlineData("Invoke-GuildOperation m:say -cou", "-count")]
    [InlineData("Invoke-GuildOperation m:other -only", "-only-here")]
    [InlineData("Invoke-GuildOperation m:say -kind ", "plain 'two words'")]
    [InlineData("Invoke-GuildOperation m:say -kind 't", "'two words'")]
    [InlineData("Invoke-GuildOperation m:say -kind \"t", "\"two words\"")]
    [InlineData("Invoke-GuildOperation m:say -flip ", "$true $false")]
    [InlineData("Invoke-GuildOperation m:say -count ", "1")]
    public void Names_are_completed(string typed, string expected)
    {
        var completions = Complete(typed);

        Assert.All(Split(expected), word => Assert.Contains(word, completions));
    }

    [Theory]
    [InlineData("Invoke-GuildOperation _")]
    [InlineData("Invoke-GuildOperation m:say -tag ")]
    [InlineData("Get-GuildRun zz")]
    public void There_is_nothing_of_ours_to_offer(string typed)
    {
        Assert.DoesNotContain(Complete(typed), word => word.Contains("_hidden", StringComparison.Ordinal) || word.Contains("none", StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_are_completed_by_id_newest_first_with_what_they_are()
    {
        Run("$null = Invoke-GuildOperation other -Quiet; $null = Invoke-GuildOperation n:other -Label 'my label' -Quiet");
        var ids = Texts("Get-GuildRun | ForEach-Object ShortId");

        foreach (var cmdlet in new[] { "Get-GuildRun", "Set-GuildRun", "Remove-GuildRun", "Start-GuildRun", "Get-GuildRunOutput" })
        {
            var results = Results(cmdlet + " ");
            Assert.Equal(ids, results.Select(r => r.CompletionText));
            Assert.Contains("n:other", results[0].ListItemText, StringComparison.Ordinal);
            Assert.Contains("my label", results[0].ToolTip, StringComparison.Ordinal);
        }

        Assert.Equal([ids[1]], Complete($"Get-GuildRun {ids[1][..6]}"));
    }

    [Fact]
    public void Labels_and_tags_are_completed_and_quoted_where_they_must_be()
    {
        Run("$null = Invoke-GuildOperation other -Label \"it's a label\" -Tag plain, 'two words', '$x', '-y', 'a;b' -Quiet");

        Assert.Equal(["'it''s a label'"], Complete("Get-GuildRun -Label it"));
        Assert.Equal(["plain", "'two words'", "'$x'", "'-y'", "'a;b'"], Complete("Get-GuildRun -Tag "));
        Assert.Equal(["plain"], Complete("Set-GuildRun 1 -RemoveTag p"));
        Assert.Equal(["plain"], Complete("Set-GuildRun 1 -AddTag p"));
    }

    [Fact]
    public void A_project_elsewhere_is_completed_from_where_Path_says()
    {
        Write("p1/guild.yml", "one:\n  exec: x\n  flags:\n    deep: 1\n");

        Assert.Contains("one", Complete("Get-GuildOperation -Path p1 -Name "));
        Assert.Contains("-deep", Complete("Invoke-GuildOperation one -Path p1 -de"));
    }

    [Fact]
    public void A_broken_Guild_file_offers_nothing_and_raises_nothing()
    {
        Write("guild.yml", "- model: [\n");
        var count = (int)Run("$Error.Count").Output[0]!.BaseObject;

        Assert.DoesNotContain("m:say", Complete("Invoke-GuildOperation -Operation "));
        Assert.Equal(count, (int)Run("$Error.Count").Output[0]!.BaseObject);
    }

    private static IEnumerable<string> Split(string expected)
    {
        for (var rest = expected; rest.Length > 0;)
        {
            var end = rest[0] is '\'' or '"' ? rest.IndexOf(rest[0], 1) + 1 : rest.IndexOf(' ', StringComparison.Ordinal);
            end = end < 0 ? rest.Length : end;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }
    }

    private string[] Complete(string typed) => [.. Results(typed).Select(r => r.CompletionText)];

    private Collection<CompletionResult> Results(string typed)
    {
        var output = Assert.Single(Run("[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null)", typed).Output)!;
        return ((CommandCompletion)output.BaseObject).CompletionMatches;
    }
}
