using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class TransferTextTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(999_400, "999 kB")]
    [InlineData(999_600, "1.00 MB")]
    [InlineData(1_250_000_000, "1.25 GB")]
    [InlineData(5e15, "5000 TB")]
    public void Sizes_have_three_digits(double bytes, string text) => Assert.Equal(text, TransferText.Size(bytes));

    [Theory]
    [InlineData(-1, "0.0 s")]
    [InlineData(0.32, "0.3 s")]
    [InlineData(1, "1 s")]
    [InlineData(99, "99 s")]
    [InlineData(120, "2 min")]
    [InlineData(7199, "2 h 0 min")]
    [InlineData(12_000, "3 h 20 min")]
    public void Times_have_the_units_that_matter(double seconds, string text) => Assert.Equal(text, TransferText.Time(TimeSpan.FromSeconds(seconds)));
}
