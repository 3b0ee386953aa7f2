namespace Guild.PowerShell.Tests.Commands;

/// <summary>What a search says of itself: its trials, in their order, and what they came to.</summary>
public sealed class SearchedBatchTests(SharedSession shared) : CommandTests(shared)
{
    private const string GuildFile = """
        - model: m
          operations:
            op:
              exec: "sh -c 'echo loss: $FLAG_X'"
              sourcecode: no
              flags:
                x: {default: 0.5, type: float}
                layers: {default: 3, min: 1, max: 5}
        """;

    [Fact]
    public void Whole_bounds_of_the_Guild_file_give_whole_numbers()
    {
        Write("guild.yml", GuildFile);

        var values = Texts("$b = Invoke-GuildOperation m:op -x 0.5 -Optimizer random -MaxTrials 4 -RandomSeed 1 -Quiet; Get-GuildRun -Batch $b | ForEach-Object { $_.Flags.layers.GetType().Name; $_.Flags.layers }");

        Assert.Equal(8, values.Count);
        Assert.All(values.Where((_, i) => i % 2 == 0), name => Assert.Contains("Int", name, StringComparison.Ordinal));
        Assert.All(values.Where((_, i) => i % 2 == 1), value => Assert.InRange(int.Parse(value, null), 1, 5));
    }

    [Fact]
    public void The_ids_of_trials_are_in_the_order_of_their_numbers()
    {
        Write("guild.yml", GuildFile);

        Assert.Equal(["1 2 3 4 5 6 7 8"], Texts("$b = Invoke-GuildOperation m:op -Flag @{ x = 1..8 } -Quiet; ($b.TrialIds | Get-GuildRun | ForEach-Object TrialNumber) -join ' '"));
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    public void A_search_with_a_seed_makes_the_same_trials_whatever_ran_before(string optimizer)
    {
        Write("guild.yml", GuildFile.Replace("sourcecode: no", "flags-import: no", StringComparison.Ordinal));
        var search = $"$b = Invoke-GuildOperation m:op -Flag @{{ x = '[0:1]' }} -Optimizer {optimizer} -OptimizerFlag @{{ 'random-starts' = 2 }} -MaxTrials 4 -RandomSeed 7 -ThrottleLimit 1 -Quiet; $b.TrialIds | Get-GuildRun | ForEach-Object {{ \"$($_.Flags.x) $($_.Flags.layers)\" }}";

        var first = Texts(search);

        Assert.Equal(4, first.Count);
        Assert.Equal(first, Texts(search));
        Assert.NotEqual(first, Texts(search.Replace("'random-starts' = 2", "'random-starts' = 2; 'prev-trials' = 'sourcecode'", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_batch_is_compared_by_its_trials_and_in_a_list_of_runs_it_is_left_out()
    {
        Write("guild.yml", GuildFile);
        Assert.Equal(["0.5 m:op", "0.25 m:op", "0.75 m:op"], Texts("$b = Invoke-GuildOperation m:op -Flag @{ x = 0.5, 0.25, 0.75 } -Quiet; $b | Compare-GuildRun | ForEach-Object { \"$($_.loss) $($_.Operation)\" }"));
        Assert.Equal(["3"], Texts("@(Get-GuildRun | Compare-GuildRun).Count"));
        Assert.Equal(["1"], Texts("@(Get-GuildRun | Where-Object { $_.IsBatch -or $_.TrialNumber -eq 2 } | Compare-GuildRun).Count"));
        Assert.Equal(["m:op+"], Texts("(Get-GuildRun | Where-Object IsBatch | Compare-GuildRun -IncludeBatch).Operation"));
    }

    [Fact]
    public void An_objective_that_no_trial_writes_is_a_warning_with_what_there_is()
    {
        Write("guild.yml", GuildFile);

        var warning = Assert.Single(Run("Invoke-GuildOperation m:op -Flag @{ x = 0.5, 0.25 } -Minimize los -Quiet").Warnings);

        Assert.Contains("has no scalar 'los'", warning, StringComparison.Ordinal);
        Assert.Contains("It has, nearest first: loss.", warning, StringComparison.Ordinal);
    }
}
