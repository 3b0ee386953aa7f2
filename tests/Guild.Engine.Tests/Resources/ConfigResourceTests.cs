using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources;

public sealed class ConfigResourceTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_YAML_file_gets_parameters_and_over_them_flags_and_the_original_stays()
    {
        _folder.With("config.yml", "lr: 0.1\nlayers: 2\nname: x\n");

        var text = Rewrite("config.yml", Flags(("lr", 1e-05), ("name", null)), new() { ["lr"] = 5L, ["layers"] = 3L });

        Assert.Equal("layers: 3\nlr: 1.0e-05\nname: x\n", text);
        Assert.Equal("lr: 0.1\nlayers: 2\nname: x\n", File.ReadAllText(_folder.At("config.yml")));
    }

    [Fact]
    public void A_name_with_dots_leads_into_mappings_the_longest_name_that_is_there_first()
    {
        _folder.With("config.yml", "a.b:\n  c: 1\na:\n  b:\n    c: 2\n  d: 3\n");

        Assert.Equal("a:\n  b:\n    c: 2\n  d: 5\na.b:\n  c: 4\nx:\n  y:\n    z: 6\n", Rewrite("config.yml", Flags(("a.b.c", 4L), ("a.d", 5L), ("x.y.z", 6L))));
    }

    [Fact]
    public void A_name_that_leads_into_a_single_value_is_an_error()
    {
        _folder.With("config.yml", "a: 1\n");

        var error = Assert.Throws<ResourceException>(() => Rewrite("config.yml", Flags(("a.b", 4L))));

        Assert.Contains("'a.b' has no place in it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_goes_under_the_name_of_its_argument()
    {
        _folder.With("config.yml", "");
        _folder.Context = _folder.Context with { FlagDefinitions = [new FlagDefinition { Name = "lr", ArgName = "train.rate" }] };

        Assert.Equal("train:\n  rate: 1\n", Rewrite("config.yml", Flags(("lr", 1L))));
    }

    [Fact]
    public void A_JSON_file_stays_JSON()
    {
        _folder.With("config.json", """{"b": {"x": 1.5, "y": [1, null, true, "ü"]}, "a": 1}""");

        using var document = System.Text.Json.JsonDocument.Parse(Rewrite("config.json", Flags(("b.x", 2L), ("c", "text"))));

        Assert.Equal("""{"a":1,"b":{"x":2,"y":[1,null,true,"\u00FC"]},"c":"text"}""", System.Text.Json.JsonSerializer.Serialize(document));
    }

    [Fact]
    public void A_file_of_sections_stays_one()
    {
        _folder.With("config.ini", "; comment\n[train]\nLR = 0.1\nnote: a\n  b\n[empty]\n");

        Assert.Equal("[empty]\n\n[train]\nfast = True\nlr = 0.5\nnote = a\n\tb\n\n", Rewrite("config.ini", Flags(("train.lr", 0.5), ("train.fast", true))));
    }

    [Fact]
    public void The_extension_in_at_the_end_says_nothing_of_the_form()
    {
        _folder.With("config.yml.in", "a: 1\n");

        Assert.Equal("a: 2\n", Rewrite("config.yml.in", Flags(("a", 2L))));
    }

    [Theory]
    [InlineData("config.txt", "a: 1")]
    [InlineData("config.yml", "- a")]
    [InlineData("config.yml", "a: [")]
    [InlineData("config.json", "{")]
    [InlineData("config.json", "[]")]
    [InlineData("config.ini", "a = 1")]
    public void What_cannot_be_rewritten_is_an_error_that_names_the_file(string name, string text)
    {
        _folder.With(name, text);

        var error = Assert.Throws<ResourceException>(() => Rewrite(name, Flags(("a", 2L))));

        Assert.Contains(_folder.At(name), error.Message, StringComparison.Ordinal);
        Assert.Equal($"config:{name}", error.FailedSource);
    }

    [Fact]
    public void The_rewritten_file_lies_in_the_run_s_record_and_is_linked_from_there()
    {
        _folder.With("config.yml", "a: 1\n");

        var resolved = _folder.Resolve(new SourceDefinition { Kind = SourceKind.Config, Value = "config.yml" });

        Assert.StartsWith("config.yml -> .guild/generated/", Assert.Single(_folder.Placed()), StringComparison.Ordinal);
        Assert.Equal("config:config.yml", Assert.Single(resolved.ManifestEntries).Uri);
        Assert.StartsWith(".guild/generated/", Assert.Single(Assert.Single(resolved.Sources).Paths), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_the_user_gives_is_rewritten_in_its_place()
    {
        _folder.With("config.yml", "a: 1\n").With("mine.yml", "a: 1\nb: 1\n");
        _folder.Context = _folder.Context with { Flags = Flags(("a", 7L)) };
        var required = _folder.Require(new SourceDefinition { Kind = SourceKind.Config, Value = "config.yml" });

        _folder.Resolve(required with { Overrides = [new ResourceOverride("data", "mine.yml")] });

        Assert.Equal("a: 7\nb: 1\n", File.ReadAllText(_folder.InRun("mine.yml")));
    }

    private string Rewrite(string name, Dictionary<string, object?> flags, Dictionary<string, object?>? parameters = null)
    {
        _folder.Context = _folder.Context with { Flags = flags };
        _folder.Resolve(new SourceDefinition { Kind = SourceKind.Config, Value = name, Params = parameters ?? [] });
        return File.ReadAllText(_folder.InRun(name));
    }

    private static Dictionary<string, object?> Flags(params (string Name, object? Value)[] flags) => flags.ToDictionary(f => f.Name, f => f.Value);
}
