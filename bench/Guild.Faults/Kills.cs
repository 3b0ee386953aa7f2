using System.Diagnostics;
using System.Globalization;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Faults;

/// <summary>What is killed.</summary>
[Flags]
internal enum Victims
{
    /// <summary>The process that the user started: of a detached run the session that gives it away.</summary>
    Starter = 1,

    /// <summary>The process that watches over the program.</summary>
    Supervisor = 2,

    /// <summary>The program.</summary>
    Program = 4,
}

/// <summary>What a moment is counted from, so that fast and slow machines kill at the same points of a run.</summary>
internal enum Milestone
{
    /// <summary>The start of the first process.</summary>
    Start,

    /// <summary>The run can be seen.</summary>
    Run,

    /// <summary>The program is in the record.</summary>
    Program,
}

/// <summary>When it is killed.</summary>
internal sealed record Moment(Milestone After, int Milliseconds);

/// <summary>Kills the processes of a run at fifty random moments for each kind of run and each choice of victims.</summary>
internal static class Kills
{
    private const int Moments = 50;
    private const int AtOnce = 4;

    // To after the end of the program.
    private const int LatestMilliseconds = 700;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly (string Verb, Victims Victims)[] Kinds =
    [
        ("run", Victims.Program), ("run", Victims.Supervisor), ("run", Victims.Supervisor | Victims.Program),
        ("detach", Victims.Program), ("detach", Victims.Supervisor), ("detach", Victims.Supervisor | Victims.Program), ("detach", Victims.Starter),
    ];

    /// <summary>Kills, and looks at what is left.</summary>
    /// <returns>How many things are not as they should be.</returns>
    internal static async Task<int> Run(int seed)
    {
        int problems = 0;
        foreach ((string verb, Victims victims) in Kinds)
        {
            var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var random = new Random(seed);
            Moment[] moments = [.. Enumerable.Range(0, Moments).Select(_ => new Moment((Milestone)random.Next(3), random.Next(LatestMilliseconds)))];
            await Parallel.ForEachAsync(moments, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (moment, _) =>
            {
                string end;
                try
                {
                    end = await KillAt(verb, victims, moment);
                }
                catch (Exception error) when (error is InvalidDataException or GuildException)
                {
                    end = "PROBLEM";
                    Interlocked.Increment(ref problems);
                    Console.WriteLine($"problem: {verb}, {victims} killed {moment.Milliseconds} ms after {moment.After}: {error.Message}");
                }

                lock (ends)
                {
                    ends[end] = ends.GetValueOrDefault(end) + 1;
                }
            });
            Console.WriteLine($"kill: {verb}, {victims}: {string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}"))}");
        }

        return problems;
    }

    private static async Task<string> KillAt(string verb, Victims victims, Moment moment)
    {
        using var workshop = new Workshop("{op: {exec: \"sh -c 'echo begun; sleep 0.4; echo loss: 1'\", sourcecode: no}}");
        using Process starter = workshop.Start(verb, "op");
        await Reached(workshop, starter, moment.After);
        await Task.Delay(moment.Milliseconds);
        Run? seen = workshop.Context.Runs.List().SingleOrDefault();
        ProcessRecord? record = seen is null ? null : ProcessRecord.Read(seen.Directory.ProcessPath);
        if (victims.HasFlag(Victims.Starter) || (victims.HasFlag(Victims.Supervisor) && verb == "run"))
        {
            starter.Kill();
        }
        else if (victims.HasFlag(Victims.Supervisor) && record is { SupervisorStart: not null } && record.SupervisorId != starter.Id)
        {
            Kill(record.SupervisorId, record.SupervisorStart);
        }

        if (victims.HasFlag(Victims.Program) && record is { ProcessId: { } program })
        {
            Kill(program, record.Start);
        }

        await starter.WaitForExitAsync();
        if (workshop.Context.Runs.List().SingleOrDefault() is not { } run)
        {
            return victims == Victims.Program ? throw new InvalidDataException("there is no run") : "without a run" + await RunAgain(workshop, null);
        }

        return await Ended(workshop, run.Directory) + await RunAgain(workshop, run.Directory);
    }

    private static async Task Reached(Workshop workshop, Process starter, Milestone milestone)
    {
        bool IsReached() => milestone == Milestone.Start
            || (workshop.Context.Runs.List().SingleOrDefault() is { } run && (milestone == Milestone.Run || run.ExitCode is not null || ProcessRecord.Read(run.Directory.ProcessPath)?.ProcessId is not null));

        long began = Stopwatch.GetTimestamp();
        while (!IsReached())
        {
            Require(Stopwatch.GetElapsedTime(began) < Limit, $"it does not come to {milestone}, and its starter {(starter.HasExited ? "is gone" : "is there")}");
            await Task.Delay(2);
        }
    }

    // At each look the record is whole, and the run is shown as going on if and only if a process of it is there.
    private static async Task<string> Ended(Workshop workshop, RunDirectory directory)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            Run run = workshop.Context.Runs.TryRead(directory) ?? throw new InvalidDataException("the run is gone");
            Require(run.Problems.Count == 0, $"the record is not whole: {string.Join(' ', run.Problems)}");
            if (run.Status is not (RunStatus.Running or RunStatus.Pending))
            {
                RunStatus expected = run.ExitCode switch
                {
                    null or > 0 => RunStatus.Error,
                    0 => RunStatus.Completed,
                    _ => RunStatus.Terminated,
                };
                Require(run.Status == expected && run.ExitCode is null or 0 or -9, $"the status is {run.Status} with the exit code {run.ExitCode}");
                _ = OutputReader.Read(directory).Count();
                RequireDeadForStrangers(workshop, directory);
                return run.ExitCode is null ? $"{run.Status} without exit code" : run.Status.ToString();
            }

            ProcessRecord? record = ProcessRecord.Read(directory.ProcessPath);
            bool lives = record is not null && (ProcessIdentity.StartOf(record.SupervisorId) == record.SupervisorStart || (record.ProcessId is { } id && ProcessIdentity.StartOf(id) == record.Start));
            RunStatus now = workshop.Context.Runs.TryRead(directory)!.Status;
            Require(lives || now is not (RunStatus.Running or RunStatus.Pending) || ProcessRecord.Read(directory.ProcessPath) != record, $"the status is {now}, and nothing of the run is there");
            Require(Stopwatch.GetElapsedTime(began) < Limit, $"the status stays {run.Status}");
            await Task.Delay(20);
        }
    }

    // As if the numbers of its processes had been given to others since.
    private static void RequireDeadForStrangers(Workshop workshop, RunDirectory directory)
    {
        if (ProcessRecord.Read(directory.ProcessPath) is not { } left)
        {
            return;
        }

        string? locked = File.Exists(directory.LockPath) ? File.ReadAllText(directory.LockPath) : null;
        (left with { ProcessId = left.ProcessId is null ? null : Environment.ProcessId, SupervisorId = Environment.ProcessId }).Write(directory.ProcessPath);
        if (locked is not null)
        {
            File.WriteAllText(directory.LockPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        Require(workshop.Context.Runs.TryRead(directory)!.Status is not (RunStatus.Running or RunStatus.Pending), "a stranger with the number of a process makes the run live");
        left.Write(directory.ProcessPath);
        if (locked is not null)
        {
            File.WriteAllText(directory.LockPath, locked);
        }
    }

    // Nothing of the fault stands in the way of what comes next, and nothing is left of what was never seen.
    private static async Task<string> RunAgain(Workshop workshop, RunDirectory? directory)
    {
        var runner = new OperationRunner(workshop.Context);
        if (directory is not null)
        {
            RunResult again = runner.Restart(workshop.Context.Runs.TryRead(directory)!, new RunOptions(), NullEventSink.Instance, CancellationToken.None);
            Run run = workshop.Context.Runs.TryRead(directory)!;
            Require(again.Fault is null && run.Status == RunStatus.Completed, $"started again, it is {run.Status}: {again.Fault?.Message}");
            Require(OutputReader.Read(directory).Last().Text.Trim() == "loss: 1", "started again, it has not all of its output");
        }

        using Process next = workshop.Start("run", "op");
        await next.WaitForExitAsync();
        Require(next.ExitCode == 0, "the next run fails");
        Require(!Directory.EnumerateFileSystemEntries(workshop.Home.StagingDirectory).Any(), "something is left in staging");
        return "";
    }

    private static void Kill(int processId, long? start)
    {
        try
        {
            if (start is not null && ProcessIdentity.StartOf(processId) == start)
            {
                using var process = Process.GetProcessById(processId);
                process.Kill();
            }
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidDataException(problem);
        }
    }
}
