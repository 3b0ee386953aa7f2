using System.Diagnostics;
using System.Globalization;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>Many processes stage, run, label, delete, restore and list in one home. What happens when is left to chance; what must hold is not.</summary>
public sealed class CrowdedHomeTests : IDisposable
{
    private const int Processes = 4;

    private const int Actions = 40;

    // Enough for the home to be indexed.
    private const int RunsBefore = 110;

    private readonly TempProject _project = new("{op: {exec: 'true', label: ''}}");

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public async Task Many_processes_in_one_home_lose_no_run_and_read_no_part_of_one()
    {
        for (var i = 0; i < RunsBefore; i++)
        {
            AddRun();
        }

        var crowd = Enumerable.Range(0, Processes).Select(Start).ToList();
        var outputs = await Task.WhenAll(crowd.Select(process => process.StandardOutput.ReadToEndAsync()));
        foreach (var process in crowd)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Assert.All(outputs, output => Assert.StartsWith("made ", output, StringComparison.Ordinal));
        var made = outputs.Sum(output => int.Parse(output.Trim()["made ".Length..], CultureInfo.InvariantCulture));

        var ids = _project.Context.Runs.List().Concat(_project.Context.Runs.List(RunPlace.Trash)).Select(run => run.Id).ToList();
        Assert.Equal(RunsBefore + made, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(_project.Store.List().Select(run => (run.Id, run.Label, run.Status)), _project.Context.Runs.List().Select(run => (run.Id, run.Label, run.Status)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_project.Home.StagingDirectory));
    }

    private Process Start(int seed) => Process.Start(new ProcessStartInfo(
        ProgramTests.TestProgram,
        ["crowd", _project.ProjectPath, _project.Home.Path, seed.ToString(CultureInfo.InvariantCulture), Actions.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
    })!;

    private void AddRun()
    {
        var run = new RunDirectory(Path.Join(_project.Home.RunsDirectory, RunId.New()));
        Directory.CreateDirectory(run.AttributesPath);
        run.WriteOpRef(new OpRef(OpRef.GuildFileType, Path.Join(_project.ProjectPath, "guild.yml"), "1", "", "op"));
        run.CreateAttribute("started", new RunClock(TimeProvider.System).Next());
        run.CreateAttribute("exit_status", 0L);
    }
}
