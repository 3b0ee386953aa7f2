using System.Text;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>The program that supervises detached runs: <c>guild --supervise</c>, or another that calls <see cref="DetachedSupervisor"/>. Home and run are added to its arguments.</summary>
/// <param name="FileName">The absolute path of its file.</param>
/// <param name="Arguments">Its first arguments.</param>
public sealed record SupervisorProgram(string FileName, IReadOnlyList<string> Arguments);

/// <summary>Gives a run that this process has claimed to a supervisor that outlives it.</summary>
internal sealed class DetachedStart(EngineContext context, SupervisorProgram supervisor, IEventSink events)
{
    private const int MostText = 16 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // A supervisor needs no culture, whose tables take 3 MB for as long as the run lasts.
    private static readonly KeyValuePair<string, string>[] SupervisorVariables = [KeyValuePair.Create("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")];

    // A detached run that is started inside of another run is no part of it, and is not ended with it.
    private static readonly string[] OfOuterRun = ["RUN_ID", "RUN_DIR"];

    /// <summary>Starts the supervisor and returns when the run is its own.</summary>
    /// <returns>The number of its process.</returns>
    /// <exception cref="ProgramException">It did not take the run; it does not run any more.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the supervisor does not run any more.</exception>
    public int Start(RunDirectory directory, IReadOnlyDictionary<string, string> variables, RunOptions options, CancellationToken stop)
    {
        var request = new DetachedRequest
        {
            Owner = ClaimOwner.ThisProcess,
            WorkingDirectory = context.WorkingDirectory,
            UserHome = context.UserHome,
            RunnersDirectory = context.RunnersDirectory,
            FallbackPowerShell = context.FallbackPowerShell,
            MergesStreams = options.MergesStreams,
            TimeLimit = options.TimeLimit,
            OwnVariables = [.. OwnVariables().Select(variable => variable.Key)],
            Variables = variables,
        }.Encode() + "\n";
        var plain = Program(directory);
        if (LogOff.OfThisSystem is not { EndsProcesses: true } logOff)
        {
            return Start(directory, plain, request, stop);
        }

        if (ScopeOf(plain) is { } inScope)
        {
            try
            {
                var scoped = Start(directory, inScope, request, stop);
                Warn(!logOff.Lingers(context.UserName), "Allow yourself to linger with 'loginctl enable-linger'.");
                return scoped;
            }
            catch (ProgramException) when (ProcessRecord.Read(directory.ProcessPath) is { } owner && owner.SupervisorId == Environment.ProcessId)
            {
                // The user has no service manager to ask, and the run is still ours to give away.
            }
        }

        var started = Start(directory, plain, request, stop);
        Warn(true, "Start it on a machine that does not, or stay logged on.");
        return started;
    }

    private void Warn(bool isDue, string advice)
    {
        if (isDue)
        {
            events.Report(new WarningEvent($"The run will be ended when you log off, because this system then ends all that you started (KillUserProcesses). {advice}"));
        }
    }

    private ProgramStart Program(RunDirectory directory)
    {
        var isInHome = string.Equals(Path.GetDirectoryName(directory.Path), context.Home.RunsDirectory, StringComparison.Ordinal);
        var environment = new Dictionary<string, string>(context.Environment, StringComparer.Ordinal);
        foreach (var name in OfOuterRun)
        {
            environment.Remove(name);
        }

        foreach (var (name, value) in OwnVariables())
        {
            environment[name] = value;
        }

        return new ProgramStart
        {
            FileName = supervisor.FileName,
            Arguments = [.. supervisor.Arguments, context.Home.Path, isInHome ? directory.Id : directory.Path],

            // Neither the folder of the session, which others may want to take away, nor where there is none yet, the home.
            WorkingDirectory = isInHome ? context.Home.Path : directory.Path,
            Environment = environment,
        };
    }

    // Where the user has set one, the program of the run is to have it.
    private IEnumerable<KeyValuePair<string, string>> OwnVariables() => SupervisorVariables.Where(variable => !context.Environment.ContainsKey(variable.Key));

    // What runs in a scope of the user's own service manager is not ended with the session of the log-in.
    private ProgramStart? ScopeOf(ProgramStart plain) => ProgramSearch.Find("systemd-run", context.WorkingDirectory, context.Environment) is { } path
        ? plain with { FileName = path, Arguments = ["--user", "--scope", "--quiet", "--collect", "--", plain.FileName, .. plain.Arguments] }
        : null;

    private static int Start(RunDirectory directory, ProgramStart start, string request, CancellationToken stop)
    {
        using var process = DetachedProcess.Start(start);
        try
        {
            process.Send(request);
            var answer = ReadAnswer(process.Output, stop);
            if (answer == DetachedSupervisor.Taken)
            {
                return process.ProcessId;
            }

            var reason = answer is { Length: > 0 } ? answer : Text(process.Error, LastWords);
            throw new ProgramException(
                start.FileName,
                $"Run {RunId.Short(directory.Id)} could not be started in the background, because its supervisor '{start.FileName}' {(answer is null ? "did not answer" : "ended")}. {reason}".TrimEnd(),
                "Run it in this session with Restart-GuildRun (guild run --restart).");
        }
        catch (Exception)
        {
            process.Kill();
            throw;
        }
    }

    /// <returns>The first line; all that came, if it ended without one; null if there was no answer in time.</returns>
    private static string? ReadAnswer(OutputSource output, CancellationToken stop)
    {
        var text = new StringBuilder();
        var buffer = new byte[1024];
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < Limit;)
        {
            stop.ThrowIfCancellationRequested();
            var attempt = output.Read(buffer, Poll);
            text.Append(Encoding.UTF8.GetString(buffer, 0, attempt.Count));
            if (attempt.IsAtEnd || text.ToString().EndsWith('\n'))
            {
                return text.ToString().Trim();
            }
        }

        return null;
    }

    private static string Text(OutputSource source, TimeSpan limit)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < limit && text.Length < MostText;)
        {
            var attempt = source.Read(buffer, Poll);
            text.Append(Encoding.UTF8.GetString(buffer, 0, attempt.Count));
            if (attempt.IsAtEnd)
            {
                break;
            }
        }

        return text.ToString().Trim();
    }
}
