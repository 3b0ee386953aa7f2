using Google.Protobuf;
using Guild.Engine.Scalars;
using Guild.Engine.Scalars.Protocol;

namespace Guild.Engine.Tests.Scalars;

public sealed class ScalarRecordsTests
{
    private readonly ScalarRecords _records = new();

    [Theory]
    [InlineData("loss", 0.25f, 7, 1_700_000_000.25)]
    [InlineData("loss", 0f, 0, 0)]
    [InlineData("loss", -0f, 0, -0.0)]
    [InlineData("", float.NaN, -1, 1)]
    [InlineData("größe/ℓ", float.PositiveInfinity, long.MaxValue, 1e300)]
    [InlineData("x", float.MinValue, 128, double.NaN)]
    public void A_record_has_the_bytes_that_the_format_asks_for(string tag, float value, long step, double wallTime) =>
        Assert.Equal(Expected(tag, value, step, wallTime), Written(tag, value, step, wallTime));

    [Theory]
    [InlineData(100)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    public void Tags_can_be_long(int length)
    {
        var tag = new string('t', length);

        Assert.Equal(Expected(tag, 1, 1, 1), Written(tag, 1, 1, 1));
        Assert.Equal(Expected("short", 1, 1, 1), Written("short", 1, 1, 1));
    }

    [Fact]
    public void Records_follow_each_other_until_they_are_forgotten()
    {
        for (var step = 0; step < 100; step++)
        {
            _records.Add("loss", 0.5f, step, 1);
        }

        Assert.Equal(Enumerable.Range(0, 100).SelectMany(step => Expected("loss", 0.5f, step, 1)), _records.Written.ToArray());

        _records.Clear();

        Assert.True(_records.Written.IsEmpty);
    }

    private byte[] Written(string tag, float value, long step, double wallTime)
    {
        _records.Clear();
        _records.Add(tag, value, step, wallTime);
        return _records.Written.ToArray();
    }

    private static byte[] Expected(string tag, float value, long step, double wallTime)
    {
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = value });
        return EventRecord.Frame(new Event { WallTime = wallTime, Step = step, Summary = summary }.ToByteArray());
    }
}
