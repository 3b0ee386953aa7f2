using System.Globalization;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>Addresses as they are read, sent and shown.</summary>
public sealed class WebAddressTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flags_are_part_of_the_address()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        _folder.Context = _folder.Context with { Flags = new Dictionary<string, object?> { ["version"] = 3L } };

        var resolved = _folder.Resolve($"{server.Base}/v${{version}}.bin");

        Assert.Equal(server.Url("v3.bin"), Assert.Single(resolved.ManifestEntries).Uri);
        Assert.Equal(["v3.bin"], resolved.ManifestEntries.Select(entry => entry.Destination));
    }

    [Fact]
    public void Names_and_passwords_are_sent_and_never_recorded_or_shown()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://ada:s%65cret@127.0.0.1:{server.Port}/a.bin");
        var masked = string.Create(CultureInfo.InvariantCulture, $"http://***@127.0.0.1:{server.Port}/a.bin");

        var resolved = _folder.Resolve(url);
        _folder.Folder.Run.WriteAttribute("deps", new Dictionary<string, object?> { ["data"] = resolved.ToValue() });

        Assert.Equal("Basic " + Convert.ToBase64String("ada:secret"u8), Assert.Single(server.Requests)["Authorization"]);
        Assert.Equal(masked, Assert.Single(resolved.ManifestEntries).Uri);
        var seen = string.Join('\n', _folder.Folder.Events) + File.ReadAllText(Path.Join(_folder.Folder.Run.AttributesPath, "deps"));
        Assert.Contains(masked, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_does_not_show_the_password()
    {
        var error = _folder.Fail("http://ada:hunter2x@127.0.0.1:1/a.bin");

        Assert.Contains("http://***@127.0.0.1:1/a.bin", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2x", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/a.bin", "is of kind 'ftp', which is not downloaded")]
    [InlineData("rows.csv", "'rows.csv' is no web address")]
    [InlineData("http://ada:s/cret@example.org/a", "'http://***@example.org/a' is no web address")]
    public void What_is_no_address_is_an_error(string url, string message)
    {
        var error = _folder.Fail(url);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", error.Message, StringComparison.Ordinal);
    }
}
