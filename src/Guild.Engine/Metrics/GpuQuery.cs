using System.Globalization;
using System.Text;
using Guild.Engine.Execution;

namespace Guild.Engine.Metrics;

/// <summary>Asks <c>nvidia-smi</c> once, and no longer than a limit: with a driver in trouble it can wait for ever.</summary>
internal static class GpuQuery
{
    private const string ProgramName = "nvidia-smi";
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>What is asked for, in this order, with the unit that the answer is in.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["index", "uuid", "fan.speed", "pstate", "memory.total", "memory.used", "utilization.gpu", "utilization.memory", "temperature.gpu", "power.draw"];

    /// <summary>The path of the program, or null if it is not on the PATH.</summary>
    public static string? Find(string workingDirectory, IReadOnlyDictionary<string, string> environment) => ProgramSearch.Find(ProgramName, workingDirectory, environment);

    /// <summary>Asks, and gives the lines of the answer; null if nobody waits for it any more.</summary>
    /// <exception cref="MetricException">There is no answer.</exception>
    public static string[]? Ask(string program, ProgramStart run, TimeSpan limit, CancellationToken stop)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var asked = Start(program, run);
        var answer = new List<byte>();
        var buffer = new byte[4096];
        var isAtEnd = asked.Output is null;
        while (!(isAtEnd && asked.Exit.IsCompleted))
        {
            if (stop.IsCancellationRequested)
            {
                asked.Kill();
                return null;
            }

            if (TimeProvider.System.GetElapsedTime(began) > limit)
            {
                asked.Kill();
                throw new MetricException(string.Create(CultureInfo.InvariantCulture, $"'{program}' did not answer within {limit.TotalSeconds:0.###} seconds."));
            }

            if (isAtEnd)
            {
                Pause.For(LookEvery);
                continue;
            }

            var attempt = asked.Output!.Read(buffer, LookEvery);
            isAtEnd = attempt.IsAtEnd || answer.Count > LongestAnswer;
            answer.AddRange(buffer.AsSpan(0, attempt.Count));
        }

        var lines = Encoding.UTF8.GetString([.. answer]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return asked.Exit.Result.Status == 0
            ? lines
            : throw new MetricException(string.Create(CultureInfo.InvariantCulture, $"'{program}' ended with {asked.Exit.Result.Status}: {lines.FirstOrDefault() ?? "it printed nothing."}"));
    }

    private static SpawnedProgram Start(string program, ProgramStart run)
    {
        // What carries the id of a run is part of it, and would be counted and stopped with it.
        var environment = run.Environment.Where(pair => pair.Key != PosixTree.RunIdVariable).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        try
        {
            return SpawnedProgram.Start(new ProgramStart
            {
                FileName = program,
                Arguments = [$"--query-gpu={string.Join(',', Fields)}", "--format=csv,noheader,nounits"],
                WorkingDirectory = run.WorkingDirectory,
                Environment = environment,
                MergesStreams = true,
                ClosesOthers = true,
            });
        }
        catch (ProgramException error)
        {
            throw new MetricException(error.Message);
        }
    }
}
