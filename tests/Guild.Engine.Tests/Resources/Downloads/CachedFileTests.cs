using System.Text;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class CachedFileTests
{
    [Theory]
    [InlineData("https://a.org/data/rows.csv", "rows.csv")]
    [InlineData("https://a.org/rows.csv?version=2#part", "rows.csv")]
    [InlineData("https://a.org/my%20rows.csv", "my rows.csv")]
    [InlineData("https://a.org/w%C3%B6rter.txt", "wörter.txt")]
    [InlineData("https://a.org/", "download")]
    [InlineData("https://a.org", "download")]
    [InlineData("https://a.org/data/", "download")]
    [InlineData("https://a.org/data/%2E%2E", "download")]
    [InlineData("https://a.org/..%2F..%2Fetc%2Fpasswd", ".._.._etc_passwd")]
    [InlineData("https://a.org/a%5Cb", "a_b")]
    [InlineData("https://a.org/a%00b%0Ac", "a_b_c")]
    [InlineData("https://a.org/a:b%3F*%22.txt", "a_b___.txt")]
    [InlineData("https://a.org/rows.csv..%20", "rows.csv")]
    [InlineData("https://a.org/CON", "_CON")]
    [InlineData("https://a.org/nul.tar.gz", "_nul.tar.gz")]
    [InlineData("https://a.org/com1.csv", "_com1.csv")]
    [InlineData("https://a.org/common.csv", "common.csv")]
    [InlineData("https://a.org/.guild", "_.guild")]
    [InlineData("https://a.org/.guild-cache.lock", "_.guild-cache.lock")]
    public void The_name_is_the_last_part_of_the_path_as_every_system_can_hold_it(string url, string name) =>
        Assert.Equal(name, CachedFile.NameOf(new Uri(url)));

    [Theory]
    [InlineData("a")]
    [InlineData("ö")]
    public void A_long_name_is_cut_and_keeps_its_extension(string letter)
    {
        var name = CachedFile.NameOf(new Uri($"https://a.org/{string.Concat(Enumerable.Repeat(letter, 500))}.csv"));

        Assert.EndsWith(".csv", name, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount($".guild-cache-{name}.part.json"), 100, 255);
    }

    [Fact]
    public void The_folder_is_told_by_the_address_without_its_password_and_fragment()
    {
        var key = CachedFile.KeyOf(new Uri("https://a.org/rows.csv?v=1"));

        Assert.Equal(FingerprintTexts.Sha256("https://a.org/rows.csv?v=1"), key);
        Assert.Equal(key, CachedFile.KeyOf(new Uri("https://ada:secret@A.org:443/rows.csv?v=1#x")));
        Assert.NotEqual(key, CachedFile.KeyOf(new Uri("https://a.org/rows.csv?v=2")));
        Assert.NotEqual(key, CachedFile.KeyOf(new Uri("http://a.org/rows.csv?v=1")));
    }

    [Fact]
    public void The_file_lies_in_the_home_s_cache()
    {
        var home = new GuildHome(Path.GetTempPath());
        var address = new Uri("https://a.org/rows.csv");

        Assert.Equal(Path.Join(home.CacheDirectory, "resources", CachedFile.KeyOf(address), "rows.csv"), new CachedFile(home, address).Path);
    }
}
