using System.Diagnostics;
using System.Globalization;
using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>Output that is more, longer or later than anybody expects.</summary>
public sealed class OutputFaultTests : SupervisionTests
{
    private const long PeakBytes = 250_000_000;

    [UnixTheory]
    [InlineData("yes 0123456789 | head -c 400000000", 36_363_637)]
    [InlineData("head -c 400000000 /dev/zero", 1)]
    [InlineData("for i in 1 2 3 4 5 6 7 8 9 10; do head -c 20000000 /dev/zero | tr '\\0' x; echo; done", 10)]
    public async Task Much_output_is_recorded_in_little_memory(string script, int lines)
    {
        var peak = await PeakOfHost(script);

        Assert.Equal(lines, new FileInfo(Run.OutputIndexPath).Length / 9);
        Assert.InRange(peak, 1, PeakBytes);
    }

    [UnixFact]
    public void A_pattern_that_searches_for_ever_is_one_warning_and_the_run_and_its_other_scalars_are_whole()
    {
        using var project = new TempProject("""
            op:
              exec: sh op.sh
              sourcecode: op.sh
              output-scalars: ['(a+)+(x)$', 'n=(?P<n>\d)']
            """);
        project.Write("op.sh", $"for i in 1 2 3 4 5; do echo {new string('a', 60)}!; echo n=$i; done\n");

        var run = project.Run("op");

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Contains("'(a+)+(x)$' of output-scalars took too long", Assert.Single(project.Events.Warnings), StringComparison.Ordinal);
        Assert.Equal((5, 5), (run.Scalars["n"].Count, run.Scalars["n"].Last));
        Assert.Equal(10, OutputReader.Read(run.Directory).Count());
    }

    [UnixTheory]
    [InlineData("printf '\\377\\376a\\200\\n'", new byte[] { 0xFF, 0xFE, (byte)'a', 0x80, (byte)'\n' }, 1)]
    [InlineData("printf 'a\\0b'", new byte[] { (byte)'a', 0, (byte)'b' }, 1)]
    [InlineData("printf '1\\r2\\r3\\r'", new byte[] { (byte)'1', 13, (byte)'2', 13, (byte)'3', 13 }, 1)]
    [InlineData("printf '\\n\\n\\n'", new byte[] { 10, 10, 10 }, 3)]
    public async Task Bytes_that_are_no_lines_of_text_are_recorded_as_they_are_and_can_be_read(string script, byte[] bytes, int lines)
    {
        var outcome = await Supervise(Shell(script));

        Assert.Equal((0, 0), (outcome.ExitStatus, outcome.Notes.Count));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Run.OutputPath));
        Assert.Equal(lines, OutputReader.Read(Run).Count());
    }

    [UnixFact]
    public async Task A_progress_bar_that_never_ends_its_line_is_seen_while_it_grows()
    {
        var going = Supervise(Shell("i=0; while [ ! -e go ]; do printf '\\r%d%%' $i; i=$((i+1)); sleep 0.05; done"));
        await Eventually(() => File.Exists(Run.OutputPath) && new FileInfo(Run.OutputPath).Length > 20);
        Assert.Equal(0, new FileInfo(Run.OutputIndexPath).Length);

        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await going;

        Assert.Equal(9, new FileInfo(Run.OutputIndexPath).Length);
    }

    [UnixFact]
    public async Task What_outlives_the_program_and_does_not_stop_to_write_is_left_after_ten_seconds()
    {
        // Ten seconds of this clock are one of the test.
        var clock = new FastClock();
        using var program = SpawnedProgram.Start(Shell("(while :; do echo more; sleep 0.02; done) & echo $! > pid; echo first"));
        using var recorder = new OutputRecorder(program, OpenFile(), lines: null, clock);
        recorder.Begin();
        await program.Exit.WaitAsync(Limit);

        await Task.Run(recorder.Finish).WaitAsync(Limit);

        Assert.True(recorder.IsCutShort);
        Assert.True(IsRunning(await ProcessIdIn("pid")));
        Assert.True(Encoding.UTF8.GetString(Output).Split('\n').Length > 10);
        program.Kill();
    }

    [Fact]
    public void What_outlives_the_program_is_given_two_seconds_after_each_sign_and_ten_in_all()
    {
        var clock = new SetClock();
        var limit = new DrainLimit(clock);
        Assert.Equal(TimeSpan.MaxValue, limit.LastMoment);

        clock.Now = TimeSpan.FromSeconds(100);
        limit.ProgramEnded();
        Assert.Equal(TimeSpan.FromSeconds(102), limit.LastMoment);

        clock.Now = TimeSpan.FromSeconds(101);
        limit.DataCame();
        Assert.Equal((TimeSpan.FromSeconds(103), false), (limit.LastMoment, limit.IsReached));

        clock.Now = TimeSpan.FromSeconds(109.5);
        limit.DataCame();
        Assert.Equal(TimeSpan.FromSeconds(110), limit.LastMoment);

        clock.Now = TimeSpan.FromSeconds(110);
        Assert.True(limit.IsReached);
    }

    // The memory of a process of its own can be told from that of the other tests.
    private async Task<long> PeakOfHost(string script)
    {
        var start = new ProcessStartInfo(TestProgram, ["supervise", Folder, "/bin/sh", "-c", script]) { RedirectStandardOutput = true };
        using var host = Process.Start(start)!;
        var said = await host.StandardOutput.ReadToEndAsync().WaitAsync(Limit + Limit);
        await host.WaitForExitAsync();
        return long.Parse(said.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private sealed class FastClock : TimeProvider
    {
        public override long TimestampFrequency => Stopwatch.Frequency / 10;

        public override long GetTimestamp() => Stopwatch.GetTimestamp();
    }

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
