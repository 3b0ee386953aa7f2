using System.Diagnostics;
using System.Text.RegularExpressions;
using Guild.PowerShell.Tests.Commands;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Docs;

/// <summary>The example whose data comes from a server that fails on the way, run with its own server.</summary>
public sealed class WebDataExampleTests : CommandTests
{
    private static readonly string Example = Path.Combine(BuiltFiles.RepositoryRoot, "examples", "web-data");

    public WebDataExampleTests(SharedSession shared)
        : base(shared)
    {
        foreach (var file in System.IO.Directory.GetFiles(Example))
        {
            Write(Path.GetFileName(file), File.ReadAllText(file));
        }
    }

    [Fact]
    public async Task The_run_ends_well_although_the_server_is_busy_first_and_then_breaks_off()
    {
        using var server = Start(out var port);

        var result = Run("Invoke-GuildOperation summarize -port $args[0] -Quiet -Verbose", port);

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        var run = Assert.Single(result.Output)!;
        Assert.Equal("completed", run.Properties["Status"].Value);
        var scalars = Assert.IsAssignableFrom<System.Collections.IDictionary>(run.Properties["Scalars"].Value);
        Assert.Equal(6.0, scalars["stations"]);
        Assert.Equal(2190.0, scalars["readings"]);
        Assert.Equal(11.35, (double)scalars["mean"]!, 0.001);
        Assert.Equal(
            ["bergen.csv", "cairo.csv", "lisbon.csv", "oslo.csv", "reykjavik.csv", "wien.csv"],
            System.IO.Directory.GetFiles(Path.Combine((string)run.Properties["Path"].Value, "data")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, result.Verbose.Count(text => text.StartsWith("readings.tar is tried again", StringComparison.Ordinal)));
        Assert.Equal(
            ["503: come back in a second", "200: broke off after 20480 of 40960 bytes", "206: sent the rest, from byte 20480 on"],
            await StopAsync(server));
    }

    [Fact]
    public async Task The_next_run_needs_no_server()
    {
        using var server = Start(out var port);
        Assert.Empty(Run("$null = Invoke-GuildOperation summarize -port $args[0] -Quiet", port).Errors.Select(error => error.ToString()));
        await StopAsync(server);

        Assert.Equal(["completed 11.35"], Texts("$run = Invoke-GuildOperation summarize -port $args[0] -Quiet; \"$($run.Status) $($run.Scalars.mean.ToString('N2'))\"", port));
    }

    [Fact]
    public void Without_a_server_the_error_says_to_start_it()
    {
        Write("guild.yml", File.ReadAllText(Path.Combine(Example, "guild.yml")).Replace("http://127.0.0.1:${port}", "file:///nowhere", StringComparison.Ordinal));

        Assert.Contains("Start server.py first", Run("Invoke-GuildOperation summarize -Quiet").Errors[0].ErrorDetails?.RecommendedAction ?? "", StringComparison.Ordinal);
    }

    // The system gives it a port that is free, and it says which.
    private Process Start(out int port)
    {
        var server = ProcessRun.Start(OperatingSystem.IsWindows() ? "python" : "python3", [Path.Combine(Directory, "server.py"), "--port", "0"]);
        var address = server.StandardOutput.ReadLine() ?? throw new InvalidOperationException(server.StandardError.ReadToEnd());
        port = int.Parse(Regex.Match(address, @":(\d+)/").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        return server;
    }

    // What the server said it did.
    private static async Task<string[]> StopAsync(Process server)
    {
        server.Kill(entireProcessTree: true);
        var said = await server.StandardOutput.ReadToEndAsync();
        await server.WaitForExitAsync();
        return said.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
