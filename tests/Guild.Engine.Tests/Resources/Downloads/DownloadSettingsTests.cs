using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class DownloadSettingsTests
{
    [Fact]
    public void The_environment_sets_how_long_a_server_may_take()
    {
        var settings = DownloadSettings.From(new Dictionary<string, string>
        {
            ["GUILD_DOWNLOAD_CONNECT_TIMEOUT"] = "5",
            ["GUILD_DOWNLOAD_IDLE_TIMEOUT"] = "600",
            ["GUILD_DOWNLOAD_TIMEOUT"] = "999999999999",
        });

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), TimeSpan.FromDays(24)), (settings.ConnectTimeout, settings.IdleTimeout, settings.TotalTimeout));
        Assert.Equal(DownloadSettings.Default, DownloadSettings.From(new Dictionary<string, string> { ["GUILD_DOWNLOAD_TIMEOUT"] = "" }));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    public void A_time_that_is_no_whole_number_above_zero_is_an_error_that_names_the_variable(string value)
    {
        var error = Assert.Throws<RequestException>(() => DownloadSettings.From(new Dictionary<string, string> { [DownloadSettings.IdleVariable] = value }));

        Assert.Contains($"GUILD_DOWNLOAD_IDLE_TIMEOUT is '{value}'", error.Message, StringComparison.Ordinal);
    }
}
