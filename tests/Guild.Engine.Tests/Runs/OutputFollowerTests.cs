using System.Text;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class OutputFollowerTests : IDisposable
{
    private readonly TestHome _home = new();

    private readonly RunDirectory _run;

    public OutputFollowerTests() => _run = _home.AddRun(exitStatus: null);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Output_that_does_not_exist_yet_is_waited_for()
    {
        using var follower = new OutputFollower(_run);
        Assert.Empty(follower.Next().Pieces);
        Append("a\n");
        Assert.Equal(["a⏎"], Show(follower.Next()));
    }

    [Fact]
    public void Each_look_gives_what_is_new()
    {
        using var follower = new OutputFollower(_run);
        Append("a\nb\n");
        Assert.Equal(["a⏎", "b⏎"], Show(follower.Next()));
        Assert.Empty(follower.Next().Pieces);
        Append("c\n");
        Assert.Equal(["c⏎"], Show(follower.Next()));
    }

    [Fact]
    public void What_lies_behind_an_end_is_taken_when_the_end_has_moved_on()
    {
        using var follower = new OutputFollower(_run) { End = 2 };
        Append("a\nb\nc\n");
        Assert.Equal(["a⏎"], Show(follower.Next()));
        Assert.Empty(Show(follower.Next()));
        follower.End = 0;
        Assert.Empty(Show(follower.Next()));
        follower.End = long.MaxValue;
        Assert.Equal(["b⏎", "c⏎"], Show(follower.Finish()));
    }

    [Fact]
    public void An_unfinished_line_is_given_as_it_comes()
    {
        using var follower = new OutputFollower(_run);
        Append("10%\r");
        Assert.Equal(["10%\r"], Show(follower.Next()));
        Append("20%\r");
        Assert.Equal(["+20%\r"], Show(follower.Next()));
        Append("done\r\nnext\n");
        Assert.Equal(["+done⏎", "next⏎"], Show(follower.Next()));
    }

    [Fact]
    public void An_unfinished_line_can_be_held_back_until_it_is_complete()
    {
        using var follower = new OutputFollower(_run, new OutputFollowing { GivesUnfinishedLines = false });
        Append("a");
        Assert.Empty(follower.Next().Pieces);
        Append("b\nc");
        Assert.Equal(["ab⏎"], Show(follower.Next()));
        Assert.Equal(["c⏎"], Show(follower.Finish()));
    }

    [Theory]
    [InlineData(true, "a|+⏎")]
    [InlineData(false, "a⏎")]
    public void A_last_line_without_a_line_break_ends_when_the_run_does(bool givesUnfinishedLines, string expected)
    {
        using var follower = new OutputFollower(_run, new OutputFollowing { GivesUnfinishedLines = givesUnfinishedLines });
        Append("a");
        Assert.Equal(expected, string.Join('|', Show(follower.Finish())));
        Assert.Empty(follower.Finish().Pieces);
    }

    [Fact]
    public void A_character_that_comes_in_two_parts_is_one_character()
    {
        using var follower = new OutputFollower(_run);
        var bytes = Encoding.UTF8.GetBytes("é\n");
        Append(bytes[..1]);
        Assert.Empty(follower.Next().Pieces);
        Append(bytes[1..]);
        Assert.Equal(["é⏎"], Show(follower.Next()));
    }

    [Fact]
    public void A_line_waits_one_look_for_its_index_entry()
    {
        AppendEntry(OutputStreamKind.Output);
        Append("a\nb\n");
        using var follower = new OutputFollower(_run);
        Assert.Equal(["a⏎"], Show(follower.Next()));
        AppendEntry(OutputStreamKind.Error);
        var piece = Assert.Single(follower.Next().Pieces);
        Assert.Equal(OutputStreamKind.Error, piece.Stream);
        Append("c\n");
        Assert.Empty(follower.Next().Pieces);
        Assert.Null(Assert.Single(follower.Next().Pieces).Time);
    }

    [Fact]
    public void All_that_is_left_is_given_at_the_end_though_its_index_never_came()
    {
        AppendEntry(OutputStreamKind.Output);
        Append("a\nb\nc\nd");
        using var follower = new OutputFollower(_run);
        Assert.Equal("a⏎b⏎c⏎d+⏎", string.Concat(Show(follower.Finish())));
    }

    [Fact]
    public void A_look_takes_no_more_than_its_portion()
    {
        using var follower = new OutputFollower(_run, new OutputFollowing { PortionBytes = 4, SkipBytes = null });
        Append("aaaa\nbb\n");
        var portion = follower.Next();
        Assert.Equal(["aaaa"], Show(portion));
        Assert.True(portion.HasMore);
        Assert.Equal(["+⏎", "bb⏎"], Show(follower.Next()));
        Assert.False(follower.Next().HasMore);
    }

    [Fact]
    public void A_follower_that_is_far_behind_skips_lines_and_says_how_many()
    {
        var lines = Enumerable.Range(0, 1000).Select(i => $"line {i:D4}").ToList();
        using var follower = new OutputFollower(_run, new OutputFollowing { PortionBytes = 100, SkipBytes = 1000 });
        foreach (var line in lines)
        {
            Append(line + "\n");
            AppendEntry(line.EndsWith('9') ? OutputStreamKind.Error : OutputStreamKind.Output);
        }

        var portion = follower.Next();
        var given = portion.Pieces.Concat(follower.Finish().Pieces).ToList();
        Assert.Equal(1000, portion.SkippedLines + given.Count);
        Assert.NotEmpty(given);
        Assert.Equal(lines.TakeLast(given.Count), given.Select(piece => piece.Text));
        Assert.All(given, piece => Assert.Equal(piece.Text.EndsWith('9'), piece.Stream == OutputStreamKind.Error));
    }

    [Fact]
    public void A_line_that_was_begun_ends_before_lines_are_skipped()
    {
        using var follower = new OutputFollower(_run, new OutputFollowing { PortionBytes = 16, SkipBytes = 32 });
        Append("begun");
        Assert.Equal(["begun"], Show(follower.Next()));
        Append(" and ended\n" + string.Concat(Enumerable.Repeat("0123456\n", 20)));
        var portion = follower.Next();
        Assert.Equal(["+⏎", "0123456⏎"], Show(portion));
        Assert.Equal(19, portion.SkippedLines);
    }

    [Fact]
    public void Output_that_begins_anew_is_followed_from_its_beginning()
    {
        using var follower = new OutputFollower(_run);
        Append("first time\n");
        follower.Next();
        File.WriteAllText(_run.OutputPath, "again\n");
        Assert.Equal(["again⏎"], Show(follower.Next()));
    }

    private void Append(string text) => Append(Encoding.UTF8.GetBytes(text));

    private void Append(byte[] bytes) => File.AppendAllBytes(_run.OutputPath, bytes);

    private void AppendEntry(OutputStreamKind stream)
    {
        var entry = new byte[OutputIndexEntry.Size];
        new OutputIndexEntry(1_700_000_000_000, stream).Write(entry);
        File.AppendAllBytes(_run.OutputIndexPath, entry);
    }

    private static IEnumerable<string> Show(OutputPortion portion) =>
        portion.Pieces.Select(piece => (piece.StartsLine ? "" : "+") + piece.Text + (piece.EndsLine ? "⏎" : ""));
}
