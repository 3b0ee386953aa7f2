using Guild.Engine.Resources;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class ExistingTargetTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
}
