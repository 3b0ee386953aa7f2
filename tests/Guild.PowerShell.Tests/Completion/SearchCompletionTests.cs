using Guild.PowerShell.Tests.Commands;

namespace Guild.PowerShell.Tests.Completion;

/// <summary>The Tab key where a search is asked for.</summary>
public sealed class SearchCompletionTests(SharedSession shared) : CompletionTests(shared)
{
    private const string GuildFile = """
        op:
          exec: echo ${x}
          flags: {x: 1}
          optimizers:
            mine: {algorithm: random}
        """;

    [Theory]
    [InlineData("Invoke-GuildOperation op -Optimizer ", "mine grid random")]
    [InlineData("Start-GuildOperation op -Optimizer mi", "mine")]
    [InlineData("guild run op -o ", "mine grid random")]
    [InlineData("guild run op --optimizer=ran", "--optimizer=random")]
    [InlineData("guild run op --early-stop ", "median asha")]
    [InlineData("Invoke-GuildOperation op -EarlyStop ", "None Median Asha")]
    [InlineData("New-GuildSpace 1 2 -Distribution ", "Uniform LogUniform")]
    public void Names_are_offered(string typed, string expected)
    {
        Write("guild.yml", GuildFile);

        Assert.Empty(Split(expected).Except(Complete(typed)));
    }

    [Fact]
    public void Batches_are_offered_where_a_batch_is_wanted()
    {
        Write("guild.yml", GuildFile);
        var ids = Texts("$r = Invoke-GuildOperation op -Quiet; $b = Invoke-GuildOperation op -x 1,2 -Quiet; $b.ShortId");

        Assert.Equal(ids, Complete("Get-GuildRun -Batch "));
    }
}
