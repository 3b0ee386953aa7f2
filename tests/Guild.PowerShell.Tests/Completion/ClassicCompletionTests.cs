using Guild.PowerShell.Tests.Commands;

namespace Guild.PowerShell.Tests.Completion;

/// <summary>The Tab key after <c>guild</c>.</summary>
public sealed class ClassicCompletionTests(SharedSession shared) : CompletionTests(shared)
{
    [Theory]
    [InlineData("guild r", "resources run runs")]
    [InlineData("guild runs r", "rm restore")]
    [InlineData("guild -", "-C -H --debug --version --help")]
    [InlineData("guild run --p", "--pidfile --print-cmd --print-env --print-trials --proto")]
    [InlineData("guild run -y m:s", "m:say m:scalars")]
    [InlineData("guild run s", "say scalars")]
    [InlineData("guild run 'm:sa", "'m:say'")]
    [InlineData("guild run \"m:sa", "\"m:say\"")]
    [InlineData("guild run m:say c", "count=")]
    [InlineData("guild run m:say x", "x.y=")]
    [InlineData("guild run m:say count=", "count=1")]
    [InlineData("guild run m:say rate=0.", "rate=0.1")]
    [InlineData("guild run m:say kind=", "kind=plain 'kind=two words'")]
    [InlineData("guild run m:say kind=t", "'kind=two words'")]
    [InlineData("guild run m:say kind='t", "'kind=two words'")]
    [InlineData("guild run m:say 'kind=t", "'kind=two words'")]
    [InlineData("guild run m:say \"kind=t", "\"kind=two words\"")]
    [InlineData("guild run m:say flip=", "flip=yes flip=no")]
    [InlineData("guild run m:say flip=y", "flip=yes")]
    [InlineData("guild run count=2 t", "tag= text=")]
    [InlineData("guild run m:say rate=[0.5,", "0.1")]
    [InlineData("guild run m:need d", "data=")]
    [InlineData("guild run tra", "train.py")]
    [InlineData("guild run train.py de", "depth=")]
    [InlineData("guild ops n:t", "n:twin")]
    [InlineData("guild models n", "n nn")]
    [InlineData("guild resources e", "earlier")]
    [InlineData("guild runs -Fo n:t", "n:twin")]
    [InlineData("guild runs -Fs 'this w", "'this week'")]
    [InlineData("guild runs -F stat", "status")]
    [InlineData("guild runs rm -F 'op = x or exit", "'op = x or exit_status'")]
    [InlineData("guild -C p1 run o", "one")]
    [InlineData("guild -C p1 run one d", "deep=")]
    [InlineData("Get-GuildModel | guild run m:s", "m:say m:scalars")]
    public void Words_are_completed(string typed, string expected)
    {
        Write("train.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--depth', type=int, default=3)\np.parse_args()\n");
        Write("p1/guild.yml", "one:\n  exec: x\n  flags:\n    deep: 1\n");

        Assert.Equal(Split(expected).Order(StringComparer.Ordinal), Complete(typed).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("guild ", "cat check help label ls models operations ops resources run runs select stop train version -C -H --debug --version --help")]
    [InlineData("guild runs ", "list ls info delete rm restore purge stop label")]
    [InlineData("guild run m:say ", "text= count= rate= flip= kind= tag= x.y= --label --yes --help-op")]
    [InlineData("guild run m:say -", "--label --yes --help-op --no-gpus")]
    [InlineData("guild runs list -", "--not-completed --all --json")]
    public void All_that_can_stand_there_is_offered(string typed, string expected)
    {
        Assert.Empty(Split(expected).Except(Complete(typed)));
    }

    [Theory]
    [InlineData("guild tensorbo")]
    [InlineData("guild run _")]
    [InlineData("guild run m:say count=1 cou")]
    [InlineData("guild run m:say cou=")]
    [InlineData("guild run no:such cou")]
    [InlineData("guild nonsense ru")]
    [InlineData("guild run --debug-s")]
    [InlineData("guild check xyz")]
    public void Nothing_is_offered_that_cannot_stand_there(string typed)
    {
        Assert.Empty(Complete(typed));
    }

    [Fact]
    public void An_option_is_shown_with_all_its_names_and_what_it_does()
    {
        var yes = Assert.Single(Results("guild run m:say --y"));

        Assert.Equal(("--yes", "-y, --yes"), (yes.CompletionText, yes.ListItemText));
        Assert.Equal("Do not ask before the operation runs.", yes.ToolTip);
    }

    [Fact]
    public void A_flag_is_shown_with_what_it_means()
    {
        Assert.Contains("How often", Assert.Single(Results("guild run m:say count")).ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_offered_by_id_and_to_who_types_a_number_by_place()
    {
        Run("$null = Invoke-GuildOperation other -Quiet; $null = Invoke-GuildOperation n:other -Label 'my label' -Quiet");
        var ids = Texts("Get-GuildRun | ForEach-Object ShortId");

        foreach (var words in new[] { "runs rm", "runs info", "runs label", "select", "ls", "cat -p x", "run --start", "run --restart", "watch" })
        {
            var results = Results($"guild {words} ");
            Assert.Equal(ids, results.Take(2).Select(r => r.CompletionText));
            Assert.Contains("my label", results[0].ToolTip, StringComparison.Ordinal);
        }

        Assert.Contains("2", Complete("guild runs rm 2"));
        Assert.Contains(ids[1], Assert.Single(Results("guild runs rm 2"), r => r.CompletionText == "2").ListItemText, StringComparison.Ordinal);
        Assert.Equal(ids, Complete("guild runs rm 1,"));
        Assert.Equal(ids[0], Complete("guild runs rm -Fo n:other ")[0]);
        Assert.DoesNotContain(ids[1], Complete("guild runs rm -Fo n:other "));
    }

    [Fact]
    public void Only_runs_that_a_command_can_take_are_offered()
    {
        Run("$null = Invoke-GuildOperation other -Quiet; $null = Invoke-GuildOperation n:other -Quiet; Remove-GuildRun 1");
        var kept = Texts("Get-GuildRun | ForEach-Object ShortId").Single();
        var deleted = Texts("Get-GuildRun -Deleted | ForEach-Object ShortId").Single();

        Assert.Contains(kept, Complete("guild runs rm "));
        Assert.DoesNotContain(deleted, Complete("guild runs rm "));
        Assert.Contains(deleted, Complete("guild runs restore "));
        Assert.DoesNotContain(kept, Complete("guild runs purge "));
        Assert.DoesNotContain(kept, Complete("guild stop "));
    }

    [Fact]
    public void Labels_tags_attributes_and_files_of_runs_are_offered()
    {
        Run("$null = Invoke-GuildOperation other -Label \"it's $ one\" -Tag t1 -Quiet");
        var folder = Texts("(Get-GuildRun 1).Path").Single();
        File.WriteAllText(Path.Combine(folder, "result.txt"), "");

        Assert.Equal(["'it''s $ one'"], Complete("guild run -l "));
        Assert.Equal(["'it''s $ one'"], Complete("guild run -l:it"));
        Assert.Equal(["'--label=it''s $ one'"], Complete("guild run --label=it"));
        Assert.Contains("'it''s $ one'", Complete("guild label 1 "));
        Assert.Equal(["t1"], Complete("guild runs -Ft "));
        Assert.Contains("exit_status", Complete("guild select -a "));
        Assert.Equal(["result.txt"], Complete("guild cat -p res"));
        Assert.Equal([".guild/attrs/"], Complete("guild cat -p .guild/at"));
    }

    [Fact]
    public void The_home_that_is_named_is_looked_into()
    {
        Run("$null = Invoke-GuildOperation other -Label elsewhere -Quiet");

        Assert.Empty(Complete("guild -H nowhere runs -Fl els"));
        Assert.Equal(["elsewhere"], Complete($"guild -H '{Home}' runs -Fl els"));
    }

    [Fact]
    public void Runs_of_the_operation_that_is_needed_are_offered()
    {
        Run("$null = Invoke-GuildOperation say -Quiet; $null = Invoke-GuildOperation other -Quiet");
        var said = Texts("Get-GuildRun -Operation say | ForEach-Object ShortId").Single();

        var result = Assert.Single(Results($"guild run need earlier={said[..4]}"));

        Assert.Equal($"earlier={said}", result.CompletionText);
        Assert.Contains("completed", result.ToolTip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guild run m:say kind='two words' -y", "two words")]
    [InlineData("guild run m:say 'kind=two words' -y", "two words")]
    public void What_is_completed_is_read_as_what_was_meant(string line, string expected)
    {
        Run($"$null = {line}");

        Assert.Equal([expected], Texts("(Get-GuildRun 1).Flags.kind"));
    }

    [Theory]
    [InlineData("- model: [\n")]
    [InlineData("")]
    public void A_broken_Guild_file_offers_nothing_and_leaves_no_error(string text)
    {
        Write("guild.yml", text);
        Run("$Error.Clear()");

        Assert.Empty(Complete("guild run m:s"));
        Assert.Empty(Complete("guild run m:say cou"));
        Assert.Contains("--yes", Complete("guild run m:say "));

        // Where we have nothing PowerShell looks for files, with cmdlets that a hosted session has not.
        Assert.DoesNotContain(Texts("$Error | ForEach-Object { \"$($_.GetType().Name) $_\" }"), error => error.Contains("guild", StringComparison.OrdinalIgnoreCase));
    }
}
