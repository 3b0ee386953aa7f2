using Guild.Engine.GuildFiles;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Yaml;

public sealed class YamlComposerTests
{
    [Fact]
    public void Nodes_carry_where_they_begin_and_end()
    {
        var root = (YamlMapping)Compose("a: 1\nbc:\n  - x\n  - [y, zz]\n").Root!;
        var list = (YamlSequence)root.Entries[1].Value;

        Assert.Equal(new TextPosition(1, 1), root.Start);
        Assert.Equal(new TextPosition(2, 1), root.Entries[1].Key.Start);
        Assert.Equal(new TextPosition(2, 3), root.Entries[1].Key.End);
        Assert.Equal(new TextPosition(3, 3), list.Start);
        Assert.Equal(new TextPosition(3, 5), list.Items[0].Start);
        Assert.Equal(new TextPosition(4, 5), list.Items[1].Start);
        Assert.Equal(new TextPosition(4, 12), list.Items[1].End);
        Assert.Equal(new TextPosition(4, 12), root.End);
    }

    [Fact]
    public void An_alias_shares_the_node_that_it_refers_to()
    {
        var root = (YamlMapping)Compose("a: &x [1]\nb: *x\n").Root!;

        Assert.Same(root.Entries[0].Value, root.Entries[1].Value);
    }

    [Fact]
    public void Every_key_that_is_there_twice_is_found()
    {
        var document = Compose("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n");

        Assert.Equal(
            [new(2, 1), new(5, 3)],
            document.Problems.Where(p => p.Kind == YamlProblemKind.DuplicateKey).Select(p => p.Position));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void Keys_are_there_once_in_mappings_of_any_size(int count)
    {
        var keys = string.Concat(Enumerable.Range(0, count).Select(i => $"  k{i}: {i}\n"));

        var document = Compose($"a: &a\n{keys}b:\n  k1: x\n  <<: *a\nc:\n{keys}  k2: y\n");

        Assert.Equal([((2 * count) + 6, 3)], document.Problems.Select(p => (p.Position.Line, p.Position.Column)));
        var root = Assert.IsType<YamlMapping>(document.Root);
        var merged = Assert.IsType<YamlMapping>(root.Find("b")!.Value);
        Assert.Equal(["k1", .. Enumerable.Range(0, count).Where(i => i != 1).Select(i => $"k{i}")], merged.Entries.Select(e => e.Key.Text));
        Assert.Equal("x", Assert.IsType<YamlScalar>(merged.Find("k1")!.Value).Text);
        Assert.Equal("y", Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(root.Find("c")!.Value).Find("k2")!.Value).Text);
    }

    [Theory]
    [InlineData("? a\n: {b")]
    [InlineData("a: \"\\U99999999\"")]
    [InlineData("%YAML 99999999999999999999.1\n---\na\n")]
    [InlineData("a: \"\\x\"")]
    [InlineData("\"unclosed")]
    [InlineData("{a: b]")]
    [InlineData("\ta: 1")]
    [InlineData("a:\n\tb: 1")]
    public void Text_that_is_no_YAML_is_a_problem_and_no_exception(string text) => Assert.NotEmpty(Compose(text).Problems);

    [Fact]
    public void Random_text_is_read_or_refused_but_never_fails()
    {
        string[] pieces = ["a", "- ", ": ", "\n", "\n  ", "[", "]", "{", "}", ",", "'", "\"", "#", "&a ", "*a", "<<: *a", "!!int ", "|\n", ">", "? ", "\t", "---", "...", "%", "\\", "1"];
        var random = new Random(17);
        for (var i = 0; i < 4_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var document = Compose(text);
            Assert.All(document.Problems, p => Assert.True(p.Position is { Line: > 0, Column: > 0 }, text));
        }
    }

    private static YamlDocument Compose(string text) => YamlComposer.Compose(text, YamlLimits.Default);
}
