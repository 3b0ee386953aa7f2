using System.Buffers.Binary;
using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Execution;

public sealed class OutputRecorderTests : ProgramTests
{
    [UnixFact]
    public async Task What_is_written_is_recorded_byte_by_byte()
    {
        var recording = await Record(Call("bytes"));

        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), recording.Output);
    }

    [UnixFact]
    public async Task Each_line_has_its_stream_in_the_index()
    {
        var recording = await Record(Shell("echo a; sleep 0.2; echo b >&2; sleep 0.2; echo c"));

        Assert.Equal("a\nb\nc\n", recording.Text);
        Assert.Equal("010", recording.Streams);
    }

    [UnixFact]
    public async Task Each_line_has_its_time_in_the_index()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        var recording = await Record(Shell("echo a; sleep 0.3; echo b"));

        var times = recording.Index.Chunk(9).Select(entry => BinaryPrimitives.ReadInt64BigEndian(entry)).ToList();
        Assert.InRange(times[0], before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.InRange(times[1] - times[0], 200, 30_000);
    }

    [UnixFact]
    public async Task A_last_line_without_an_end_is_recorded_and_has_an_entry()
    {
        var recording = await Record(Shell("echo a; printf b >&2"));

        Assert.Equal("a\nb", recording.Text);
        Assert.Equal("01", recording.Streams);
    }

    [UnixFact]
    public async Task A_program_that_writes_nothing_leaves_two_empty_files()
    {
        var recording = await Record(Shell("true"));

        Assert.Empty(recording.Output);
        Assert.Empty(recording.Index);
    }

    [UnixFact]
    public async Task Lines_of_two_streams_are_not_torn_into_each_other()
    {
        // Each line comes in two pieces, a moment apart, while the other stream writes too.
        const string Pieces = "i=0; while [ $i -lt 200 ]; do printf aaaa; printf 'aaaa\\n'; i=$((i+1)); done";
        var recording = await Record(Shell($"({Pieces}) & ({Pieces.Replace('a', 'b')}) >&2 & wait"));

        Assert.Equal(400, recording.Lines.Length);
        Assert.Equal(string.Concat(recording.Lines.Select(line => line == "aaaaaaaa" ? '0' : '1')), recording.Streams);
        Assert.Equal(200, recording.Lines.Count(line => line == "bbbbbbbb"));
    }

    [UnixFact]
    public async Task The_order_within_a_stream_is_exact()
    {
        var recording = await Record(Shell("seq 1 200000"));

        Assert.Equal(Enumerable.Range(1, 200_000).Select(i => $"{i}"), recording.Lines);
        Assert.Equal(200_000 * 9, recording.Index.Length);
    }

    [UnixFact]
    public async Task Merged_streams_keep_the_order_of_both()
    {
        var recording = await Record(Shell("i=0; while [ $i -lt 500 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done") with { MergesStreams = true });

        Assert.Equal(Enumerable.Range(0, 500).SelectMany(i => new[] { $"o{i}", $"e{i}" }), recording.Lines);
        Assert.Equal(new string('0', 1000), recording.Streams);
    }

    [UnixFact]
    public async Task An_unfinished_line_can_be_seen_while_the_program_runs()
    {
        using var program = SpawnedProgram.Start(Shell("printf '\\r50%%'; while [ ! -e go ]; do sleep 0.05; done; printf '\\r100%%\\n'"));
        var recorded = Record(program);

        await Eventually(() => File.Exists(OutputPath) && ReadShared(OutputPath) == "\r50%");
        Assert.Empty(ReadShared(IndexPath));
        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");

        var recording = await recorded;
        Assert.Equal("\r50%\r100%\n", recording.Text);
        Assert.Equal("0", recording.Streams);
    }

    [UnixFact]
    public async Task A_line_of_many_megabytes_is_one_line()
    {
        var recording = await Record(Shell("head -c 10000000 /dev/zero | tr '\\0' x; echo; echo end"));

        Assert.Equal(10_000_005, recording.Output.Length);
        Assert.Equal("00", recording.Streams);
    }

    [UnixFact]
    public async Task What_was_recorded_before_is_kept_and_its_last_line_ended()
    {
        await File.WriteAllTextAsync(OutputPath, "earlier");
        await File.WriteAllBytesAsync(IndexPath, new byte[9]);

        var recording = await Record(Shell("echo later >&2"));

        Assert.Equal("earlier\nlater\n", recording.Text);
        Assert.Equal("01", recording.Streams);
    }

    [UnixFact]
    public async Task Each_line_is_handed_to_the_sink_without_its_end()
    {
        var lines = new List<(string, OutputStreamKind)>();

        await Record(Shell("echo one; printf two >&2"), (line, stream) => lines.Add((Encoding.UTF8.GetString(line), stream)));

        Assert.Equal([("one", OutputStreamKind.Output), ("two", OutputStreamKind.Error)], lines.OrderBy(line => line.Item2));
    }

    [UnixFact]
    public async Task Lines_that_lie_across_two_readings_are_whole_for_the_sink()
    {
        var lines = new List<string>();

        await Record(Shell("seq 1 100000"), (line, _) => lines.Add(Encoding.UTF8.GetString(line)));

        Assert.Equal(Enumerable.Range(1, 100_000).Select(i => $"{i}"), lines);
    }

    [UnixFact]
    public async Task A_sink_that_wants_a_mark_gets_each_line_that_has_it_and_no_other()
    {
        var lines = new List<string>();

        await Record(
            Shell("seq 1 50000 | sed 's/7$/7: yes/'; printf 'no end'; sleep 0.2; echo ' and no mark'; printf 'an end'; sleep 0.2; echo ': late'; printf 'last: one'"),
            (line, _) => lines.Add(Encoding.UTF8.GetString(line)),
            (byte)':');

        Assert.Equal([.. Enumerable.Range(1, 50_000).Where(i => i % 10 == 7).Select(i => $"{i}: yes"), "an end: late", "last: one"], lines);
        Assert.Equal(50_003 * 9, Index.Length);
    }

    [UnixFact]
    public async Task A_sink_that_wants_a_mark_is_spared_a_long_line_without_it()
    {
        var lines = new List<string>();

        await Record(Shell("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo a:b"), (line, _) => lines.Add(Encoding.UTF8.GetString(line)), (byte)':');

        Assert.Equal(["a:b"], lines);
    }

    [UnixFact]
    public async Task A_sink_sees_the_first_64_KiB_of_a_longer_line()
    {
        var lengths = new List<int>();

        await Record(Shell("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo end"), (line, _) => lengths.Add(line.Length));

        Assert.Equal([65536, 3], lengths);
    }

    [UnixFact]
    public async Task A_sink_that_fails_spoils_neither_record_nor_program()
    {
        using var program = SpawnedProgram.Start(Shell("seq 1 1000"));
        using var recorder = new OutputRecorder(program, OpenFile(), new OutputLineReader((_, _) => throw new InvalidOperationException("bad")), TimeProvider.System);
        recorder.Begin();

        var exit = await program.Exit.WaitAsync(Limit);
        recorder.Finish();

        Assert.Equal(0, exit.Status);
        Assert.Equal("bad", recorder.LineFault?.Message);
        Assert.Equal(9000, Index.Length);
    }

    [UnixFact]
    public async Task A_full_disk_does_not_block_the_program()
    {
        File.CreateSymbolicLink(OutputPath, "/dev/full");
        using var program = SpawnedProgram.Start(Shell("seq 1 1000000"));
        using var recorder = new OutputRecorder(program, OpenFile(), lines: null, TimeProvider.System);
        recorder.Begin();

        var exit = await program.Exit.WaitAsync(Limit);
        recorder.Finish();

        Assert.Equal(0, exit.Status);
        Assert.IsType<IOException>(recorder.Fault);
    }

    [UnixFact]
    public async Task What_outlives_the_program_in_silence_is_waited_for_two_seconds()
    {
        using var program = SpawnedProgram.Start(Shell("echo a; sleep 60 & echo $! > pid"));
        var started = DateTimeOffset.UtcNow;

        var recording = await Record(program);

        Assert.True(recording.IsCutShort);
        Assert.Equal("a\n", recording.Text);
        Assert.InRange((DateTimeOffset.UtcNow - started).TotalSeconds, 1.9, 9);
        Assert.True(IsRunning(await ProcessIdIn("pid")));
        program.Kill();
    }

    [UnixFact]
    public async Task What_outlives_the_program_and_writes_is_read_beyond_two_seconds()
    {
        var recording = await Record(Shell("(for i in 1 2 3; do sleep 1; echo $i; done) & echo first"));

        Assert.False(recording.IsCutShort);
        Assert.Equal(["first", "1", "2", "3"], recording.Lines);
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
