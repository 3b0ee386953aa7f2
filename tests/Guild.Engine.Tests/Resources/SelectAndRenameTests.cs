using Guild.Engine.GuildFiles;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class SelectAndRenameTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
    public void Nothing_selected_is_a_warning_or_an_error_or_nothing_as_the_source_says()
    {
        _folder.With("data/a.txt");
        var source = FileSource("data") with { Select = [new SelectDefinition("none")] };

        Assert.Equal(["file:data of resource 'data' selects nothing."], _folder.Resolve(source).Warnings);
        Assert.Empty(_folder.Resolve(source with { WarnsIfEmpty = false }).Warnings);
        Assert.Contains("selects nothing", _folder.Fail(source with { FailsIfEmpty = true }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_is_none_is_an_error_of_the_source()
    {
        _folder.With("data/a.txt");

        Assert.Contains("'('", _folder.Fail(FileSource("data") with { Select = [new SelectDefinition("(")] }).Message, StringComparison.Ordinal);
        Assert.Contains("'('", _folder.Fail(FileSource("data") with { Rename = [new RenameDefinition("(", "x")] }).Message, StringComparison.Ordinal);
    }
}
