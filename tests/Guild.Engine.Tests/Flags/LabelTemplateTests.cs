using Guild.Engine.Flags;

namespace Guild.Engine.Tests.Flags;

public sealed class LabelTemplateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("guild-label-").FullName;
    private readonly RecordedEvents events = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, Dictionary<string, object?>> OfGuild => new()
    {
        { "batch-size=32 epochs=3 lr=0.16092 optimizer=sgd", new() { ["batch-size"] = 32L, ["epochs"] = 3L, ["lr"] = 0.1609262549419923, ["optimizer"] = "sgd" } },
        { "batch-size=32 epochs=3 lr=0.48932 optimizer=sgd", new() { ["optimizer"] = "sgd", ["lr"] = 0.48932921956850545, ["epochs"] = 3L, ["batch-size"] = 32L } },
        { "operation:train=e4a2b9b987ee409d91e192cb674990a9 threshold=0.5", new() { ["operation:train"] = "e4a2b9b987ee409d91e192cb674990a9", ["threshold"] = 0.5 } },
        { "name=\"Zo\\xEB \\\"Q\\\" O'Neil\"", new() { ["name"] = "Zoë \"Q\" O'Neil" } },
        { "split=0.2", new() { ["split"] = 0.2 } },
        { "batch-size=32 epochs=[1, 2] lr=[0.1, 0.2] optimizer=sgd", new() { ["batch-size"] = 32L, ["epochs"] = new List<object?> { 1L, 2L }, ["lr"] = new List<object?> { 0.1, 0.2 }, ["optimizer"] = "sgd" } },
        { "batch-size=32 epochs=3 lr=uniform[0.01:0.5] optimizer=sgd", new() { ["batch-size"] = 32L, ["epochs"] = 3L, ["lr"] = "uniform[0.01:0.5]", ["optimizer"] = "sgd" } },
    };

    [Theory]
    [MemberData(nameof(OfGuild))]
    public void Without_a_template_the_label_is_what_Guild_AI_wrote_for_the_same_flags(string expected, Dictionary<string, object?> flags) =>
        Assert.Equal(expected, Render(null, flags));

    [Fact]
    public void The_default_label_leaves_out_nulls_and_quotes_text_with_spaces() =>
        Assert.Equal("a=yes c='x y' d=''", Render(null, new() { ["c"] = "x y", ["b"] = null, ["a"] = true, ["d"] = "" }));

    [Theory]
    [InlineData(0.123456789, "0.12345")]
    [InlineData(0.999999, "0.99999")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1.2345678e-7, "1.23456e-07")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(2.0, "2.0")]
    public void Floats_are_cut_to_five_places_not_rounded(double value, string expected) => Assert.Equal($"x={expected}", Render(null, new() { ["x"] = value }));

    [Fact]
    public void Paths_that_exist_are_shortened()
    {
        var path = Path.Combine(folder, "some", "where", "deep", "rows.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");

        var label = Render("${p}", new() { ["p"] = path });

        Assert.Contains("…", label, StringComparison.Ordinal);
        Assert.EndsWith("rows.csv", label, StringComparison.Ordinal);
        Assert.Equal("/not/there/but/quite/long/rows.csv", Render("${p}", new() { ["p"] = "/not/there/but/quite/long/rows.csv" }));
    }

    [Theory]
    [InlineData("/a/b", 20, "/a/b")]
    [InlineData("/aaaa/bbbb/cccc/dddd/eeee", 20, "/aaaa/…/dddd/eeee")]
    [InlineData("aaaa/bbbb/cccc/dddd/eeee", 20, "aaaa/…/dddd/eeee")]
    [InlineData("/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 20, "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x", 20, "/…/x")]
    public void A_path_is_shortened_in_its_middle(string path, int length, string expected) => Assert.Equal(expected, FlagDisplay.Shorten(path, length, '/'));

    [Theory]
    [InlineData("fast one", "fast one")]
    [InlineData("lr ${lr}", "lr 0.12345")]
    [InlineData("${gone}|${none}", "|")]
    [InlineData("${name}", "'a b'")]
    [InlineData("${name|unquote}", "a b")]
    [InlineData("${lr|%.2f}", "0.12")]
    [InlineData("${n|%05d}", "00003")]
    [InlineData("${lr|%.2e}", "1.23e-01")]
    [InlineData("${name|%d}", "a b")]
    [InlineData("${lr|default:x}", "0.123456789")]
    [InlineData("${none|default:nothing}", "nothing")]
    [InlineData("${gone|default:a:b}", "a:b")]
    [InlineData("x${none|default}", "x")]
    [InlineData("${on}/${on|default:x}", "yes/True")]
    [InlineData("${path|basename}", "rows.csv")]
    [InlineData("${folder|basename}", "data")]
    [InlineData("${gone|default:x/y|basename}", "y")]
    [InlineData("best ${default_label}", "best folder=x/data/ lr=0.12345 n=3 name='a b' on=yes path=x/rows.csv")]
    [InlineData("${prepared}", "8f1e0c2d")]
    [InlineData("$lr ${", "$lr ${")]
    public void Names_and_functions_in_a_template_are_replaced(string template, string expected) => Assert.Equal(expected, Render(template, new()
    {
        ["lr"] = 0.123456789,
        ["n"] = 3L,
        ["name"] = "a b",
        ["none"] = null,
        ["on"] = true,
        ["path"] = "x/rows.csv",
        ["folder"] = "x/data/",
    }));

    [Fact]
    public void An_unknown_function_is_warned_of_and_shown()
    {
        Assert.Equal("a #error#", Render("a ${n|upper}", new() { ["n"] = 1L }));
        Assert.Contains("'upper'", Assert.Single(events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_format_is_warned_of_and_leaves_the_value()
    {
        Assert.Equal("1", Render("${n|%y}", new() { ["n"] = 1L }));
        Assert.Contains("'%y'", Assert.Single(events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_label_is_none()
    {
        Assert.Null(Render(null, []));
        Assert.Null(Render("${gone}", []));
    }

    private string? Render(string? template, Dictionary<string, object?> flags) => LabelTemplate.Render(
        template,
        new LabelContext(flags, folder) { Others = new Dictionary<string, string> { ["prepared"] = "8f1e0c2d" }, Events = events });

    private sealed class RecordedEvents : IEventSink
    {
        public List<string> Warnings { get; } = [];

        public void Report(EngineEvent engineEvent) => Warnings.Add(Assert.IsType<WarningEvent>(engineEvent).Text);
    }
}
