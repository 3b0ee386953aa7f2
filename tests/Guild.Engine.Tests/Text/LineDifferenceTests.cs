using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class LineDifferenceTests
{
    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Empty(Diff("a b c", "a b c"));

    [Fact]
    public void Two_empty_texts_have_no_difference() => Assert.Empty(LineDifference.Unified([], [], "x", "y"));

    [Theory]
    [InlineData("a b c", "a x c", "@@ -1,3 +1,3 @@| a|-b|+x| c")]
    [InlineData("a", "b", "@@ -1 +1 @@|-a|+b")]
    [InlineData("", "a b", "@@ -0,0 +1,2 @@|+a|+b")]
    [InlineData("a b", "", "@@ -1,2 +0,0 @@|-a|-b")]
    [InlineData("1 2 3 4 5", "1 2 3 4 5 6", "@@ -3,3 +3,4 @@| 3| 4| 5|+6")]
    [InlineData("1 2 3 4 5 6 7 8 9 10", "0 1 2 3 4 5 6 7 8 9", "@@ -1,3 +1,4 @@|+0| 1| 2| 3|@@ -7,4 +8,3 @@| 7| 8| 9|-10")]
    [InlineData("a b c a b b a", "c b a b a c", "@@ -1,7 +1,6 @@|-a|-b| c|+b| a| b|-b| a|+c")]
    public void A_difference_is_written_as_diff_does(string before, string after, string expected)
    {
        Assert.Equal(["--- x", "+++ y", .. expected.Split('|')], Diff(before, after));
    }

    [Fact]
    public void A_difference_leads_from_the_one_text_to_the_other()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var before = Enumerable.Range(0, random.Next(12)).Select(_ => $"{random.Next(4)}").ToList();
            var after = Enumerable.Range(0, random.Next(12)).Select(_ => $"{random.Next(4)}").ToList();
            var lines = LineDifference.Unified(before, after, "x", "y").Skip(2).ToList();
            Assert.Equal(after, Apply(before, lines));
        }
    }

    [Fact]
    public void Texts_with_nothing_in_common_are_one_change()
    {
        var before = Enumerable.Range(0, 3000).Select(i => $"a{i}").ToList();
        var after = Enumerable.Range(0, 3000).Select(i => $"b{i}").ToList();
        var lines = LineDifference.Unified(before, after, "x", "y").ToList();
        Assert.Equal(6003, lines.Count);
        Assert.Equal("@@ -1,3000 +1,3000 @@", lines[2]);
    }

    private static List<string> Diff(string before, string after) => [.. LineDifference.Unified(Words(before), Words(after), "x", "y")];

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Apply(List<string> before, List<string> lines)
    {
        var result = new List<string>();
        var at = 0;
        foreach (var line in lines)
        {
            if (line[0] == '@')
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var first = int.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture) - (range is [_, "0"] ? 0 : 1);
                result.AddRange(before[at..first]);
                at = first;
                continue;
            }

            if (line[0] != '+')
            {
                Assert.Equal(before[at++], line[1..]);
            }

            if (line[0] != '-')
            {
                result.Add(line[1..]);
            }
        }

        result.AddRange(before[at..]);
        return result;
    }
}
