using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class InputCheckTests : IDisposable
{
    private readonly ResourceFolder _folder = new ResourceFolder().With("rows.csv", "abc").With("data/x.txt", "x").With("data/y.txt", "y");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inputs_that_are_as_they_were_are_not_named()
    {
        Record(FileSource("rows.csv"), FileSource("data"), FileSource("rows.csv") with { TargetPath = "copied", TargetType = "copy" });

        Assert.Empty(InputCheck.FindChanged(_folder.Run, InputScope.All));
    }

    [Fact]
    public void A_changed_file_and_a_changed_folder_are_named()
    {
        Record(FileSource("rows.csv"), FileSource("data") with { Name = "folder" });
        _folder.With("rows.csv", "abX").With("data/y.txt", "other");

        Assert.Equal(
            [("data", "file:rows.csv", "rows.csv", InputChange.Content), ("data", "folder", "data", InputChange.Size)],
            InputCheck.FindChanged(_folder.Run, InputScope.Linked).Select(f => (f.Resource, f.Source, f.Path, f.Change)));
    }

    [Fact]
    public void A_file_that_was_written_again_with_the_same_content_did_not_change()
    {
        Record(FileSource("rows.csv"), FileSource("data"));
        File.SetLastWriteTimeUtc(_folder.At("rows.csv"), DateTime.UtcNow.AddHours(1));
        File.SetLastWriteTimeUtc(_folder.At("data/x.txt"), DateTime.UtcNow.AddHours(1));

        Assert.Empty(InputCheck.FindChanged(_folder.Run, InputScope.Linked));
    }

    [Fact]
    public void A_new_file_in_a_folder_is_a_change()
    {
        Record(FileSource("data"));
        _folder.With("data/new.txt", "");

        Assert.Equal(InputChange.Content, Assert.Single(InputCheck.FindChanged(_folder.Run, InputScope.Linked)).Change);
    }

    [Fact]
    public void An_input_that_is_gone_is_missing()
    {
        Record(FileSource("rows.csv"), FileSource("data"));
        File.Delete(_folder.At("rows.csv"));
        Directory.Delete(_folder.At("data"), recursive: true);

        Assert.Equal([InputChange.Missing, InputChange.Missing], InputCheck.FindChanged(_folder.Run, InputScope.Linked).Select(changed => changed.Change));
    }

    [Fact]
    public void What_a_copy_was_made_from_is_looked_at_only_when_asked_for()
    {
        Record(FileSource("rows.csv") with { TargetType = "copy" });
        _folder.With("rows.csv", "changed");

        Assert.Empty(InputCheck.FindChanged(_folder.Run, InputScope.Linked));
        Assert.Equal("rows.csv", Assert.Single(InputCheck.FindChanged(_folder.Run, InputScope.All)).Path);
    }

    [Fact]
    public void A_program_that_writes_through_the_link_changes_the_input()
    {
        Record(FileSource("rows.csv"));
        File.WriteAllText(_folder.InRun("rows.csv"), "overwritten");

        Assert.Single(InputCheck.FindChanged(_folder.Run, InputScope.Linked));
    }

    [Fact]
    public void A_home_that_was_moved_as_a_whole_still_has_its_inputs()
    {
        OperationResourceTests.Generated(_folder.AddRun("mlp", "train"));
        Record(Operation("train"));
        var moved = Path.Join(_folder.Base, "moved");
        Directory.Move(_folder.Home.Path, moved);

        Assert.Empty(InputCheck.FindChanged(new(Path.Join(moved, "runs", _folder.Run.Id)), InputScope.Linked));
    }

    [Fact]
    public void Records_of_other_tools_count_as_unchanged()
    {
        _folder.Run.WriteAttribute("deps", new Dictionary<string, object?>
        {
            ["dataset"] = new Dictionary<string, object?> { ["file:x"] = new Dictionary<string, object?> { ["paths"] = new object?[] { "../x" } } },
            ["old"] = new object?[] { "/x/y" },
        });

        Assert.Empty(InputCheck.FindChanged(_folder.Run, InputScope.All));
        Assert.Equal(
            [("dataset", "file:x", "x", InputChange.Unknown), ("old", "old", "y", InputChange.Unknown)],
            InputCheck.Inspect(_folder.Run, NullEventSink.Instance).Select(f => (f.Resource, f.Source, f.Path, f.Change)));
    }

    [Fact]
    public void A_file_that_Guild_AI_hashed_is_checked_by_that_hash()
    {
        var origin = _folder.At("rows.csv");
        _folder.Run.WriteAttribute("deps", new Dictionary<string, object?>
        {
            ["dataset"] = new Dictionary<string, object?>
            {
                ["file:rows.csv"] = new Dictionary<string, object?>
                {
                    ["uri"] = "file:rows.csv",
                    ["paths"] = new object?[] { Path.GetRelativePath(_folder.Run.Path, origin) },
                },
            },
        });
        Directory.CreateDirectory(_folder.Run.GuildPath);
        File.WriteAllText(_folder.Run.ManifestPath, "d rows.csv a9993e364706816aba3e25717850c26c9cd0d89d file:rows.csv\n");

        Assert.Empty(InputCheck.Inspect(_folder.Run, NullEventSink.Instance));

        _folder.With("rows.csv", "other");
        var changed = Assert.Single(InputCheck.Inspect(_folder.Run, NullEventSink.Instance));
        Assert.Equal((InputChange.Content, origin), (changed.Change, changed.Origin));
        Assert.Null(changed.Recorded);

        File.Delete(origin);
        Assert.Equal(InputChange.Missing, Assert.Single(InputCheck.Inspect(_folder.Run, NullEventSink.Instance)).Change);
    }

    [Fact]
    public void A_full_look_tells_what_the_input_was_and_what_it_is()
    {
        Record(FileSource("rows.csv"));
        _folder.With("rows.csv", "abX");

        var finding = Assert.Single(InputCheck.Inspect(_folder.Run, NullEventSink.Instance));

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", finding.Recorded?.Sha256);
        Assert.Equal("8a0fe5e48dfe39ae4ca34b375ea03e76b51413f2967034a8bf08d61270bd9462", finding.Present?.Sha256);
        Assert.Equal(_folder.At("rows.csv"), finding.Origin);
    }

    [Fact]
    public void A_rewritten_configuration_is_checked_by_the_file_that_it_was_made_from()
    {
        _folder.With("settings.yml", "lr: 0.1\n");
        Record(new SourceDefinition { Kind = SourceKind.Config, Value = "settings.yml" });
        Assert.Empty(InputCheck.Inspect(_folder.Run, NullEventSink.Instance));

        _folder.With("settings.yml", "lr: 0.2\n");

        var finding = Assert.Single(InputCheck.Inspect(_folder.Run, NullEventSink.Instance));
        Assert.Equal(("settings.yml", _folder.At("settings.yml"), InputChange.Content), (finding.Path, finding.Origin, finding.Change));
        Assert.Empty(InputCheck.FindChanged(_folder.Run, InputScope.Linked));
    }

    [Fact]
    public void A_full_look_names_what_was_written_again_with_the_same_content()
    {
        Record(FileSource("rows.csv"));
        File.SetLastWriteTimeUtc(_folder.At("rows.csv"), DateTime.UtcNow.AddHours(1));

        Assert.Equal(InputChange.Time, Assert.Single(InputCheck.Inspect(_folder.Run, NullEventSink.Instance)).Change);
    }

    [Fact]
    public void A_file_that_did_not_change_is_hashed_once_for_all_trials_of_a_batch()
    {
        File.SetLastWriteTimeUtc(_folder.At("rows.csv"), DateTime.UtcNow.AddHours(-1));
        var first = Assert.Single(Assert.Single(_folder.Resolve(FileSource("rows.csv")).Sources).Inputs).Fingerprint;
        var second = Assert.Single(Assert.Single(_folder.Resolve(FileSource("rows.csv")).Sources).Inputs).Fingerprint;
        File.SetLastWriteTimeUtc(_folder.At("rows.csv"), DateTime.UtcNow.AddHours(-2));
        var third = Assert.Single(Assert.Single(_folder.Resolve(FileSource("rows.csv")).Sources).Inputs).Fingerprint;

        Assert.Same(first, second);
        Assert.NotSame(second, third);
    }

    private void Record(params SourceDefinition[] sources) =>
        _folder.Run.WriteAttribute("deps", new Dictionary<string, object?> { ["data"] = _folder.Resolve(sources).ToValue() });
}
