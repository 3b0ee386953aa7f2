using Guild.PowerShell.Charts;

namespace Guild.PowerShell.Tests.Charts;

/// <summary>Long series become short ones that look the same.</summary>
public sealed class SeriesReducerTests
{
    [Fact]
    public void A_short_series_is_kept_as_it_is()
    {
        var reducer = new SeriesReducer(50);
        for (var i = 0; i < 20; i++)
        {
            reducer.Add(i, i * i);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => ((double)i, (double)(i * i))), reducer.Points().Select(p => (p.X, p.Y)));
        Assert.Equal([true, .. Enumerable.Repeat(false, 19)], reducer.Points().Select(p => p.IsAfterGap));
    }

    [Fact]
    public void A_million_values_keep_the_ends_of_each_column_in_little_room()
    {
        const int Count = 1_000_000;
        const int Columns = 100;
        var reducer = new SeriesReducer(Columns);
        var random = new Random(7);
        var lowest = Enumerable.Repeat(double.MaxValue, Columns).ToArray();
        var highest = Enumerable.Repeat(double.MinValue, Columns).ToArray();
        for (var i = 0; i < Count; i++)
        {
            var y = random.NextDouble() + i / (double)Count;
            reducer.Add(i, y);
            var column = (int)((long)i * Columns / Count);
            (lowest[column], highest[column]) = (Math.Min(lowest[column], y), Math.Max(highest[column], y));
        }

        var points = reducer.Points();
        Assert.True(points.Count <= 16 * Columns, $"{points.Count} points");
        Assert.Equal((0, Count - 1), (points[0].X, points[^1].X));
        Assert.Equal((lowest.Min(), highest.Max()), (points.Min(p => p.Y), points.Max(p => p.Y)));
        var columns = points.ToLookup(p => (int)(p.X * Columns / Count));
        for (var column = 0; column < Columns; column++)
        {
            // A value at the border can have been put aside for a more extreme one of the next column.
            Assert.InRange(columns[column].Min(p => p.Y) - lowest[column], 0, 0.02);
            Assert.InRange(highest[column] - columns[column].Max(p => p.Y), 0, 0.02);
        }
    }

    [Fact]
    public void A_single_spike_among_many_values_stays()
    {
        var reducer = new SeriesReducer(40);
        for (var i = 0; i < 100_000; i++)
        {
            reducer.Add(i, i == 54_321 ? 99 : 1);
        }

        var spike = Assert.Single(reducer.Points(), p => p.Y == 99);
        Assert.Equal(54_321, spike.X);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Values_may_come_in_any_order(int seed)
    {
        var order = Enumerable.Range(-5000, 20_000).ToArray();
        new Random(seed).Shuffle(order);
        var reducer = new SeriesReducer(30);
        foreach (var i in order)
        {
            reducer.Add(i, Math.Sin(i));
        }

        var points = reducer.Points();
        Assert.Equal(points.Select(p => p.X).Order(), points.Select(p => p.X));
        Assert.Equal((-5000, 14_999), (points[0].X, points[^1].X));
        Assert.All(points, p => Assert.Equal(Math.Sin(p.X), p.Y));
    }

    [Fact]
    public void A_step_far_away_first_does_not_take_the_room_of_the_others()
    {
        var reducer = new SeriesReducer(50);
        reducer.Add(1000, 0);
        for (var i = 0; i < 1000; i++)
        {
            reducer.Add(i, i);
        }

        Assert.True(reducer.Points().Select(p => p.X).Distinct().Count() > 100);
    }

    [Fact]
    public void Values_that_are_no_numbers_leave_gaps()
    {
        var reducer = new SeriesReducer(50);
        double[] values = [double.NaN, 1, 2, double.NaN, 3, double.PositiveInfinity, double.NegativeInfinity, 4, 5, double.NaN];
        for (var i = 0; i < values.Length; i++)
        {
            reducer.Add(i, values[i]);
        }

        Assert.Equal([(1, true), (2, false), (3, true), (4, true), (5, false)], reducer.Points().Select(p => ((int)p.Y, p.IsAfterGap)));
        Assert.Equal((0, 9, 1, 5), (reducer.MinimumX, reducer.MaximumX, reducer.MinimumY, reducer.MaximumY));
    }

    [Fact]
    public void A_gap_stays_when_a_series_gets_long()
    {
        var reducer = new SeriesReducer(20);
        for (var i = 0; i < 10_000; i++)
        {
            reducer.Add(i, i is >= 4000 and < 6000 ? double.NaN : 1);
        }

        var after = Assert.Single(reducer.Points().Skip(1), p => p.IsAfterGap);
        Assert.Equal(6000, after.X);
    }

    [Fact]
    public void Many_values_at_one_step_are_a_line_upwards()
    {
        var reducer = new SeriesReducer(20);
        foreach (var y in (double[])[3, 1, 4, 1, 5])
        {
            reducer.Add(7, y);
        }

        Assert.Equal([3, 1, 5], reducer.Points().Select(p => p.Y));
    }

    [Fact]
    public void Smoothing_is_that_of_TensorBoard()
    {
        var smoothing = new Smoothing(0.5);

        // By hand: averages 0.5, 1.25 and 2.125 over weights 0.5, 0.75 and 0.875.
        Assert.Equal([1, 1.25 / 0.75, 2.125 / 0.875], new double[] { 1, 2, 3 }.Select(smoothing.Next));
        Assert.Equal(double.NaN, smoothing.Next(double.NaN));
        Assert.Equal(3.0625 / 0.9375, smoothing.Next(4));
        Assert.Equal([1.5, -2], new double[] { 1.5, -2 }.Select(new Smoothing(0).Next));
    }
}
