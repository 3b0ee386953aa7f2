using System.Security.Cryptography;
using System.Text;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Get-GuildResource -Status, Clear-GuildResourceCache, and what plans say of downloads.</summary>
public sealed class ResourceCacheTests : CommandTests
{
    private const string Rows = "https://example.org/rows.csv";
    private const string Images = "https://example.org/v2/images.npz";
    private const string Stray = "https://other.example/stray.bin";

    private const string GuildFile = """
        - model: m
          sourcecode: no
          operations:
            train:
              exec: dotnet PROGRAM print ok
              flags: {version: 2}
              requires: [rows, images]
          resources:
            rows:
              sources:
                - url: https://example.org/rows.csv
            images:
              sources:
                - url: https://example.org/v${version}/images.npz
                  name: pictures
                  post-process: unzip images.npz
            local:
              sources: [data.txt]
        """;

    public ResourceCacheTests(SharedSession shared)
        : base(shared)
    {
        Write("guild.yml", GuildFile.Replace("PROGRAM", BuiltFiles.TestProgram.Replace('\\', '/'), StringComparison.Ordinal));
        Cache(Rows, "rows.csv", "12345");
        Cache(Stray, "stray.bin", new string('x', 5000));
    }

    [Fact]
    public void The_status_of_each_source_says_what_is_there()
    {
        Assert.Equal(
            ["m:images url missing 0 https://example.org/v2/images.npz", "m:local file local 5 ", "m:rows url cached 5 https://example.org/rows.csv"],
            Texts("Get-GuildResource -Status | ForEach-Object { \"$($_.Resource) $($_.Kind) $($_.State) $($_.Length) $($_.Uri)\" }"));
    }

    [Fact]
    public void The_status_has_times_paths_and_what_was_unpacked()
    {
        Assert.Equal(
            [PathOf(Rows, "rows.csv"), "True", "True", "True", "False", "True"],
            Texts("""
                $rows = Get-GuildResource rows -Status
                $rows.Path
                $rows.Time -is [DateTimeOffset]
                $rows.AgeSeconds -eq $rows.Age.TotalSeconds
                $null -eq $rows.Unpacked
                (Get-GuildResource images -Status).Unpacked
                $null -eq (Get-GuildResource images -Status).UnpackedPath
                """));
    }

    [Fact]
    public void A_resource_that_is_not_there_has_no_status() => Assert.Equal("ResourceNotFound", IdOf(Error("Get-GuildResource zz -Status")));

    [Theory]
    [InlineData("", "rows.csv stray.bin")]
    [InlineData("rows", "rows.csv")]
    [InlineData("m:rows", "rows.csv")]
    [InlineData("ROWS.csv", "rows.csv")]
    [InlineData("https://example.org/*", "rows.csv")]
    [InlineData("https://other.example/stray.bin", "stray.bin")]
    [InlineData("*.bin, rows", "rows.csv stray.bin")]
    [InlineData("images", "")]
    [InlineData("z*", "")]
    [InlineData("-LargerThan 1kb", "stray.bin")]
    [InlineData("-LargerThan 5kb", "")]
    [InlineData("-OlderThan 1d", "")]
    [InlineData("-OlderThan 0s", "rows.csv stray.bin")]
    [InlineData("-OlderThan '1d'", "")]
    [InlineData("-OlderThan 2w", "")]
    [InlineData("-OlderThan '0.5 hours'", "")]
    [InlineData("-OlderThan ([TimeSpan]::FromDays(1))", "")]
    [InlineData("-OlderThan 10.00:00:00", "")]
    public void Entries_are_cleared_by_name_age_and_size(string words, string cleared)
    {
        Assert.Equal(cleared, string.Join(' ', Texts($"Clear-GuildResourceCache {words} -Force -PassThru | ForEach-Object Name").Order(StringComparer.Ordinal)));

        Assert.Equal(!cleared.Contains("rows", StringComparison.Ordinal), File.Exists(PathOf(Rows, "rows.csv")));
        Assert.Equal(!cleared.Contains("stray", StringComparison.Ordinal), File.Exists(PathOf(Stray, "stray.bin")));
    }

    [Fact]
    public void Age_counts_from_when_a_run_last_took_it()
    {
        File.SetLastWriteTimeUtc(Path.Combine(FolderOf(Rows), ".guild-cache.json"), DateTime.UtcNow.AddDays(-40));

        Assert.Equal(["rows.csv"], Texts("Clear-GuildResourceCache -OlderThan 30d -Force -PassThru | ForEach-Object Name"));
    }

    [Theory]
    [InlineData("30")]
    [InlineData("'30'")]
    [InlineData("30.5")]
    [InlineData("(-1d)")]
    [InlineData("soon")]
    [InlineData("([TimeSpan]::FromDays(-1))")]
    public void An_age_without_a_unit_is_refused_and_deletes_nothing(string age)
    {
        var error = Error($"Clear-GuildResourceCache -OlderThan {age} -Force");

        Assert.Contains("30d", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf(Rows, "rows.csv")));
    }

    [Fact]
    public void Without_PassThru_clearing_is_silent()
    {
        var result = Run("Clear-GuildResourceCache -Force");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Clear-GuildResourceCache -WhatIf")]
    [InlineData("Clear-GuildResourceCache -Force -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Clear-GuildResourceCache -Force; $WhatIfPreference = $false")]
    public void WhatIf_deletes_nothing(string command)
    {
        var before = Store();

        Assert.Empty(Run(command).Errors);

        Assert.Equal(before, Store());
    }

    [Fact]
    public void What_a_run_links_to_is_kept_and_said_unless_it_is_asked_for()
    {
        Link(Rows, "rows.csv");

        var kept = Run("Clear-GuildResourceCache -Force -PassThru | ForEach-Object Name");
        Assert.Equal(["stray.bin"], kept.Text);
        Assert.Contains("1 entry", Assert.Single(kept.Warnings), StringComparison.Ordinal);
        Assert.Contains("-IncludeUsed", kept.Warnings[0], StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf(Rows, "rows.csv")));

        Assert.Equal(["rows.csv", "0123456789abcdef0123456789abcdef"], Texts("$e = Clear-GuildResourceCache -IncludeUsed -Force -PassThru; $e.Name; $e.RunId"));
        Assert.False(File.Exists(PathOf(Rows, "rows.csv")));
    }

    [Fact]
    public void What_is_being_downloaded_is_kept_with_a_warning()
    {
        System.IO.Directory.CreateDirectory(Path.Combine(CacheFolder, ".locks"));
        using var held = new FileStream(Path.Combine(CacheFolder, ".locks", KeyOf(Rows)), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var result = Run("Clear-GuildResourceCache -Force -PassThru | ForEach-Object Name");

        Assert.Equal(["stray.bin"], result.Text);
        Assert.Contains("'rows.csv' is being downloaded or unpacked", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf(Rows, "rows.csv")));
    }

    [Fact]
    public void One_name_that_is_nowhere_is_one_error_and_the_others_are_cleared()
    {
        var result = Run("Clear-GuildResourceCache nope, rows -Force -PassThru | ForEach-Object Name");

        Assert.Equal(["rows.csv"], result.Text);
        Assert.Null(result.Terminating);
        Assert.Equal(("ResourceNotFound", "nope"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Theory]
    [InlineData("Get-GuildResource -Status | Clear-GuildResourceCache -Force -PassThru")]
    [InlineData("Get-GuildResource rows | Clear-GuildResourceCache -Force -PassThru")]
    [InlineData("'rows' | Clear-GuildResourceCache -Force -PassThru")]
    [InlineData("Clear-GuildResourceCache -InputObject (Get-GuildResource rows -Status) -Force -PassThru")]
    public void Sources_resources_and_names_come_by_the_pipeline(string command)
    {
        Assert.Equal(["rows.csv"], Texts($"{command} | ForEach-Object Name"));
        Assert.True(File.Exists(PathOf(Stray, "stray.bin")));
    }

    [Fact]
    public void An_empty_pipeline_clears_nothing()
    {
        Assert.Empty(Texts("@() | Clear-GuildResourceCache -Force -PassThru"));
        Assert.True(File.Exists(PathOf(Rows, "rows.csv")));
    }

    [Fact]
    public void A_folder_without_a_project_or_a_home_without_a_cache_has_nothing_against_it()
    {
        File.Delete(Path.Combine(Directory, "guild.yml"));
        Assert.Equal(["rows.csv"], Texts("Clear-GuildResourceCache rows.csv -Force -PassThru | ForEach-Object Name"));

        System.IO.Directory.Delete(CacheFolder, recursive: true);
        Assert.Empty(Texts("Clear-GuildResourceCache -Force -PassThru"));
    }

    [Fact]
    public void Names_of_resources_and_files_are_completed()
    {
        var words = Texts("""
            $line = 'Clear-GuildResourceCache '
            [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
            """);

        Assert.All(new[] { "rows", "images", "local", "rows.csv", "stray.bin" }, word => Assert.Contains(word, words));
    }

    [Fact]
    public void A_plan_says_from_where_how_much_and_what_is_done_with_it()
    {
        Assert.Equal(
            ["cached", Rows, "5", "5", "missing", Images, "0", "True", "unzip images.npz"],
            Texts("""
                $r, $i = (Get-GuildPlan train).Resources
                $r.Download; $r.Uri; $r.CachedLength; $r.DownloadLength
                $i.Download; $i.Uri; $i.CachedLength; $null -eq $i.DownloadLength; $i.PostProcess
                """));
    }

    [Fact]
    public void A_plan_in_words_says_what_would_be_downloaded_and_what_is_there()
    {
        var lines = Texts("(Get-GuildPlan train).Resources | ForEach-Object { [Guild.PowerShell.Views.ViewText]::PlannedResource($_) }");

        Assert.Equal(
            [
                $"{Rows} -> {PathOf(Rows, "rows.csv")} (in the cache, 5 bytes)",
                $"pictures from {Images} (downloads it, its size is unknown until the server is asked; runs 'unzip images.npz')",
            ],
            lines);
    }

    private string CacheFolder => Path.Combine(Home, "cache", "resources");

    private static string KeyOf(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));

    private string FolderOf(string url) => Path.Combine(CacheFolder, KeyOf(url));

    private string PathOf(string url, string name) => Path.Combine(FolderOf(url), name);

    private void Cache(string url, string name, string text) => CachedFile.Write(Home, url, name, text);

    private void Link(string url, string name)
    {
        var run = Path.Combine(Home, "runs", "0123456789abcdef0123456789abcdef");
        System.IO.Directory.CreateDirectory(run);
        File.CreateSymbolicLink(Path.Combine(run, name), PathOf(url, name));
    }
}
