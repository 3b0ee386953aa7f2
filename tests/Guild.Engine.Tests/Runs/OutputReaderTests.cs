using System.Text;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class OutputReaderTests : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch.AddYears(50);

    private readonly TestHome _home = new();

    private readonly RunDirectory _run;

    public OutputReaderTests() => _run = _home.AddRun();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_run_without_output_has_no_lines()
    {
        Assert.Empty(OutputReader.Read(_run));
        Assert.Empty(OutputReader.Tail(_run, 5));
        Assert.Equal(0, OutputReader.Count(_run));
        Write("", entries: 0);
        Assert.Empty(OutputReader.Read(_run));
        Assert.Empty(OutputReader.Tail(_run, 5));
        Assert.Equal(0, OutputReader.Count(_run));
    }

    [Fact]
    public void Lines_have_their_time_and_stream()
    {
        Write("a\nb\n", entries: 2);
        Assert.Equal(
            [new OutputLine(Begin, OutputStreamKind.Output, "a"), new OutputLine(Begin.AddSeconds(1), OutputStreamKind.Error, "b")],
            OutputReader.Read(_run));
    }

    [Fact]
    public void A_last_line_without_a_line_break_is_a_line()
    {
        Write("a\nb", entries: 2);
        Assert.Equal(["a", "b"], Texts(OutputReader.Read(_run)));
        Assert.Equal(["b"], Texts(OutputReader.Tail(_run, 1)));
        Assert.Equal(OutputStreamKind.Error, OutputReader.Tail(_run, 1)[0].Stream);
        Assert.Equal(2, OutputReader.Count(_run));
    }

    [Fact]
    public void An_unfinished_line_of_a_running_run_has_no_time_yet()
    {
        Write("a\nb\nc", entries: 2);
        File.WriteAllText(_run.LockPath, "1");
        Assert.Equal([Begin.AddSeconds(1), null], OutputReader.Tail(_run, 2).Select(line => line.Time));
    }

    [Fact]
    public void Lines_without_an_index_are_read_without_times()
    {
        Write("a\nb\n", entries: 0);
        File.Delete(_run.OutputIndexPath);
        Assert.Equal([new OutputLine(null, OutputStreamKind.Output, "a"), new OutputLine(null, OutputStreamKind.Output, "b")], OutputReader.Read(_run));
        Assert.Equal(["b"], Texts(OutputReader.Tail(_run, 1)));
    }

    [Fact]
    public void A_carriage_return_before_the_line_break_belongs_to_it()
    {
        Write("10%\r20%\rdone\r\n\r\n", entries: 2);
        Assert.Equal(["10%\r20%\rdone", ""], Texts(OutputReader.Read(_run)));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_replacement_characters()
    {
        File.WriteAllBytes(_run.OutputPath, [(byte)'a', 0xff, (byte)'\n', 0xc3]);
        Assert.Equal(["a\uFFFD", "\uFFFD"], Texts(OutputReader.Read(_run)));
    }

    [Theory]
    [InlineData(0, null, "0,1,2,3,4")]
    [InlineData(1, 2L, "1,2")]
    [InlineData(4, 9L, "4")]
    [InlineData(3, 1L, "")]
    [InlineData(9, null, "")]
    public void A_range_counts_from_zero_and_has_both_its_ends(long first, long? last, string expected)
    {
        Write("0\n1\n2\n3\n4\n", entries: 5);
        Assert.Equal(expected, string.Join(',', OutputReader.Read(_run, first, last)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    [InlineData(20_000)]
    public void The_last_lines_are_the_end_of_all_lines(int count)
    {
        Write(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i} {new string('x', i % 50)}\n")), entries: 10_000);
        Assert.Equal(OutputReader.Read(_run).TakeLast(count), OutputReader.Tail(_run, count));
    }

    [Fact]
    public void Empty_lines_at_the_end_are_lines()
    {
        Write("a\n\n\n", entries: 3);
        Assert.Equal(["", ""], Texts(OutputReader.Tail(_run, 2)));
        Assert.Equal(["a", "", ""], Texts(OutputReader.Tail(_run, 3)));
    }

    [Fact]
    public void Of_a_line_of_ten_megabytes_the_beginning_is_read_and_the_rest_counted()
    {
        Write(new string('x', 10_000_000) + "\nb\n", entries: 2);
        var lines = OutputReader.Read(_run).ToList();
        Assert.Equal($"{new string('x', OutputReader.MaximumLineBytes)} … [{10_000_000 - OutputReader.MaximumLineBytes} bytes more]", lines[0].Text);
        Assert.Equal("b", lines[1].Text);
        Assert.Equal(["b"], Texts(OutputReader.Tail(_run, 1)));
    }

    [Fact]
    public void The_last_lines_of_a_file_larger_than_memory_are_read_from_its_end()
    {
        using (var file = File.OpenWrite(_run.OutputPath))
        {
            file.SetLength(1L << 40);
            file.Seek(0, SeekOrigin.End);
            file.Write("\nb\nc\n"u8);
        }

        Assert.Equal(["b", "c"], Texts(OutputReader.Tail(_run, 2)));
    }

    [Fact]
    public void An_index_entry_is_nine_bytes_with_the_time_first()
    {
        var bytes = new byte[OutputIndexEntry.Size];
        var entry = new OutputIndexEntry(0x0102030405, OutputStreamKind.Error);
        entry.Write(bytes);
        Assert.Equal([0, 0, 0, 1, 2, 3, 4, 5, 1], bytes);
        Assert.Equal(entry, OutputIndexEntry.Read(bytes));
    }

    private void Write(string text, int entries)
    {
        File.WriteAllText(_run.OutputPath, text, new UTF8Encoding(false));
        var index = new byte[entries * OutputIndexEntry.Size];
        for (var i = 0; i < entries; i++)
        {
            new OutputIndexEntry(Begin.AddSeconds(i).ToUnixTimeMilliseconds(), (OutputStreamKind)(i % 2)).Write(index.AsSpan(i * OutputIndexEntry.Size));
        }

        File.WriteAllBytes(_run.OutputIndexPath, index);
    }

    private static IEnumerable<string> Texts(IEnumerable<OutputLine> lines) => lines.Select(line => line.Text);
}
