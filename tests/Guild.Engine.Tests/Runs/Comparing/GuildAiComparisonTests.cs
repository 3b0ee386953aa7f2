using System.Globalization;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Runs.Comparing;

/// <summary>The runs of Guild AI compare as Guild AI compares them: its own <c>guild compare --csv</c> says how.</summary>
public sealed class GuildAiComparisonTests(GuildAiHome home) : IClassFixture<GuildAiHome>
{
    [Fact]
    public void Columns_and_values_are_those_that_Guild_AI_gives()
    {
        var expected = CsvRows.Read(home.ExpectedText("compare.csv")).Rows.Select(row => row.Cells).ToList();
        var runs = home.Store.List().Where(run => !run.IsBatch).ToList();

        var found = RunComparison.Of(runs, home.Store, new ComparisonOptions { LocateProject = home.Located });

        Assert.Equal(expected[0], found.Columns);
        Assert.Equal(expected.Skip(1).Select(row => string.Join('|', row)), found.Rows.Select(row => string.Join('|', row.Values.Select(Text))));
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void What_a_program_of_Guild_AI_logged_as_an_attribute_is_a_column()
    {
        var run = home.Store.Find("877bc743");
        Assert.Equal(["boom"], RunComparison.ValuesOf(ColumnSpec.Parse(".ValueError")[0], [run], home.Store));
    }

    // Guild AI was run where the time is UTC.
    private static string Text(object? value) => value switch
    {
        null => "",
        double number => PythonText.Float(number),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
