using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Pipelines;

/// <summary>Pipelines that are ended before their end, by their own limits or from outside.</summary>
public sealed class PipelineStopTests : IDisposable
{
    private readonly TempProject _project = new("{a: {exec: echo}}");

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public void A_step_is_ended_when_it_has_taken_as_long_as_it_may()
    {
        _project.Write("guild.yml", "{a: {exec: sleep 600}, all: {steps: [{run: a, stop-after: 0.002}]}}");

        var run = _project.Run("all");

        Assert.Equal((RunStatus.Error, 143), (run.Status, run.ExitCode));
        Assert.Equal(RunStatus.Terminated, _project.Step(run, "a").Status);
        Assert.Contains("stopping a early", TempProject.Output(run), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_stop_ends_the_step_and_the_pipeline()
    {
        _project.Write("guild.yml", "{a: {exec: sh -c 'echo up; exec sleep 600'}, b: {exec: echo}, all: {steps: [a, b]}}");
        using var stop = new CancellationTokenSource();
        _project.Events.Hook = e => { if (e is DetailEvent { Text: var text } && text.StartsWith("The run of step 'a'", StringComparison.Ordinal)) { stop.CancelAfter(100); } };

        var run = _project.Run(_project.Request("all"), stop: stop.Token);

        Assert.Equal((RunStatus.Terminated, -2), (run.Status, run.ExitCode));
        Assert.Equal(RunStatus.Terminated, _project.Step(run, "a").Status);
        Assert.False(Path.Exists(Path.Combine(run.Directory.Path, "b")));
    }

    [UnixFact]
    public async Task A_pipeline_is_stopped_from_outside_by_way_of_its_record()
    {
        _project.Write("guild.yml", "{a: {exec: sleep 600}, all: {steps: [a]}}");
        var ended = Task.Run(() => _project.Run("all"));
        while (_project.Store.List().FirstOrDefault(run => run is { FullName: "a", Status: RunStatus.Running }) is null)
        {
            await Task.Delay(10);
        }

        var pipeline = _project.Store.List().Single(run => run.FullName == "all");
        Assert.Equal(RunStatus.Running, pipeline.Status);
        Assert.Equal(StopResult.Ended, RunStop.Stop(pipeline.Directory, TimeSpan.FromSeconds(60), CancellationToken.None));

        var run = await ended;
        Assert.Equal((RunStatus.Terminated, -15), (run.Status, run.ExitCode));
        Assert.False(File.Exists(Path.Combine(run.Directory.GuildPath, "STOP")));
    }

    [UnixFact]
    public async Task The_time_that_a_stop_gives_is_that_of_the_programs_of_steps()
    {
        // A program that does not end when it is asked to: only the time that was said can end it.
        _project.Write("guild.yml", "{a: {exec: \"sh -c 'trap : TERM; touch ready; while true; do sleep 0.1; done'\"}, all: {steps: [a]}}");
        var options = new RunOptions { StopTimes = new StopTimes(TimeSpan.FromDays(1), TimeSpan.FromDays(1)) };
        var ended = Task.Run(() => _project.Run(_project.Request("all"), options));
        while (_project.Store.List().FirstOrDefault(run => run.FullName == "a") is not { } step || !File.Exists(Path.Combine(step.Directory.Path, "ready")))
        {
            await Task.Delay(10);
        }

        var pipeline = _project.Store.List().Single(run => run.FullName == "all");
        StopMark.Make(pipeline.Directory, TimeSpan.FromSeconds(0.5));

        var run = await ended;
        Assert.Equal(RunStatus.Terminated, run.Status);
        Assert.Equal(-9, _project.Step(run, "a").ExitCode);
    }
}
