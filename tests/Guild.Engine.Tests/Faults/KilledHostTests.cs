using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>What is left of a run when the process that makes, prepares and supervises it is killed at any moment.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KilledHostTests : IDisposable
{
    private const int Kills = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempProject _project = new("{op: {exec: \"sh -c 'echo begun; sleep 0.1; echo loss: 1; cat rows.csv > out'\", requires: [{file: rows.csv}]}}");

    public KilledHostTests()
    {
        _project.Write("rows.csv", "rows");
        for (var i = 0; i < 50; i++)
        {
            _project.Write($"source{i}.py", $"x = {i}\n");
        }
    }

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public async Task A_host_that_is_killed_at_any_moment_leaves_a_record_that_is_right_and_hinders_no_later_run()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        try
        {
            for (var i = 0; i < Kills; i++)
            {
                // Half of them count from the first trace that the run leaves, since a start can take longer than all that follows.
                await KillHost(random.Next(0, i % 2 == 0 ? 400 : 200), afterFirstTrace: i % 2 == 1);
                foreach (var run in _project.Store.List())
                {
                    AssertIsReadable(run);
                    await Eventually(() => HasSettled(_project.Store.TryRead(run.Id)!), () => Describe(run));
                    AssertIsRight(_project.Store.TryRead(run.Id)!);
                }
            }

            AssertLaterRunIsFine();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"With the seed {seed}: {error.Message}", error);
        }
    }

    [UnixFact]
    public async Task What_a_killed_host_was_making_is_deleted_by_the_next_run()
    {
        // Large enough that the copy can be interrupted; the wait is for the copy to have begun.
        using (var large = File.Create(_project.PathOf("large.txt")))
        {
            large.SetLength(900_000_000);
        }

        _project.Write("guild.yml", "{slow: {exec: 'true', sourcecode: [large.txt]}, op: {exec: echo fine, sourcecode: no}}");
        using var host = Start("slow");
        await Eventually(() => Staged().Any(folder => File.Exists(Path.Combine(folder, "large.txt"))), () => "Nothing was staged.");
        host.Kill();
        await host.WaitForExitAsync();
        Assert.NotEmpty(Staged());
        Assert.Empty(_project.Store.List());

        Assert.Equal("fine", TempProject.Output(_project.Run("op")));

        Assert.Empty(Staged());
    }

    [UnixFact]
    public async Task A_run_that_was_being_prepared_by_a_killed_host_is_an_error_and_can_be_deleted()
    {
        _project.Write("guild.yml", "{slow: {exec: 'true', sourcecode: no, requires: [{file: large}]}}");
        using (var large = File.Create(_project.PathOf("large")))
        {
            large.SetLength(50L << 30);
        }

        using var host = Start("slow");
        await Eventually(() => _project.Store.List().Any(), () => "There was no run.");
        Assert.Equal(RunStatus.Pending, _project.Store.List().Single().Status);
        host.Kill();
        await host.WaitForExitAsync();

        var run = _project.Store.List().Single();
        Assert.Equal((RunStatus.Error, "The process that prepared the run is gone; the operation was not started."), (run.Status, run.StatusReason));
        _project.Store.Delete(run);
        Assert.Empty(_project.Store.List());
    }

    private async Task KillHost(int milliseconds, bool afterFirstTrace)
    {
        using var host = Start("op");
        var before = Traces();
        await Eventually(() => !afterFirstTrace || host.HasExited || Traces() != before, () => "There was no trace of a run.");
        await Task.Delay(milliseconds);
        host.Kill();
        await host.WaitForExitAsync();
    }

    private Process Start(string operation)
    {
        string[] words = ["run", _project.ProjectPath, _project.Home.Path, operation];
        return Process.Start(new ProcessStartInfo(ProgramTests.TestProgram, words) { RedirectStandardOutput = true })!;
    }

    private int Traces() => Staged().Count() + (Directory.Exists(_project.Home.RunsDirectory) ? Directory.GetDirectories(_project.Home.RunsDirectory).Length : 0);

    private IEnumerable<string> Staged() =>
        Directory.Exists(_project.Home.StagingDirectory) ? Directory.EnumerateFileSystemEntries(_project.Home.StagingDirectory) : [];

    private static void AssertIsReadable(Run run)
    {
        Assert.Empty(run.Problems);
        Assert.Equal("op", run.FullName);
        Assert.Equal(run.Id, run.Directory.ReadAttribute("id"));
        Assert.Equal(51, Manifest.Read(run.Directory.ManifestPath).Count(entry => entry.Kind == ManifestKind.SourceCode));
        _ = OutputReader.Read(run.Directory).ToList();
        _ = run.Scalars.Count;
    }

    // The program of a killed host goes on, and the run with it.
    private static bool HasSettled(Run run) => run.Status != RunStatus.Running;

    private static void AssertIsRight(Run run)
    {
        var hasEnded = run.Directory.HasAttribute("exit_status");
        Assert.Equal(hasEnded ? RunStatus.Completed : RunStatus.Error, run.Status);
        Assert.Equal(hasEnded, run.StatusReason is null);
        if (hasEnded)
        {
            Assert.Equal("rows", File.ReadAllText(Path.Combine(run.Directory.Path, "out")));
        }
    }

    private void AssertLaterRunIsFine()
    {
        var run = _project.Run("op");
        Assert.Equal((RunStatus.Completed, "begun\nloss: 1"), (run.Status, TempProject.Output(run)));
        Assert.Equal("rows", File.ReadAllText(Path.Combine(run.Directory.Path, "out")));

        // Who was killed between making the folder and saying so has left an empty one, or an empty file in it, which is deleted when it is an hour old.
        Assert.DoesNotContain(Staged().SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)), file => new FileInfo(file).Length > 0);
        foreach (var any in _project.Store.List().ToList())
        {
            _project.Store.Delete(any);
        }

        Assert.Empty(_project.Store.List());
    }

    private static string Describe(Run run) => string.Create(
        CultureInfo.InvariantCulture, $"Run {run.Id} is still {run.Status}; its record has {string.Join(' ', Directory.GetFiles(run.Directory.GuildPath).Select(Path.GetFileName))}.");

    private static async Task Eventually(Func<bool> isSo, Func<string> otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < Limit, otherwise());
            await Task.Delay(5);
        }
    }
}
