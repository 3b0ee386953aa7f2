namespace Guild.Engine.Execution;

/// <summary>
/// A program that was started, in a session of its own (on Windows in a job of its own). Unlike the framework's process it tells an exit code of 137 from a
/// kill, hands on no ignored signals, and reaches all that the program started.
/// </summary>
public sealed class SpawnedProgram : IDisposable
{
    private readonly ProgramProcess _process;

    private SpawnedProgram(ProgramProcess process) => _process = process;

    /// <summary>The number of the process.</summary>
    public int ProcessId => _process.ProcessId;

    /// <summary>The raw start time, as <see cref="ProcessIdentity.StartOf"/> gives it; null if the program ended before it could be read.</summary>
    public long? StartTime => _process.StartTime;

    /// <summary>Completes when the program has ended. What it started may run on.</summary>
    public Task<ProgramExit> Exit => _process.Exit;

    /// <summary>How the program ended, without waiting for it; null while it runs.</summary>
    internal ProgramExit? Ended => _process.Ended;

    internal OutputSource? Output => _process.Output;

    internal OutputSource? Error => _process.Error;

    internal ProgramTree Tree => _process.Tree;

    /// <summary>Opens a descriptor, for the caller to close, that can be read when the program has ended; <see cref="Posix.NoDescriptor"/> where there is none.</summary>
    internal int OpenDescriptor() => _process is PosixProcess process ? process.OpenDescriptor() : Posix.NoDescriptor;

    /// <summary>Starts a program.</summary>
    /// <param name="start">What to start and how.</param>
    /// <exception cref="ProgramException">There is no such program, or the system refuses to start it.</exception>
    public static SpawnedProgram Start(ProgramStart start) => Start(start, inputDescriptor: 0);

    /// <summary>Asks the program to end as Ctrl-C would: SIGINT, once, to each process of its session.</summary>
    public void Interrupt() => Tree.Signal(StopStep.Interrupt);

    /// <summary>Asks the program and all that it started to end: SIGTERM.</summary>
    public void Terminate() => Tree.Signal(StopStep.Terminate);

    /// <summary>Kills the program and all that it started.</summary>
    public void Kill() => Tree.Signal(StopStep.Kill);

    /// <summary>Lets go of the pipes. The program itself runs on.</summary>
    public void Dispose() => _process.Dispose();

    internal static SpawnedProgram Start(ProgramStart start, int inputDescriptor)
    {
        RefuseZeroCharacters(start);
        var path = ProgramSearch.Find(start.FileName, start.WorkingDirectory, start.Environment) ?? throw SpawnErrors.NotFound(start);
        try
        {
            return new SpawnedProgram(OperatingSystem.IsWindows() ? WindowsProcess.Start(path, start) : PosixProcess.Start(path, start, inputDescriptor));
        }
        catch (IOException e)
        {
            throw new ProgramException(start.FileName, $"'{start.FileName}' cannot be started: {e.Message}.", "See whether too many files are open.", e);
        }
    }

    private static void RefuseZeroCharacters(ProgramStart start)
    {
        if (start.Arguments.FirstOrDefault(argument => argument.Contains('\0', StringComparison.Ordinal)) is { } argument)
        {
            throw SpawnErrors.ZeroCharacter(start, $"the argument '{argument.Replace("\0", "\\0", StringComparison.Ordinal)}'");
        }

        if (start.Environment.Where(pair => pair.Key.Contains('\0', StringComparison.Ordinal) || pair.Value.Contains('\0', StringComparison.Ordinal)).ToList() is [var pair, ..])
        {
            throw SpawnErrors.ZeroCharacter(start, $"the environment variable '{pair.Key.Replace("\0", "\\0", StringComparison.Ordinal)}'");
        }
    }
}

/// <summary>What a system's way of running a program has to offer.</summary>
internal abstract class ProgramProcess : IDisposable
{
    internal abstract int ProcessId { get; }

    internal abstract long? StartTime { get; }

    internal abstract Task<ProgramExit> Exit { get; }

    internal abstract ProgramExit? Ended { get; }

    internal abstract OutputSource? Output { get; }

    internal abstract OutputSource? Error { get; }

    internal abstract ProgramTree Tree { get; }

    public abstract void Dispose();
}
