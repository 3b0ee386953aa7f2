using Guild.PowerShell.Tests.Commands;

namespace Guild.PowerShell.Tests.Completion;

public sealed class CmdletCompletionTests(SharedSession shared) : CompletionTests(shared)
{
    [Theory]
    [InlineData("Invoke-GuildOperation ", "m:say m:other n:twin say")]
    [InlineData("Invoke-GuildOperation s", "say scalars")]
    [InlineData("Invoke-GuildOperation n:", "n:other n:twin")]
    [InlineData("Get-GuildOperation m:s", "m:say m:scalars")]
    [InlineData("Get-GuildModel ", "m n nn")]
    [InlineData("Get-GuildResource ", "data earlier")]
    [InlineData("Get-GuildResource m:d", "m:data")]
    [InlineData("Get-GuildHelp n", "n n:other nn nn:twin")]
    [InlineData("Invoke-GuildOperation tr", "train.py")]
    [InlineData("Get-GuildHelp tr", "train.py")]
    [InlineData("Get-GuildPlan m:say co", "count=")]
    [InlineData("Get-GuildPlan m:say count=3 kind=", "kind=plain 'kind=two words'")]
    [InlineData("Get-GuildPlan m:need da", "data=")]
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
        Write("train.py", "");
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

    [Theory]
    [InlineData("Get-GuildRun -Filter cou", "count")]
    [InlineData("Get-GuildRun -Filter stat", "status")]
    [InlineData("Get-GuildRun -Filter 'count ", "'count <' 'count is not' 'count contains'")]
    [InlineData("Get-GuildRun -Filter 'kind = ", "'kind = \"two words\"' 'kind = undefined'")]
    [InlineData("Get-GuildRun -Filter 'count = 1 ", "'count = 1 and' 'count = 1 or'")]
    [InlineData("Get-GuildRun -Filter 'count = 1 and ki", "'count = 1 and kind'")]
    [InlineData("Get-GuildRun -Filter 'tags contains r", "'tags contains red'")]
    [InlineData("Get-GuildRun -Filter 'op in ", "'op in [say'")]
    [InlineData("Get-GuildRun -Filter \"count = 1 and (co", "\"count = 1 and (count\"")]
    [InlineData("Get-GuildRun -Started las", "'last hour' 'last week'")]
    [InlineData("Get-GuildRun -Since '1 d", "'1 day ago'")]
    [InlineData("Get-GuildRun -AllTag r", "red")]
    public void Filters_of_runs_are_completed(string typed, string expected)
    {
        Run("$null = Invoke-GuildOperation say -kind 'two words' -Tag red -Quiet");
        var completions = Complete(typed);

        Assert.All(Split(expected), word => Assert.Contains(word, completions));
    }

    [Fact]
    public void Digests_and_days_are_completed()
    {
        var guild = $".guild/runs/{new string('a', 32)}/.guild";
        Write($"{guild}/opref", "guildfile:/x/guild.yml 0 m train\n");
        Write($"{guild}/attrs/sourcecode_digest", "c8f26300aabbccdd\n");

        Assert.Equal(["c8f26300"], Complete("Get-GuildRun -Digest "));
        Assert.Equal(["c8f26300"], Complete("guild runs -Fd c8"));
        Assert.Contains(Complete("Get-GuildRun -StartedAfter "), word => word.Trim('\'').Length == "2026-01-31".Length);
    }

    [Fact]
    public void Runs_are_completed_by_id_newest_first_with_what_they_are()
    {
        Run("$null = Invoke-GuildOperation other -Quiet; $null = Invoke-GuildOperation n:other -Label 'my label' -Quiet");
        var ids = Texts("Get-GuildRun | ForEach-Object ShortId");

        foreach (var cmdlet in new[] { "Get-GuildRun", "Set-GuildRun", "Remove-GuildRun", "Start-GuildRun", "Restart-GuildRun", "Wait-GuildRun", "Get-GuildRunOutput" })
        {
            var results = Results(cmdlet + " ");
            Assert.Equal(ids, results.Select(r => r.CompletionText));
            Assert.Contains("n:other", results[0].ListItemText, StringComparison.Ordinal);
            Assert.Contains("my label", results[0].ToolTip, StringComparison.Ordinal);
        }

        Assert.Equal([ids[1]], Complete($"Get-GuildRun {ids[1][..6]}"));
    }

    [Fact]
    public void Behind_piped_runs_their_scalars_and_files_are_completed()
    {
        Run("$global:scored = Invoke-GuildOperation scalars -Quiet; [IO.File]::WriteAllText(\"$($scored.Path)/result.txt\", 'x'); $null = Invoke-GuildOperation other -Quiet");

        foreach (var source in new[] { "Get-GuildRun -Operation scalars", "Get-GuildRun 2", "Guild\\Get-GuildRun -Operation scalars, none -First 2", "$scored", "$scored.Id" })
        {
            Assert.Equal(["loss"], Complete($"{source} | Get-GuildScalar lo"));
            Assert.Equal(["loss"], Complete($"{source} | Show-GuildScalar -Name lo"));
        }

        Assert.Equal(["result.txt"], Complete("$scored | Get-GuildRunFile re"));
        Assert.Equal(["result.txt"], Complete("Get-GuildRunFile 2 re"));
        Assert.Empty(Complete("Get-GuildRun 1 | Get-GuildScalar lo"));
        Assert.Empty(Complete("Get-GuildScalar 1 lo"));
        Assert.Equal(["loss"], Complete("Get-GuildScalar 2 lo"));
    }

    [Fact]
    public void What_stands_before_a_name_is_not_run_to_complete_it()
    {
        Run("$global:scored = Invoke-GuildOperation scalars -Quiet");

        Assert.Equal(["loss"], Complete("Get-GuildRun -First $([IO.File]::WriteAllText('made.txt', ''); 1) | Get-GuildScalar lo"));
        Assert.Equal(["loss"], Complete("Get-GuildRun > made.txt | Get-GuildScalar lo"));
        Assert.Equal(["loss"], Complete("Remove-GuildRun 1 -PassThru | Get-GuildScalar lo"));
        Assert.Equal(["loss"], Complete("Get-GuildRun | Remove-GuildRun -PassThru | Get-GuildScalar lo"));
        Assert.Equal(["1"], Texts("@(Get-GuildRun).Count"));
        Assert.False(File.Exists("made.txt") || File.Exists(Path.Combine(Directory, "made.txt")));
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
    public void Labels_and_tags_of_other_runs_are_offered_for_a_new_one()
    {
        Run("$null = Invoke-GuildOperation other -Label mine -Tag 'two words' -Quiet");

        Assert.Equal(["mine"], Complete("Invoke-GuildOperation other -Label m"));
        Assert.Equal(["'two words'"], Complete("Get-GuildPlan other -Tag "));
        Assert.Equal(["mine"], Complete("Set-GuildRun 1 -Label "));
        Assert.Equal(["m:other"], Complete("Get-GuildRun -Operation m:ot"));
    }

    [Fact]
    public void Projects_that_have_runs_are_offered_for_the_project_of_a_run()
    {
        Run("$null = Invoke-GuildOperation other -Quiet");

        Assert.Contains(Complete("Get-GuildRun -Project "), path => path.Trim('\'') == Directory);
    }

    [Fact]
    public void Runs_of_the_operation_that_is_needed_are_offered_the_completed_first()
    {
        Run("$null = Invoke-GuildOperation say -Quiet; $null = Invoke-GuildOperation other -Quiet; $null = Invoke-GuildOperation say -Stage");
        var ids = Texts("Get-GuildRun -Operation say | ForEach-Object ShortId");

        Assert.Equal([$"earlier={ids[1]}", $"earlier={ids[0]}"], Complete("Invoke-GuildOperation need earlier=").Where(word => !word.Contains("./", StringComparison.Ordinal)));
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
}
