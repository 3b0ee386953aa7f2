using Guild.Engine.Runs;
using Guild.Engine.Runs.Queries;
using Guild.Engine.Scalars;

namespace Guild.Engine.Tests.Runs.Queries;

/// <summary>What filters mean, by the rules of Guild AI 0.9, on one run.</summary>
public sealed class FilterMatchTests : IDisposable
{
    private static readonly StandingClock Later = new(DateTimeOffset.UtcNow.AddHours(1));

    private readonly TestHome _home = new();
    private readonly RunDirectory _directory;

    public FilterMatchTests()
    {
        _directory = _home.AddRun("abcd1234000000000000000000000000");
        foreach (var (name, value) in Attributes)
        {
            _directory.WriteAttribute(name, value);
        }

        using (var events = EventFileWriter.InFolder(_directory.GuildPath, "here", 1, TimeProvider.System))
        {
            events.Add("x", 0.5f, 0, 0);
            events.Add("x", 0.25f, 1, 1);
            events.Add("b", 1.5f, 1, 1);
            events.Add("deps", 7f, 1, 1);
        }

        var nested = Directory.CreateDirectory(Path.Join(_directory.Path, "target", ".guild")).FullName;
        using (var events = EventFileWriter.InFolder(nested, "here", 1, TimeProvider.System))
        {
            events.Add("loss", 2f, 1, 1);
            events.Add("x", 9f, 1, 1);
        }
    }

    private static IEnumerable<(string, object?)> Attributes =>
    [
        ("label", "hello world a=1"),
        ("tags", new List<object?> { "green", "Red" }),
        ("comments", new List<object?> { new Dictionary<string, object?> { ["body"] = "too Slow", ["user"] = "u", ["host"] = "h", ["time"] = 1L } }),
        ("sourcecode_digest", "0123456789abcdef"),
        ("stopped", RunClock.FromTime(new DateTimeOffset(2026, 1, 1, 1, 2, 4, TimeSpan.Zero))),
        ("host", "lab"),
        ("deps", new Dictionary<string, object?>()),
        ("later", "from a file"),
        ("opdef_attrs", new Dictionary<string, object?> { ["family"] = "cnn", ["lr"] = "own", ["status"] = "mine" }),
        ("flags", new Dictionary<string, object?>
        {
            ["a"] = 1L,
            ["b"] = 1.2,
            ["c"] = "red",
            ["d"] = true,
            ["id"] = "4321dcba",
            ["lr"] = 0.1,
            ["list"] = new List<object?> { 1L, "two", 3.0 },
            ["none"] = null,
            ["zero"] = 0L,
            ["nan"] = double.NaN,
            ["big"] = 9007199254740993L,
            ["text"] = "12",
            ["model"] = "resnet",
            ["steps"] = 100L,
        }),
    ];

    public void Dispose() => _home.Dispose();

    [Theory]
    // Constants.
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("true", true)]
    [InlineData("falSE", false)]
    [InlineData("undefined", false)]
    [InlineData("''", false)]
    [InlineData("cat", true)]
    [InlineData("[0]", true)]
    [InlineData("not 0", true)]
    [InlineData("not not 1", true)]
    // Numbers.
    [InlineData("a = 1", true)]
    [InlineData("a = 1.0", true)]
    [InlineData("a = 2", false)]
    [InlineData("a < 1", false)]
    [InlineData("a <= 1", true)]
    [InlineData("a > 1", false)]
    [InlineData("a >= 1", true)]
    [InlineData("a != 1", false)]
    [InlineData("a <> 2", true)]
    [InlineData("a>.5", true)]
    [InlineData("a>-1e-3", true)]
    [InlineData("b < 1.21", true)]
    [InlineData("b < 2", true)]
    [InlineData("b > 1", true)]
    [InlineData("big = 9007199254740993", true)]
    [InlineData("big > 9007199254740992.0", true)]
    [InlineData("big < 1e300", true)]
    [InlineData("nan = 1", false)]
    [InlineData("nan < 1", false)]
    [InlineData("nan >= 1", false)]
    [InlineData("nan != 1", true)]
    // Unlike types.
    [InlineData("c < 1", false)]
    [InlineData("c > 1", false)]
    [InlineData("c = 1", false)]
    [InlineData("c != 1", true)]
    [InlineData("text = 12", false)]
    [InlineData("text = '12'", true)]
    [InlineData("d = 1", false)]
    [InlineData("d = true", true)]
    [InlineData("d is not false", true)]
    [InlineData("list < 1", false)]
    // Undefined.
    [InlineData("a is undefined", false)]
    [InlineData("a is not undefined", true)]
    [InlineData("not a is undefined", true)]
    [InlineData("e = 1", false)]
    [InlineData("e != 1", true)]
    [InlineData("e < 1", false)]
    [InlineData("e is undefined", true)]
    [InlineData("e is not undefined", false)]
    [InlineData("none is undefined", true)]
    // Lists.
    [InlineData("c in [red,green, blue]", true)]
    [InlineData("c in ['red',1]", true)]
    [InlineData("c in [green,blue]", false)]
    [InlineData("c not in [red, green, blue]", false)]
    [InlineData("c not in [green, blue]", true)]
    [InlineData("a in [2, 1.0]", true)]
    [InlineData("list = [1, two, 3]", true)]
    [InlineData("list in [[1, two, 3.0]]", true)]
    [InlineData("e in [undefined]", true)]
    // Contains.
    [InlineData("c contains ed", true)]
    [InlineData("c contains 'ED'", true)]
    [InlineData("c contains fred", false)]
    [InlineData("c not contains ed", false)]
    [InlineData("c not contains fred", true)]
    [InlineData("label contains 'HELLO WORLD'", true)]
    [InlineData("xxx contains abc", false)]
    [InlineData("xxx not contains abc", true)]
    [InlineData("list contains two", true)]
    [InlineData("list contains TWO", false)]
    [InlineData("list contains 1", true)]
    [InlineData("list contains 3", true)]
    [InlineData("list contains 3.0", true)]
    [InlineData("list contains '1'", false)]
    [InlineData("big contains 9254", true)]
    [InlineData("b contains '1.2'", true)]
    [InlineData("c contains [red]", false)]
    [InlineData("tags contains green", true)]
    [InlineData("tags contains Green", false)]
    [InlineData("tags contains [green, Red]", true)]
    [InlineData("tags contains [green, blue]", false)]
    [InlineData("tags not contains [blue]", true)]
    // Words between: and, or alike and to the right, not binds first.
    [InlineData("a = 1 and b = 1.2", true)]
    [InlineData("a = 1 AND b = 1.3", false)]
    [InlineData("a = 1.1 oR b = 1.2", true)]
    [InlineData("true or false and false", true)]
    [InlineData("(true or false) and false", false)]
    [InlineData("false and true or true", false)]
    [InlineData("(false and true) or true", true)]
    [InlineData("not false or true", true)]
    [InlineData("not true or true", true)]
    [InlineData("not (true or true)", false)]
    [InlineData("not a = 1", false)]
    [InlineData("not ((a = 1 or a = 2) and c in [blue,green])", true)]
    [InlineData("a = 1\n  and b = 1.2", true)]
    // Quotes.
    [InlineData("c = \"r\\x65d\"", true)]
    [InlineData("c = 'it''s'", false)]
    [InlineData("'it''s' and c != 'it''s'", true)]
    // Names: attributes, flags, scalars.
    [InlineData("id = abcd1234000000000000000000000000", true)]
    [InlineData("flag:id = '4321dcba'", true)]
    [InlineData("flag:id = abcd1234", false)]
    [InlineData("short_id = abcd1234", true)]
    [InlineData("run = abcd1234", true)]
    [InlineData("b = 1.2 and scalar:b = 1.5", true)]
    [InlineData("scalar:a is undefined", true)]
    [InlineData("attr:a is undefined", true)]
    [InlineData("x = 0.25", true)]
    [InlineData("x < 0.3", true)]
    [InlineData("loss = 2", true)]
    [InlineData("target/.guild#loss = 2", true)]
    [InlineData("target/.guild#x = 9", true)]
    [InlineData("other/.guild#loss is undefined", true)]
    [InlineData("scalar:#x = 0.25", true)]
    [InlineData("scalar:.guild#x = 0.25", true)]
    [InlineData("scalar:.guild#loss is undefined", true)]
    [InlineData("op = train and op_model = mlp and operation = mlp:train", true)]
    [InlineData("status = completed", true)]
    [InlineData("attr:status = completed", true)]
    [InlineData("exit_status = 0", true)]
    [InlineData("started contains '2026-01-01' or started contains '2025-12-31'", true)]
    [InlineData("started > '2025-12-01' and started < '2026-02'", true)]
    [InlineData("time = '1:02:03'", true)]
    [InlineData("marked = false", true)]
    [InlineData("sourcecode = '01234567'", true)]
    [InlineData("sourcecode_digest contains '9abc'", true)]
    [InlineData("comments contains 'too slow'", true)]
    [InlineData("from = '/srv/demo/guild.yml'", true)]
    [InlineData("host = lab", true)]
    [InlineData("model = resnet", true)]
    [InlineData("attr:model = mlp", true)]
    [InlineData("steps = 100", true)]
    // What an operation's author gave to its runs, and what lies in files of its own.
    [InlineData("family = cnn", true)]
    [InlineData("lr = own", true)]
    [InlineData("flag:lr = 0.1", true)]
    [InlineData("later = 'from a file'", true)]
    [InlineData("attr:later contains file", true)]
    [InlineData("flag:later is undefined", true)]
    [InlineData("deps = 7", true)]
    [InlineData("attr:deps is undefined", false)]
    [InlineData("attr:../opref is undefined", true)]
    public void A_filter_is_true_or_not(string text, bool expected)
    {
        var filter = FilterExpression.Parse(text);
        _ = _home.Indexed(Later).List().ToList();
        var indexed = _home.Indexed(Later);
        var fromIndex = Assert.Single(indexed.List());

        Assert.Equal(expected, filter.Matches(_home.Read(_directory)));
        Assert.Equal(expected, filter.Matches(fromIndex));
        Assert.Equal(expected, new RunQuery { Filters = [filter] }.Of(indexed.List(), indexed, CancellationToken.None).Any());
    }

    [Theory]
    [InlineData("", FilterPlace.Part, "")]
    [InlineData("not", FilterPlace.Part, "")]
    [InlineData("(a = 1 and", FilterPlace.Part, "")]
    [InlineData("lr", FilterPlace.Operator, "lr")]
    [InlineData("a = 1 or lr", FilterPlace.Operator, "lr")]
    [InlineData("lr <", FilterPlace.Value, "lr")]
    [InlineData("lr is", FilterPlace.Value, "lr")]
    [InlineData("lr is not", FilterPlace.Value, "lr")]
    [InlineData("lr contains", FilterPlace.Value, "lr")]
    [InlineData("lr not", FilterPlace.NegatedOperator, "lr")]
    [InlineData("lr not contains", FilterPlace.Value, "lr")]
    [InlineData("lr not in", FilterPlace.List, "lr")]
    [InlineData("lr in [", FilterPlace.Item, "lr")]
    [InlineData("lr in [1,", FilterPlace.Item, "lr")]
    [InlineData("lr in [1", FilterPlace.ItemEnd, "lr")]
    [InlineData("lr in [1]", FilterPlace.Link, "")]
    [InlineData("lr = x", FilterPlace.Link, "")]
    [InlineData("(lr = x)", FilterPlace.Link, "")]
    public void Who_helps_to_write_a_filter_learns_what_can_follow(string beginning, FilterPlace place, string name) =>
        Assert.Equal(new FilterContext(place, name), FilterContext.After(beginning));

    [Fact]
    public void Nothing_follows_what_is_no_filter() => Assert.Null(FilterContext.After("a = 'x"));
}
