using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Execution;

/// <summary>
/// The whole work of the process that supervises a detached run: <c>guild --supervise HOME RUN</c>. It takes the run over from the process that prepared it, says so, lets go of
/// everything of that process, and sees the run through to its end.
/// </summary>
public static class DetachedSupervisor
{
    /// <summary>What the supervisor writes when the run is its own.</summary>
    internal const string Taken = "ok";

    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Supervises a run. Called once in a process.</summary>
    /// <param name="home">The Guild home.</param>
    /// <param name="run">The id of a run of the home, or the absolute path of a run directory elsewhere.</param>
    /// <param name="request">What else there is to know, one line; null to read it from standard input.</param>
    /// <returns>The exit code of the process: 0 if the run was carried out, whatever came of it.</returns>
    public static int Run(string home, string run, string? request)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(run);
        using var terminate = new CancellationTokenSource();
        using var kill = new CancellationTokenSource();
        using var term = OnSignal(PosixSignal.SIGTERM, () => (terminate.IsCancellationRequested ? kill : terminate).Cancel());
        using var interrupt = OnSignal(PosixSignal.SIGINT, () => (terminate.IsCancellationRequested ? kill : terminate).Cancel());

        // The end of the terminal or of the log-in is no reason to end: to outlive them is what this process is for.
        using var hangUp = OnSignal(PosixSignal.SIGHUP, () => { });
        var (runner, taken, asked) = (default(OperationRunner), default(Run), default(DetachedRequest));
        try
        {
            asked = DetachedRequest.Decode(request ?? ReadLine());
            var context = Context(home, asked);
            var directory = new RunDirectory(Path.IsPathRooted(run) ? run : Path.Join(context.Home.RunsDirectory, run));
            RunClaim.Take(directory, context.Time, asked.Owner);
            (runner, taken) = (new OperationRunner(context), new RunStore(context.Home).TryRead(directory));
            if (taken is null)
            {
                return Answer($"The record of run '{directory.Id}' is gone from '{directory.Path}'.", Failure);
            }
        }
        catch (Exception error) when (error is GuildException or IOException or UnauthorizedAccessException or FormatException)
        {
            return Answer(error.Message, Failure);
        }

        _ = Answer(Taken, Success);
        LetGo();
        var options = new RunOptions { MergesStreams = asked.MergesStreams, TimeLimit = asked.TimeLimit, Terminate = terminate.Token, Kill = kill.Token };

        try
        {
            return runner.TakeOver(taken, options, NullEventSink.Instance, CancellationToken.None).Fault is null ? Success : Failure;
        }
        catch (GuildException fault)
        {
            RunFault.Record(taken.Directory, fault, TimeProvider.System);
            return Failure;
        }
    }

    private static PosixSignalRegistration? OnSignal(PosixSignal signal, Action action)
    {
        try
        {
            return PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                action();
            });
        }
        catch (Exception error) when (error is IOException or PlatformNotSupportedException)
        {
            // Where the signal cannot be heard, Stop-GuildRun ends the program all the same.
            return null;
        }
    }

    private static EngineContext Context(string home, DetachedRequest request)
    {
        var environment = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        foreach (var name in request.OwnVariables)
        {
            environment.Remove(name);
        }

        foreach (var (name, value) in request.Variables)
        {
            environment[name] = value;
        }

        return new EngineContext
        {
            Home = new GuildHome(home),
            WorkingDirectory = request.WorkingDirectory,
            UserHome = request.UserHome,
            Environment = environment,
            RunnersDirectory = request.RunnersDirectory,
            FallbackPowerShell = request.FallbackPowerShell,
            UserName = Environment.UserName,
            HostName = Environment.MachineName,
        };
    }

    private static string ReadLine()
    {
        using var reader = new StreamReader(OpenStandardStream(descriptor: 0), Encoding.ASCII);
        return reader.ReadLine() ?? throw new FormatException("Nothing came by the pipe.");
    }

    // Whoever started this process may be gone already. It is told to the wind then, and the run goes on.
    private static int Answer(string text, int exitCode)
    {
        try
        {
            using var output = OpenStandardStream(descriptor: 1);
            output.Write(Encoding.UTF8.GetBytes(text + "\n"));
            output.Flush();
        }
        catch (IOException)
        {
            // As above.
        }

        return exitCode;
    }

    // The framework's console takes a good part of a megabyte, for as long as the run lasts.
    private static Stream OpenStandardStream(int descriptor) =>
        OperatingSystem.IsWindows() ? descriptor == 0 ? Console.OpenStandardInput() : Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), descriptor == 0 ? FileAccess.Read : FileAccess.Write, bufferSize: 0);

    private static void LetGo()
    {
        if (!OperatingSystem.IsWindows())
        {
            Posix.ReplaceStandardStreams();
        }
    }
}
