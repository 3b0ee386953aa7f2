using System.Globalization;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Runs are found by what they had and what came of them.</summary>
public sealed class FindGuildRunTests : CommandTests
{
    // Newest first: c, b, a. They were started an hour, two days and forty days ago.
    public FindGuildRunTests(SharedSession shared)
        : base(shared)
    {
        AddRun('a', TimeSpan.FromDays(40), "label: first try", "tags: [red, old]", "flags: {lr: 0.5, name: sgd}", "comments: [{body: Too slow, user: u, host: h, time: 1}]", "sourcecode_digest: 0d5de68a00");
        AddRun('b', TimeSpan.FromDays(2), "label: second", "tags: [red, blue]", "flags: {lr: 0.05, name: adam}", "marked: yes", "sourcecode_digest: 77e0aa00");
        AddRun('c', TimeSpan.FromHours(1), "flags: {lr: 0.01, name: adam}", "exit_status: 1");
    }

    [Theory]
    [InlineData("-Filter 'lr < 0.1'", "c b")]
    [InlineData("-Filter 'lr < 0.1 and status = completed'", "b")]
    [InlineData("-Filter \"name in [sgd, rms] or exit_status > 0\"", "c a")]
    [InlineData("-Filter 'tags contains red' -First 1", "b")]
    [InlineData("-Filter 'tags contains red' -Tag old", "a")]
    [InlineData("-Filter 'label is undefined'", "c")]
    [InlineData("-Filter 'loss < 1'", "")]
    [InlineData("1, 2 -Filter 'lr > 0.01'", "b")]
    [InlineData("2: -Filter 'lr < 1'", "b a")]
    [InlineData("-Label *r* , sec*", "b a")]
    [InlineData("-Label ''", "c")]
    [InlineData("-ExcludeLabel sec*", "c a")]
    [InlineData("-ExcludeLabel ''", "b a")]
    [InlineData("-Label * -ExcludeLabel '', first*", "b")]
    [InlineData("-Tag blue, old", "b a")]
    [InlineData("-AllTag RED, o*", "a")]
    [InlineData("-AllTag red, green", "")]
    [InlineData("-ExcludeTag blue", "c a")]
    [InlineData("-Tag red -ExcludeTag blue", "a")]
    [InlineData("-Marked", "b")]
    [InlineData("-Unmarked", "c a")]
    [InlineData("-Comment *SLOW", "a")]
    [InlineData("-Comment slow", "")]
    [InlineData("-Comment ''", "c b")]
    [InlineData("-Digest 0D5d", "a")]
    [InlineData("-Digest 0d, 77e", "b a")]
    [InlineData("-Started 'last 3 days'", "c b")]
    [InlineData("-Started 'before 3 days ago'", "a")]
    [InlineData("-Since '2 hours ago'", "c")]
    [InlineData("-Since '3 days ago' -Tag red", "b")]
    [InlineData("-StartedAfter ([DateTime]::Now.AddDays(-3))", "c b")]
    [InlineData("-StartedBefore ([DateTimeOffset]::Now.AddDays(-3))", "a")]
    [InlineData("-StartedAfter ([DateTime]::UtcNow.AddDays(-3)) -StartedBefore ([DateTime]::UtcNow.AddDays(-1))", "b")]
    [InlineData("-StartedAfter 2001-01-31", "c b a")]
    [InlineData("-StartedAfter '3 days ago'", "c b")]
    [InlineData("-StartedBefore '3 days ago'", "a")]
    [InlineData("-Since ([DateTime]::Now.AddDays(-3))", "c b")]
    [InlineData("-Since ([DateTimeOffset]::Now.AddHours(-2))", "c")]
    [InlineData("-Since ([TimeSpan]::FromDays(3))", "c b")]
    [InlineData("-Since 2h", "c")]
    [InlineData("-Id *", "c b a")]
    [InlineData("a*", "a")]
    [InlineData("no*", "")]
    [InlineData("no*, 2", "b")]
    [InlineData("-StartedBefore '2001-01-31 12:00'", "")]
    [InlineData("-Operation train -Status Completed -Filter 'name = adam' -Started 'last 1 month' -Marked -Tag red -Comment ''", "b")]
    public void Runs_are_found_by(string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', Texts($"Get-GuildRun {words} | ForEach-Object {{ $_.Id.Substring(0, 1) }}")));

    [Fact]
    public void A_run_that_a_filter_found_has_its_place_in_the_whole_list() =>
        Assert.Equal(["2 b", "3 a"], Texts("Get-GuildRun -Filter 'lr > 0.01' | ForEach-Object { \"$($_.Index) $($_.Id.Substring(0, 1))\" }"));

    [Fact]
    public void One_bad_id_in_the_middle_is_one_error_and_the_filter_goes_on()
    {
        var result = Run("'1', 'zz', '2', '3' | Get-GuildRun -Filter 'lr > 0.01' | ForEach-Object { $_.Id.Substring(0, 1) }");

        Assert.Equal(["b", "a"], result.Text);
        Assert.Equal(("RunNotFound", "zz"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Theory]
    [InlineData("-Filter 'lr < 0.1 and'", "FilterInvalid", "lr < 0.1 and", "column 13")]
    [InlineData("-Filter \"lr < 0.1\nand (\"", "FilterInvalid", "lr < 0.1\nand (", "line 2, column 6")]
    [InlineData("-Started 'last 3 dys'", "TimeRangeInvalid", "last 3 dys", "column 8")]
    [InlineData("-Marked -Unmarked", "RequestInvalid", "Unmarked", "-Marked")]
    public void What_cannot_be_asked_for_is_one_error_and_no_run(string words, string id, string target, string message)
    {
        var result = Run($"'1', '2', '3' | Get-GuildRun {words}");

        Assert.Empty(result.Text);
        var error = Assert.Single(result.Errors);
        Assert.Equal((id, target), (IdOf(error), TargetOf(error)));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Finding_runs_changes_nothing()
    {
        var before = Store();
        Texts("Get-GuildRun -Filter 'loss < 1 or lr < 1 or deps = 1' -Started 'last year'");
        Assert.Equal(before, Store());
    }

    private void AddRun(char digit, TimeSpan age, params string[] attributes)
    {
        var guild = $".guild/runs/{new string(digit, 32)}/.guild";
        Write($"{guild}/opref", "guildfile:/x/guild.yml 0 m train\n");
        var started = ((DateTimeOffset.UtcNow - age).ToUnixTimeMilliseconds() * 1000).ToString(CultureInfo.InvariantCulture);
        foreach (var attribute in attributes.Prepend("exit_status: 0").Append($"started: {started}"))
        {
            var colon = attribute.IndexOf(':', StringComparison.Ordinal);
            Write($"{guild}/attrs/{attribute[..colon]}", attribute[(colon + 2)..] + "\n");
        }
    }
}
