using System.Diagnostics;
using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

/// <summary>What a supervisor waits for.</summary>
public sealed class ProgramWatchTests : ProgramTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_a_program_ends_the_wait_with_a_descriptor_of_it_or_without(bool isCollectedElsewhere)
    {
        using var program = SpawnedProgram.Start(Shell("sleep 0.1; exit 3"));
        _ = isCollectedElsewhere ? program.Exit : null;
        using var watch = ProgramWatch.Of(program, recorder: null, default);

        var step = await Waited(watch);

        Assert.Equal(StopStep.None, step);
        await Eventually(() => program.Ended is not null);
        Assert.Equal(3, program.Ended!.Status);
    }

    [UnixFact]
    public async Task Each_way_to_ask_for_a_stop_ends_the_wait_once()
    {
        using var program = SpawnedProgram.Start(Shell("exec sleep 60"));
        using var interrupt = new CancellationTokenSource();
        using var kill = new CancellationTokenSource();
        using var watch = ProgramWatch.Of(program, recorder: null, new StopTokens(interrupt.Token, default, kill.Token));

        var first = Waited(watch);
        await interrupt.CancelAsync();
        Assert.Equal(StopStep.Interrupt, await first);
        Assert.Equal(StopStep.None, watch.Wait(TimeSpan.Zero));

        var second = Waited(watch);
        await kill.CancelAsync();
        Assert.Equal(StopStep.Kill, await second);
        program.Kill();
    }

    [UnixFact]
    public async Task What_a_program_writes_first_begins_its_recording()
    {
        using var program = SpawnedProgram.Start(Shell("while [ ! -e go ]; do sleep 0.02; done; echo first >&2; exec sleep 60"));
        using var recorder = new OutputRecorder(program, OpenFile(), lines: null, TimeProvider.System);
        using var watch = ProgramWatch.Of(program, recorder, default);
        Assert.Equal(StopStep.None, watch.Wait(TimeSpan.FromMilliseconds(50)));
        Assert.False(recorder.HasBegun);

        var waited = Waited(watch);
        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await waited;

        await Eventually(() => Output.AsSpan().SequenceEqual("first\n"u8));
        program.Kill();
        recorder.Finish();
    }

    [UnixFact]
    public async Task A_program_that_closes_its_output_is_waited_for_without_being_looked_at_all_the_time()
    {
        using var program = SpawnedProgram.Start(Shell("exec >&- 2>&-; : > closed; exec sleep 60"));
        using var recorder = new OutputRecorder(program, OpenFile(), lines: null, TimeProvider.System);
        using var watch = ProgramWatch.Of(program, recorder, default);
        await Eventually(() => File.Exists(Path.Combine(Folder, "closed")));
        watch.Wait(TimeSpan.Zero);

        // Both pipes are at their end now. A wait that still asked for them would return at once, for ever.
        var waited = Waited(watch);
        Assert.NotSame(waited, await Task.WhenAny(waited, Task.Delay(TimeSpan.FromMilliseconds(200))));
        program.Kill();
        await waited;
        recorder.Finish();
        Assert.Empty(Output);
    }

    [UnixFact]
    public async Task A_program_that_is_let_go_while_it_runs_is_collected_when_it_ends()
    {
        var program = SpawnedProgram.Start(Shell("exec sleep 60"));
        program.Dispose();
        using (var process = Process.GetProcessById(program.ProcessId))
        {
            process.Kill();
        }

        await Eventually(() => ProcessTable.Read(program.ProcessId) is null);
    }

    private static Task<StopStep> Waited(ProgramWatch watch) => Task.Factory
        .StartNew(() => watch.Wait(Long), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .WaitAsync(Limit);
}
