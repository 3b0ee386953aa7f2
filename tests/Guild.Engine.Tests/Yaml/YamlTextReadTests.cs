using Guild.Engine.GuildFiles;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Yaml;

public sealed class YamlTextReadTests
{
    [Theory]
    [InlineData("completed\n", "completed")]
    [InlineData("a label with: colon", null)]
    [InlineData("operation:train\n", "operation:train")]
    [InlineData("'it''s'\n", "it's")]
    [InlineData("'123'\n", "123")]
    [InlineData("''\n", "")]
    [InlineData("text\n...\n", "text")]
    [InlineData("\"a\\nb\"\n", "a\nb")]
    [InlineData("|\n  a\n  b\n", "a\nb\n")]
    [InlineData("épée\n", "épée")]
    [InlineData("a # comment\n", "a")]
    public void A_text_reads_as_its_string(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(YamlText.Read(text));
            return;
        }

        Assert.Equal(expected, YamlText.Read(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("null\n...\n")]
    [InlineData("# nothing\n")]
    public void An_empty_text_reads_as_null(string text) => Assert.Null(YamlText.Read(text));

    [Fact]
    public void A_flat_mapping_keeps_types_and_order()
    {
        var value = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(YamlText.Read("lr: 1e-05\nbatch-size: 32\nname: 'yes'\nx: null\n"));

        Assert.Equal(["lr", "batch-size", "name", "x"], value.Keys);
        Assert.Equal(new object?[] { 1e-05, 32L, "yes", null }, value.Values);
    }

    [Fact]
    public void The_short_way_and_the_parser_read_the_same()
    {
        string[] texts = ["a: b\nc: 1\n", "- a\n- '1'\n- 2.5\n", "x", "{}", "[]", "a: {}\n", "1542374892000000\n", "-5", "a - b", "a 'b'", "- -1\n- .5\n", "- -m\n- --lr\n- -inf\n", "--a", "m: -x", "../a", .. Blocks];

        foreach (var text in texts)
        {
            var quick = SimpleYaml.TryRead(text);
            Assert.NotNull(quick);
            Assert.Equal(YamlValues.Of(YamlComposer.Compose(text, YamlLimits.Default).Root), quick.Value);
        }
    }

    private static readonly string[] Blocks =
    [
        "a:\n  b: 1\n", "a:\n- b\n- c\nd: 1\n", "a:\n  - b\n  - c\nd: 1\n", "- a: 1\n  b: 2\n- a: 3\n", "a:\n- b: 1\n  c:\n  - d\n  - e: x\n    f: []\n  g: y\nh: {}\n", "a:\n  b:\n    c:\n      d: 1\n  e: 2\nf: 3\n",
        "operation:make:\n  operation:make:\n    config: 18e4\n    files:\n    - count: 1\n      path: made\n      sha256: '123'\n      time: 1795718490107700\n    paths:\n    - ../18e4/made\n    uri: operation:make\n",
        "a:\n- b:\n    c: 1\n", "- a:\n  - b\n  c: 1\n",
    ];

    [Fact]
    public void A_text_of_lines_put_together_at_random_is_read_the_short_way_as_the_parser_reads_it_or_not_at_all()
    {
        string[] words = ["a: 1", "b:", "c: x y", "- d", "- e: 2", "- f:", "g:h: i", "k: {}", "- 'l'", "m: n: o", "- - p"];
        var random = new Random(20);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => $"{new string(' ', random.Next(4))}{words[random.Next(words.Length)]}\n"));
            if (SimpleYaml.TryRead(text) is { } quick)
            {
                read++;
                var document = YamlComposer.Compose(text, YamlLimits.Default);
                Assert.True(document.Problems.All(problem => problem.Kind == YamlProblemKind.DuplicateKey), text);
                Assert.Equal(YamlText.Write(YamlValues.Of(document.Root)), YamlText.Write(quick.Value));
            }
        }

        Assert.InRange(read, 200, 20_000);
    }

    [Theory]
    [InlineData("a: b: c\n")]
    [InlineData("- - a\n")]
    [InlineData("a:\n  b: 1\n c: 2\n")]
    [InlineData("a:\n    b: 1\n  c: 2\n")]
    [InlineData("a:\nb: 1\n")]
    [InlineData("a:\n  b: 1\n  b: 2\n")]
    [InlineData("a:\n- b\n  c\n")]
    [InlineData("a: b\n  c\n")]
    [InlineData("a:\n- b: 1\n   c: 2\n")]
    [InlineData("a:\n  - b\n- c\n")]
    [InlineData("- a: 1\n b: 2\n")]
    [InlineData("a::\n  b: 1\n")]
    [InlineData("a:\n\n  b: 1\n")]
    [InlineData("a: |\n  b: 1\n")]
    [InlineData("a: >-\n  b\n")]
    [InlineData("a:\n  b: 1\n  ...\n")]
    [InlineData("--- x\n")]
    [InlineData("---x\n")]
    [InlineData("- -\n")]
    [InlineData("*x\n")]
    [InlineData("a: 'b'c'\n")]
    [InlineData("a: b #c\n")]
    [InlineData("a b:\n")]
    public void What_is_not_plainly_simple_is_left_to_the_parser(string text) => Assert.Null(SimpleYaml.TryRead(text));

    [Fact]
    public void Merge_keys_add_what_is_missing()
    {
        var value = (IReadOnlyDictionary<string, object?>)YamlText.Read("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n")!;
        var use = (IReadOnlyDictionary<string, object?>)value["use"]!;

        Assert.Equal(3L, use["y"]);
        Assert.Equal(1L, use["x"]);
    }

    [Fact]
    public void Of_several_merged_mappings_the_first_wins()
    {
        var value = (IReadOnlyDictionary<string, object?>)YamlText.Read("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nuse: {<<: [*a, *b]}\n")!;
        var use = (IReadOnlyDictionary<string, object?>)value["use"]!;

        Assert.Equal(1L, use["x"]);
        Assert.Equal(2L, use["y"]);
    }

    [Theory]
    [InlineData("!!str 12", "12")]
    [InlineData("!!int '12'", 12L)]
    [InlineData("!!float 3", 3.0)]
    [InlineData("!!bool 'off'", false)]
    [InlineData("!!null ''", null)]
    [InlineData("! 12", "12")]
    public void A_tag_decides_the_type(string text, object? expected) => Assert.Equal(expected, YamlText.Read(text));

    [Fact]
    public void Of_a_key_that_is_there_twice_the_last_value_counts()
    {
        var value = (IReadOnlyDictionary<string, object?>)YamlText.Read("a:\n  b: 1\n  b: 2\n")!;

        Assert.Equal(2L, ((IReadOnlyDictionary<string, object?>)value["a"]!)["b"]);
    }

    [Theory]
    [InlineData("a:\n\tb: 1\n", 2, 1)]
    [InlineData("a: {\nb: 1}\n", 1, 4)]
    [InlineData("a: 1\nb: c: d\n", 2, 5)]
    [InlineData("\ta: 1\n", 1, 2)]
    [InlineData("a: *x\n", 1, 4)]
    [InlineData("!!int x\n", 1, 1)]
    [InlineData("a: !python/name:os.system x\n", 1, 4)]
    [InlineData("a: 1\n--- \nb: 2\n", 2, 1)]
    [InlineData("- [a]: 1\n", 1, 3)]
    [InlineData("&a [*a]\n", 1, 5)]
    public void An_error_says_where_it_is(string text, int line, int column)
    {
        var error = Assert.Throws<YamlTextException>(() => YamlText.Read(text));

        Assert.Equal(new TextPosition(line, column), error.Position);
    }
}
