using System.Globalization;
using System.Text;
using Guild.Engine.Scalars;
using Guild.Engine.Tests.Runs;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Scalars;

public sealed class OutputScalarsTests
{
    private readonly Warnings _warnings = new();

    [Theory]
    [InlineData("loss: 0.25", "loss=0.25@0")]
    [InlineData("loss:  1e-3", "loss=0.001@0")]
    [InlineData("loss: -1 (best so far)", "loss=-1@0")]
    [InlineData("loss: .5\r\n", "loss=0.5@0")]
    [InlineData("val/loss_2: NaN", "val/loss_2=NaN@0")]
    [InlineData("_x: +inf", "_x=Infinity@0")]
    [InlineData("a:b: 1", "a:b=1@0")]
    [InlineData("loss: 1 (step 10)", "loss=1@10")]
    [InlineData("loss: 1 (10)", "loss=1@10")]
    [InlineData("step: 7", "")]
    [InlineData("loss: high", "")]
    [InlineData("loss: ", "")]
    [InlineData("loss: e6", "")]
    [InlineData("  loss: 1", "")]
    [InlineData("2024-01-01 12:00:00 epoch: 1", "")]
    [InlineData("the loss: 1", "")]
    [InlineData("loss = 1", "")]
    [InlineData("", "")]
    public void The_default_patterns_find_a_name_and_its_value(string line, string expected)
    {
        Assert.Equal(expected, Match(configuration: null, line));
    }

    [Fact]
    public void Values_are_read_to_the_last_bit()
    {
        var random = new Random(7);
        var scalars = Create(configuration: null)!;
        for (var i = 0; i < 20_000; i++)
        {
            var digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 18))).ToString(CultureInfo.InvariantCulture);
            var text = (i % 3 == 0 ? "-" : "") + digits.Insert(random.Next(digits.Length + 1), ".");

            var value = Assert.Single(scalars.Match(Encoding.UTF8.GetBytes($"loss: {text}"))).Value;

            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
        }
    }

    // The default patterns are read by hand. The same patterns in a Guild file are expressions, and Guild AI's meaning.
    [Fact]
    public void The_default_patterns_find_what_their_expressions_find()
    {
        string[] names = ["loss", "a:b", "step", "_", "x/y.z", "1x", "é", "", "a b", ":"];
        string[] marks = [": ", ":  ", ":\t", ":", " : ", ":: ", ":\u00a0"];
        string[] values = ["1", "-1.5", "+.5e-3", "1.", ".", "", "e5", "-", "nan", "-nan", "NaN", "INF", "+inf", "infinity", "1_000", "0x1", "1e", "1e+", "12e3x", "1,5", "1e999", "٣"];
        string[] tails = ["", " ", "\r\n", " (step 3)", " (3)", "  (step\t 04)", "(step 3)", " (step)", " (step3)", " ( 3)", " (best) (5)", " (", " ()", ")", " (step 3) x", " (99999999999999999999)", "\u2003(7)", "\f"];
        var byHand = Create(configuration: null);
        var byExpressions = Create(OutputScalars.DefaultPatterns.ToList<object?>());
        foreach (var line in from name in names from mark in marks from value in values from tail in tails select name + mark + value + tail)
        {
            var bytes = Encoding.UTF8.GetBytes(line);

            Assert.Equal($"{line}|{Show(byExpressions.Match(bytes))}", $"{line}|{Show(byHand.Match(bytes))}");
        }
    }

    [Fact]
    public void Names_of_flags_are_no_scalars_of_the_default_patterns()
    {
        Assert.Equal("loss=2@0", Match(configuration: null, ["lr"], "lr: 1", "loss: 2"));
        Assert.Equal("lr=1@0", Match(@"(\key): (\value)", ["lr"], "lr: 1"));
    }

    [Fact]
    public void A_step_holds_until_the_next_one()
    {
        Assert.Equal("x=1@1 x=2@2 x=3@3 x=4@3", Match(null, "step: 1", "x: 1", "step: 2", "x: 2", "step: 3", "x: 3", "x: 4"));
    }

    [Fact]
    public void Without_a_step_it_goes_up_when_a_name_comes_again()
    {
        Assert.Equal("loss=1@0 acc=2@0 loss=3@1 acc=4@1 acc=5@2", Match(null, "loss: 1", "acc: 2", "loss: 3", "acc: 4", "acc: 5"));
    }

    [Fact]
    public void A_step_that_is_no_number_changes_nothing()
    {
        Assert.Equal("loss=1@3 loss=2@3", Match(null, "step: 3", "loss: 1", "step: nan", "loss: 2"));
    }

    [Theory]
    [InlineData(@"loss: '(\value)'", "1|2|3", "loss=1@0 loss=2@1 loss=3@2")]
    [InlineData(@"loss: 'loss=(\value)'", "loss=2", "loss=2@0")]
    [InlineData(@"'(\key)... (\value)'", "loss... 2", "loss=2@0")]
    [InlineData(@"{step: 'step (\d+):', loss: 'loss: (\S+)', acc: 'acc: (\S+)'}", "step 1:|loss: 1.5 - acc: 0.5|step 2:|loss: 0.5 - acc: 1", "acc=0.5@1 loss=1.5@1 acc=1@2 loss=0.5@2")]
    [InlineData(@"['Epoch (?P<step>\S+): loss=(?P<loss>\S+)']", "Epoch 1: loss=1|Epoch 2: loss=2", "loss=1@1 loss=2@2")]
    [InlineData(@"['iter (?P<step>\step) | loss: (?P<loss>\value)', {score: 'Total loss: (\value)'}]", "iter 0 | loss: 0.5|iter 1 | loss: 0.25|Total loss: 2", "loss=0.5@0 loss=0.25@1 loss=2@1 score=2@1")]
    [InlineData(@"'(?P<_val>[+-]?[\d\.]+) \((?P<_key>\S+)\)'", "1.5 (loss)|0.5 (acc)", "loss=1.5@0 acc=0.5@0")]
    [InlineData(@"x: 'x=(\d+)'", "x=1 y=1 - x=2 y=2 - x=3 y=3", "x=3@0")]
    [InlineData(@"'(\w+)=(\d+)'", "x=1 y=1 - x=2 y=2 - x=3 y=3", "x=3@0 y=3@0")]
    public void Patterns_of_an_operation_work_as_in_Guild_AI(string configuration, string lines, string expected)
    {
        Assert.Equal(expected, Match(YamlText.Read(configuration), lines.Contains("iter", StringComparison.Ordinal) ? SplitIterations(lines) : lines.Split('|')));
        Assert.Empty(_warnings.Texts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData("")]
    public void Scalars_can_be_turned_off(object configuration)
    {
        Assert.Null(OutputScalars.Create(configuration, [], _warnings, TimeProvider.System));
    }

    [Fact]
    public void A_configuration_of_another_kind_is_an_error()
    {
        Assert.Throws<RequestException>(() => OutputScalars.Create(3L, [], _warnings, TimeProvider.System));
    }

    [Theory]
    [InlineData("['(', 'x=(?P<x>.)']", "output-scalars: ")]
    [InlineData("[1, 'x=(?P<x>.)']", "output-scalars: '1' is neither a pattern nor a mapping of names to patterns. It is not used.")]
    [InlineData("[{y: 1}, 'x=(?P<x>.)']", "output-scalars: the pattern of 'y' is not a text. It is not used.")]
    [InlineData("['x=.', 'x=(?P<x>.)']", "output-scalars: The pattern 'x=.' needs two groups, for the name and the value, or named groups. It is not used.")]
    public void A_pattern_that_cannot_be_used_is_left_out_with_a_warning(string configuration, string warning)
    {
        Assert.Equal("x=1@0", Match(YamlText.Read(configuration), "x=1"));
        Assert.StartsWith(warning, Assert.Single(_warnings.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_is_turned_off_with_a_warning()
    {
        var scalars = Create(YamlText.Read(@"['(a+)+(x)$', 'n=(?P<n>\d)']"));
        var line = Encoding.UTF8.GetBytes("n=1 " + new string('a', 60) + "!");
        Assert.Equal("n=1@0", Show(scalars.Match(line)));
        Assert.Equal("n=1@1", Show(scalars.Match(line)));
        Assert.Contains("(a+)+(x)$", Assert.Single(_warnings.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_finds_the_same_once_it_is_compiled()
    {
        var scalars = Create(null);
        var found = Enumerable.Range(0, 12_000).Select(i => Show(scalars.Match(Encoding.UTF8.GetBytes($"loss: {i}\n")))).ToList();
        Assert.Equal(Enumerable.Range(0, 12_000).Select(i => $"loss={i}@{i}"), found);
    }

    [Fact]
    public void Bytes_that_are_not_text_are_passed_over()
    {
        Assert.Equal("loss=1@0", Show(Create(null).Match([0xff, .. "loss: 1"u8, 0xfe])));
    }

    [Fact]
    public void A_line_that_is_too_long_is_not_searched()
    {
        Assert.Empty(Create(null).Match(Encoding.UTF8.GetBytes("loss: 1 (" + new string('x', 100_000) + ")")));
    }

    [Fact]
    public void A_point_has_the_time_at_which_it_was_found()
    {
        var clock = new StandingClock(DateTimeOffset.UnixEpoch.AddSeconds(1.5));
        var scalars = OutputScalars.Create(null, [], _warnings, clock)!;
        Assert.Equal(1.5, Assert.Single(scalars.Match("loss: 1"u8)).WallTime);
    }

    private static string[] SplitIterations(string lines) => [.. lines.Replace(" | ", " ¦ ", StringComparison.Ordinal).Split('|').Select(line => line.Replace('¦', '|'))];

    private string Match(object? configuration, params string[] lines) => Match(configuration, [], lines);

    private string Match(object? configuration, string[] flags, params string[] lines)
    {
        var scalars = OutputScalars.Create(configuration, flags, _warnings, TimeProvider.System)!;
        return Show(lines.SelectMany(line => scalars.Match(Encoding.UTF8.GetBytes(line))));
    }

    private OutputScalars Create(object? configuration) => OutputScalars.Create(configuration, [], _warnings, TimeProvider.System)!;

    private static string Show(IEnumerable<ScalarPoint> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Tag}={point.Value}@{point.Step}")));

    private sealed class Warnings : IEventSink
    {
        public List<string> Texts { get; } = [];

        public void Report(EngineEvent engineEvent) => Texts.Add(Assert.IsType<WarningEvent>(engineEvent).Text);
    }
}
