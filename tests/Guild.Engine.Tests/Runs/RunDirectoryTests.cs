using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TestHome _home = new();

    private readonly RunDirectory _run;

    public RunDirectoryTests() => _run = _home.AddBareRun("0b9547409b6f41678d8711533d0cc48c", TestHome.Train);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void An_attribute_is_read_as_it_was_written()
    {
        _run.WriteAttribute("flags", new Dictionary<string, object?> { ["lr"] = 1e-5, ["name"] = "yes", ["none"] = null });
        var flags = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(_run.ReadAttribute("flags"));
        Assert.Equal(1e-5, flags["lr"]);
        Assert.Equal("yes", flags["name"]);
        Assert.Null(flags["none"]);
        Assert.Equal("lr: 1.0e-05\nname: 'yes'\nnone: null\n", File.ReadAllText(Path.Join(_run.AttributesPath, "flags")));
    }

    [Fact]
    public void Writing_an_attribute_leaves_nothing_else_behind()
    {
        _run.WriteAttribute("label", "a");
        _run.WriteAttribute("label", "b");
        Assert.Equal("b", _run.ReadAttribute("label"));
        Assert.Equal(["label"], _run.AttributeNames);
        Assert.Equal(["attrs", "opref"], Directory.EnumerateFileSystemEntries(_run.GuildPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_attribute_that_is_created_must_not_exist()
    {
        _run.CreateAttribute("label", "a");
        Assert.Throws<IOException>(() => _run.CreateAttribute("label", "b"));
        Assert.Equal("a", _run.ReadAttribute("label"));
    }

    [Fact]
    public void A_missing_attribute_is_null()
    {
        Assert.Null(_run.ReadAttribute("label"));
        Assert.False(_run.HasAttribute("label"));
        _run.DeleteAttribute("label");
    }

    [Fact]
    public void A_deleted_attribute_is_gone()
    {
        _run.WriteAttribute("label", "a");
        _run.DeleteAttribute("label");
        Assert.False(_run.HasAttribute("label"));
    }

    [Theory]
    [InlineData("../opref")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_that_leads_elsewhere_is_refused(string name) => Assert.ThrowsAny<ArgumentException>(() => _run.ReadAttribute(name));

    [Fact]
    public void An_attribute_that_is_written_in_place_just_now_is_read_when_it_is_complete()
    {
        var path = Path.Join(_run.AttributesPath, "label");
        File.WriteAllText(path, "");
        var run = new RunDirectory(_run.Path, new Meanwhile(() => File.WriteAllText(path, "done\n")));

        Assert.Equal("done", run.ReadAttribute("label"));
    }

    [Fact]
    public void An_old_empty_attribute_is_null_at_once()
    {
        var path = Path.Join(_run.AttributesPath, "label");
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(new AttributeReading(null, "is empty"), _run.ReadAttributeFully("label"));
    }

    [Fact]
    public void A_list_that_is_read_while_it_is_written_is_read_again()
    {
        var path = Path.Join(_run.AttributesPath, "tags");
        File.WriteAllText(path, "- a\n- b");
        var run = new RunDirectory(_run.Path, new Meanwhile(() => File.WriteAllText(path, "- a\n- be\n- c\n")));

        var tags = run.ReadAttribute("tags");

        Assert.Equal(new object?[] { "a", "be", "c" }, Assert.IsAssignableFrom<IReadOnlyList<object?>>(tags));
    }

    [Fact]
    public void A_text_without_its_line_break_is_taken_as_it_is()
    {
        File.WriteAllText(Path.Join(_run.AttributesPath, "label"), "by hand");
        Assert.Equal("by hand", _run.ReadAttribute("label"));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_attributes()
    {
        var missing = new RunDirectory(Path.Join(_home.Home.RunsDirectory, "none"));
        Assert.Empty(missing.AttributeNames);
        Assert.Null(missing.ReadAttribute("label"));
        Assert.Null(missing.ReadOpRef());
        missing.DeleteAttribute("label");
    }

    [Fact]
    public void The_reference_of_2018_is_an_attribute()
    {
        File.Delete(_run.OpRefPath);
        File.WriteAllText(Path.Join(_run.AttributesPath, "opref"), "guildfile:/srv/demo abc mlp train");
        Assert.Equal("mlp:train", _run.ReadOpRef()!.FullName);
        Assert.True(_run.HasOpRef);
    }

    /// <summary>A clock that lets something happen each time that somebody looks at it.</summary>
    private sealed class Meanwhile(Action happens) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            happens();
            return base.GetUtcNow();
        }
    }
}
