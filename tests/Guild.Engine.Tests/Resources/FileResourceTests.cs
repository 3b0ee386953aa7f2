using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class FileResourceTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_linked_under_its_base_name_by_its_absolute_path()
    {
        _folder.With("data/rows.csv");

        var resolved = _folder.Resolve(FileSource("data/rows.csv"));

        Assert.Equal([$"rows.csv -> {_folder.At("data/rows.csv")}"], _folder.Placed());
        Assert.Equal("d rows.csv aa785adca3fcdfe1884ae840e13c6d294a2414e8 file:data/rows.csv", Manifest.Format(Assert.Single(resolved.ManifestEntries)));
        Assert.Empty(resolved.Warnings);
    }

    [Fact]
    public void What_lies_in_the_home_is_linked_relatively()
    {
        Write(Path.Join(_folder.Home.CacheDirectory, "big.bin"), "x");

        _folder.Resolve(FileSource(Path.Join(_folder.Home.CacheDirectory, "big.bin")) with { TargetPath = "deep/er" });

        Assert.Equal(["deep/er/big.bin -> ../../../../cache/big.bin"], _folder.Placed());
        Assert.Equal("x", File.ReadAllText(_folder.InRun("deep/er/big.bin")));
    }

    [Theory]
    [InlineData("copy", null, null)]
    [InlineData(null, "copy", null)]
    [InlineData(null, null, "copy")]
    [InlineData("copy", "link", "link")]
    [InlineData(null, "copy", "link")]
    public void The_nearest_target_type_decides(string? source, string? resource, string? fallback)
    {
        _folder.With("rows.csv");
        var required = _folder.Require(FileSource("rows.csv") with { TargetType = source });

        _folder.Resolve(required with { Definition = required.Definition with { TargetType = resource }, DefaultTargetType = fallback });

        Assert.Equal(["rows.csv"], _folder.Placed());
    }

    [Fact]
    public void An_unknown_target_type_is_an_error() =>
        Assert.Contains("expected 'link' or 'copy'", _folder.With("a").Fail(FileSource("a") with { TargetType = "move" }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_linked_as_itself()
    {
        _folder.With("data/a.txt", "a").With("data/b/c.txt", "c");

        var resolved = _folder.Resolve(FileSource("data/"));

        Assert.Equal([$"data -> {_folder.At("data")}"], _folder.Placed());
        Assert.Equal("d data - file:data", Manifest.Format(Assert.Single(resolved.ManifestEntries)));
        var fingerprint = Assert.Single(Assert.Single(resolved.Sources).Inputs).Fingerprint;
        Assert.Equal((InputKind.Directory, 2L, 2L), (fingerprint.Kind, fingerprint.Size, fingerprint.Count));
        Assert.Equal(Sha256($"a.txt\0{Sha256("a")}\nb/c.txt\0{Sha256("c")}\n"), fingerprint.Sha256);
    }

    [Fact]
    public void A_folder_is_copied_with_all_in_it_and_its_inner_links_stay_inside()
    {
        _folder.With("data/a.txt", "a").With("data/b/c.txt", "c").With("other.txt", "o");
        File.CreateSymbolicLink(_folder.At("data/b/inner"), "../a.txt");
        File.CreateSymbolicLink(_folder.At("data/outer"), "../other.txt");

        _folder.Resolve(FileSource("data") with { TargetType = "copy" });

        Assert.Equal(["data/a.txt", "data/b/c.txt", "data/b/inner -> ../a.txt", $"data/outer -> {_folder.At("other.txt")}"], _folder.Placed());
    }

    [Fact]
    public void Selected_files_of_a_folder_are_placed_by_their_base_names()
    {
        _folder.With("data/a.txt").With("data/sub/b.txt").With("data/sub/c.csv");

        var resolved = _folder.Resolve(FileSource("data") with { Select = [new SelectDefinition(@".+\.txt")] });

        Assert.Equal([$"a.txt -> {_folder.At("data/a.txt")}", $"b.txt -> {_folder.At("data/sub/b.txt")}"], _folder.Placed());
        Assert.Equal(["file:data/a.txt", "file:data/sub/b.txt"], resolved.ManifestEntries.Select(entry => entry.Uri));
    }

    [Fact]
    public void A_pattern_must_match_the_whole_path_and_matches_folders_too()
    {
        _folder.With("data/sub/b.txt").With("data/sub2/c.txt");

        _folder.Resolve(FileSource("data") with { Select = [new SelectDefinition("sub")] });

        Assert.Equal([$"sub -> {_folder.At("data/sub")}"], _folder.Placed());
    }

    [Theory]
    [InlineData(SelectReduction.Minimum, "model-9.txt")]
    [InlineData(SelectReduction.Maximum, "model-10.txt")]
    public void The_numerically_smallest_or_greatest_is_taken(SelectReduction reduction, string expected)
    {
        _folder.With("data/model-9.txt").With("data/model-10.txt").With("data/model-x.txt");

        _folder.Resolve(FileSource("data") with { Select = [new SelectDefinition(@"model-(.+)\.txt", reduction)] });

        Assert.Equal([$"{expected} -> {_folder.At($"data/{expected}")}"], _folder.Placed());
    }

    [Fact]
    public void A_selection_can_keep_the_folders_of_the_project()
    {
        _folder.With("data/sub/b.txt");

        var resolved = _folder.Resolve(FileSource("data") with { Select = [new SelectDefinition(".+txt")], PreservesPath = true, TargetPath = "unused" });

        Assert.Equal([$"data/sub/b.txt -> {_folder.At("data/sub/b.txt")}"], _folder.Placed());
        Assert.Contains("'unused' is not used", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_rename_rule_that_changes_a_name_wins_and_changes_it_once()
    {
        _folder.With("aa.txt");
        RenameDefinition[] rules = [new("zzz", "y"), new("a", "b"), new(".*", "never")];

        _folder.Resolve(FileSource("aa.txt") with { Rename = rules });

        Assert.Equal([$"ba.txt -> {_folder.At("aa.txt")}"], _folder.Placed());
    }

    [Fact]
    public void Paths_patterns_and_names_refer_to_flags()
    {
        _folder.With("data-small/x1.txt");
        _folder.Context = _folder.Context with { Flags = new Dictionary<string, object?> { ["size"] = "small", ["n"] = 1L } };

        _folder.Resolve(FileSource("data-${size}") with
        {
            Select = [new SelectDefinition(@"x${n}\.txt")],
            Rename = [new RenameDefinition("x(.)", @"${size}-\1")],
        });

        Assert.Equal([$"small-1.txt -> {_folder.At("data-small/x1.txt")}"], _folder.Placed());
    }

    [Fact]
    public void A_reference_to_a_flag_that_is_not_there_is_an_error_of_the_source()
    {
        var error = _folder.Fail(FileSource("${nope}.csv"));

        Assert.Equal(("data", "file:${nope}.csv"), (error.Resource, error.FailedSource));
        Assert.Contains("${nope}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_with_the_help_of_the_Guild_file()
    {
        var error = _folder.Fail(FileSource("nope.csv") with { Help = "Run make data." });

        Assert.Equal($"Source 'file:nope.csv' of resource 'data' could not be resolved: there is no file or folder 'nope.csv' in '{_folder.Project}'.", error.Message);
        Assert.Equal("Run make data.", error.RecommendedAction);
    }

    [Fact]
    public void Further_locations_are_looked_in_in_their_order()
    {
        Write(Path.Join(_folder.Base, "parent", "rows.csv"), "x");

        _folder.Resolve(_folder.Require(FileSource("rows.csv")) with { OtherLocations = [Path.Join(_folder.Base, "none"), Path.Join(_folder.Base, "parent")] });

        Assert.Equal([$"rows.csv -> {Path.Join(_folder.Base, "parent", "rows.csv")}"], _folder.Placed());
    }

    [Fact]
    public void An_expected_hash_is_compared_without_regard_to_case()
    {
        _folder.With("rows.csv", "abc");

        _folder.Resolve(FileSource("rows.csv") with { Sha256 = Sha256("abc").ToUpperInvariant() });

        Assert.Single(_folder.Placed());
    }

    [Fact]
    public void A_file_with_another_hash_is_an_error_with_both_and_is_not_placed()
    {
        _folder.With("rows.csv", "abc");

        var error = _folder.Fail(FileSource("rows.csv") with { Sha256 = Sha256("x") });

        Assert.Contains(Sha256("abc"), error.Message, StringComparison.Ordinal);
        Assert.Contains(Sha256("x"), error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Placed());
    }

    [Fact]
    public void An_expected_hash_of_a_folder_is_a_warning()
    {
        _folder.With("data/a.txt");

        var resolved = _folder.Resolve(FileSource("data") with { Sha256 = Sha256("x") });

        Assert.Contains("is a folder, so its SHA-256 cannot be verified", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
        Assert.Equal(resolved.Warnings, _folder.Warnings);
    }

    [Fact]
    public void What_is_in_the_run_already_stays_with_a_warning()
    {
        _folder.With("rows.csv", "new");
        File.WriteAllText(_folder.InRun("rows.csv"), "old");

        var resolved = _folder.Resolve(FileSource("rows.csv"));

        Assert.Equal("old", File.ReadAllText(_folder.InRun("rows.csv")));
        Assert.Empty(resolved.ManifestEntries);
        Assert.Contains("'rows.csv' is in the run already", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
        Assert.Single(Assert.Single(resolved.Sources).Paths);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("copy")]
    public void What_is_in_the_run_already_can_be_replaced_file_folder_or_link(string type)
    {
        _folder.With("a.txt", "new").With("b.txt", "new").With("c.txt", "new").With("kept/inside.txt", "kept");
        File.WriteAllText(_folder.InRun("a.txt"), "old");
        Write(_folder.InRun("b.txt/inside.txt"), "old");
        Directory.CreateSymbolicLink(_folder.InRun("c.txt"), _folder.At("kept"));

        _folder.Resolve([.. new[] { "a.txt", "b.txt", "c.txt" }.Select(name => FileSource(name) with { ReplacesExisting = true, TargetType = type })]);

        Assert.All(["a.txt", "b.txt", "c.txt"], name => Assert.Equal("new", File.ReadAllText(_folder.InRun(name))));
        Assert.Equal("kept", File.ReadAllText(_folder.At("kept/inside.txt")));
    }

    [Fact]
    public void A_link_that_leads_to_the_very_input_already_is_no_surprise()
    {
        _folder.With("rows.csv");
        _folder.Resolve(FileSource("rows.csv"));

        var again = _folder.Resolve(FileSource("rows.csv"));

        Assert.Empty(again.Warnings);
        Assert.Single(again.ManifestEntries);
    }

    [Fact]
    public void A_copy_can_be_written_though_its_original_cannot()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.With("rows.csv");
        File.SetUnixFileMode(_folder.At("rows.csv"), UnixFileMode.UserRead);

        _folder.Resolve(FileSource("rows.csv") with { TargetType = "copy" });

        Assert.True(File.GetUnixFileMode(_folder.InRun("rows.csv")).HasFlag(UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("with space.csv")]
    [InlineData("quo'te\".csv")]
    [InlineData("$(touch x).csv")]
    [InlineData("-dash.csv")]
    [InlineData("ünïcode-世界.csv")]
    public void Hostile_names_are_linked_and_come_back_from_the_manifest(string name)
    {
        if (OperatingSystem.IsWindows() && name.Contains('"', StringComparison.Ordinal))
        {
            return;
        }

        _folder.With(name, "content");

        var entry = Assert.Single(_folder.Resolve(FileSource(name)).ManifestEntries);

        Assert.Equal("content", File.ReadAllText(_folder.InRun(name)));
        Assert.Equal(entry, Manifest.Parse(Manifest.Format(entry)));
    }

    [Fact]
    public void A_name_with_a_line_break_is_not_taken_and_that_is_said()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.With("data/two\nlines.txt").With("data/a.txt");

        var resolved = _folder.Resolve(FileSource("data") with { Select = [new SelectDefinition("(?s).+txt")] });

        Assert.Single(resolved.ManifestEntries);
        Assert.Contains("two?lines.txt", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_selected_is_a_warning_or_an_error_or_nothing_as_the_source_says()
    {
        _folder.With("data/a.txt");
        var source = FileSource("data") with { Select = [new SelectDefinition("none")] };

        Assert.Equal(["file:data of resource 'data' selects nothing."], _folder.Resolve(source).Warnings);
        Assert.Empty(_folder.Resolve(source with { WarnsIfEmpty = false }).Warnings);
        Assert.Contains("selects nothing", _folder.Fail(source with { FailsIfEmpty = true }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_source_that_cannot_be_resolved_is_passed_over_with_a_detail()
    {
        _folder.With("a.txt");

        var resolved = _folder.Resolve(FileSource("nope.csv") with { IsOptional = true }, FileSource("a.txt"));

        Assert.Equal(["file:a.txt"], resolved.Sources.Select(source => source.Name));
        Assert.Contains(_folder.Details, text => text.Contains("Going on without file:nope.csv", StringComparison.Ordinal));
        Assert.Empty(_folder.Warnings);
    }

    [Fact]
    public void A_pattern_that_is_none_is_an_error_of_the_source()
    {
        _folder.With("data/a.txt");

        Assert.Contains("'('", _folder.Fail(FileSource("data") with { Select = [new SelectDefinition("(")] }).Message, StringComparison.Ordinal);
        Assert.Contains("'('", _folder.Fail(FileSource("data") with { Rename = [new RenameDefinition("(", "x")] }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_without_sources_is_an_error() =>
        Assert.Contains("has no sources", _folder.Fail().Message, StringComparison.Ordinal);

    [Fact]
    public void Sources_that_were_resolved_before_are_not_resolved_again_unless_they_ask_for_it()
    {
        _folder.With("a.txt").With("b.txt");
        var earlier = new Dictionary<string, object?> { ["file:a.txt"] = new Dictionary<string, object?>(), ["file:b.txt"] = new Dictionary<string, object?>() };

        var resolved = new ResourceResolver(_folder.Context).Resolve(
            _folder.Require(FileSource("a.txt"), FileSource("b.txt") with { AlwaysResolves = true }), _folder.Run, earlier);

        Assert.Equal(["file:b.txt"], resolved.Sources.Select(source => source.Name));
        Assert.Equal(["file:a.txt", "file:b.txt"], resolved.ToValue(earlier).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_web_source_says_that_it_is_not_supported_and_what_to_do()
    {
        var error = _folder.Fail(new SourceDefinition { Kind = SourceKind.Url, Value = "https://example.org/data.zip" });

        Assert.Contains("web sources are not supported in this version yet", error.Message, StringComparison.Ordinal);
        Assert.Equal("Download the file, and give its path: 'data=PATH'.", error.RecommendedAction);
    }

    [Fact]
    public void A_cancelled_work_ends_at_once()
    {
        _folder.With("a.txt");

        Assert.ThrowsAny<OperationCanceledException>(() => new ResourceResolver(_folder.Context).Resolve(
            _folder.Require(FileSource("a.txt")), _folder.Run, cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(_folder.Placed());
    }

    [Fact]
    public void A_large_file_reports_progress_up_to_its_end_and_can_be_cancelled_within()
    {
        using (var file = File.Create(_folder.At("large.bin")))
        {
            file.SetLength(200L * 1024 * 1024);
        }

        _folder.Resolve(FileSource("large.bin"));

        var progress = _folder.Events.OfType<ProgressEvent>().ToArray();
        Assert.True(progress.Length >= 3);
        Assert.All(progress, p => Assert.Equal(("Resolving data", "Hashing large.bin"), (p.Activity, p.Status)));
        Assert.True(progress[^1].IsCompleted && progress[^1].Done == progress[^1].Total);

        using var stop = new CancellationTokenSource();
        var stopping = new StopAtProgress(stop);
        Assert.ThrowsAny<OperationCanceledException>(() => new ResourceResolver(_folder.Context with { Fingerprints = new(), Events = stopping }).Resolve(
            _folder.Require(FileSource("large.bin") with { TargetPath = "again" }), _folder.Run, cancellation: stop.Token));
        Assert.Equal(1, stopping.Seen);
    }

    [Fact]
    public void The_record_has_what_Guild_AI_has_and_what_each_input_was()
    {
        _folder.With("rows.csv", "abc");
        File.SetLastWriteTimeUtc(_folder.At("rows.csv"), DateTime.UnixEpoch.AddSeconds(12));

        _folder.Run.WriteAttribute("deps", new Dictionary<string, object?> { ["data"] = _folder.Resolve(FileSource("rows.csv")).ToValue() });

        var expected = string.Create(CultureInfo.InvariantCulture, $"""
            data:
              file:rows.csv:
                files:
                - count: 1
                  kind: file
                  path: rows.csv
                  placement: link
                  sha256: {Sha256("abc")}
                  size: 3
                  source: {_folder.At("rows.csv")}
                  time: 12000000
                paths:
                - ../../../project/rows.csv
                uri: file:rows.csv

            """).ReplaceLineEndings("\n");
        Assert.Equal(expected, File.ReadAllText(Path.Join(_folder.Run.AttributesPath, "deps")));
    }

    internal static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class StopAtProgress(CancellationTokenSource stop) : IEventSink
    {
        public int Seen { get; private set; }

        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is ProgressEvent)
            {
                Seen++;
                stop.Cancel();
            }
        }
    }
}
