using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Execution;

/// <summary>A program that runs: its process id and the ends of the pipes that it writes to, each null if there is none.</summary>
internal readonly record struct SpawnResult(int ProcessId, SafeFileHandle? Output, SafeFileHandle? Error);

/// <summary>
/// Starts a program by posix_spawn. The program leads a session of its own, so that a terminal's signals reach it only through us and all that it
/// starts can be found again. It may still read a terminal that it inherits: systems refuse that (by SIGTTIN or EIO) only to background processes
/// of the session that the terminal controls, and in its own session this program has no controlling terminal.
/// </summary>
internal static unsafe class PosixSpawn
{
    internal const string DirectoryChanger = "/usr/bin/env";
    private const int SignalCount = 32;
    private const string CloseFrom = "posix_spawn_file_actions_addclosefrom_np";
    private const string ChangeDirectory = "posix_spawn_file_actions_addchdir_np";

    // Linux grants all pipes of a user 64 MiB together; beyond that, new ones hold next to nothing. This leaves room for a hundred runs at once.
    private const int PipeSize = 256 * 1024;

    private static readonly TimeSpan BusyWait = TimeSpan.FromMilliseconds(20);
    private static readonly Lazy<bool> CanCloseOthers = new(() => NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), CloseFrom, out _));
    private static readonly Lazy<bool> CanChangeDirectory = new(() => NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), ChangeDirectory, out _));

    /// <summary>Starts the program.</summary>
    /// <param name="path">The absolute path of its file.</param>
    /// <param name="start">All else about it.</param>
    /// <param name="inputDescriptor">The descriptor that it reads if it inherits input; 0 except in tests.</param>
    /// <exception cref="ProgramException">The system refuses to start it.</exception>
    internal static SpawnResult Start(string path, ProgramStart start, int inputDescriptor) =>
        CanChangeDirectory.Value ? StartIn(path, start, inputDescriptor) : StartIn(DirectoryChanger, ByDirectoryChanger(path, start), inputDescriptor);

    /// <summary>
    /// The same program, started by <c>env</c>, which changes to the directory and becomes the program. For C libraries that cannot do it when they spawn, such as that of
    /// Red Hat Enterprise Linux 8. There, a script without an interpreter is read by a shell, and what else fails is an exit code of 126 or 127.
    /// </summary>
    internal static ProgramStart ByDirectoryChanger(string path, ProgramStart start) => Directory.Exists(start.WorkingDirectory)
        ? start with { Arguments = [$"--chdir={start.WorkingDirectory}", "--", path, .. start.Arguments] }
        : throw SpawnErrors.NoDirectory(start);

    private static SpawnResult StartIn(string path, ProgramStart start, int inputDescriptor)
    {
        if (start.InheritsOutput)
        {
            return new SpawnResult(Spawn(path, start, new Descriptors(inputDescriptor, 1, 2)), null, null);
        }

        var output = Pipe.Open();
        var error = start.MergesStreams ? null : Pipe.Open();
        try
        {
            var descriptors = new Descriptors(inputDescriptor, output.WriteEnd, (error ?? output).WriteEnd);
            return new SpawnResult(Spawn(path, start, descriptors), output.TakeReadEnd(), error?.TakeReadEnd());
        }
        finally
        {
            output.Dispose();
            error?.Dispose();
        }
    }

    private static int Spawn(string path, ProgramStart start, Descriptors descriptors)
    {
        using var texts = new NativeText();
        var attributes = stackalloc byte[Posix.OpaqueSize];
        var actions = stackalloc byte[Posix.OpaqueSize];
        _ = Posix.posix_spawnattr_init(attributes);
        _ = Posix.posix_spawn_file_actions_init(actions);
        try
        {
            SetAttributes(attributes);
            SetActions(actions, texts, start, descriptors);
            var arguments = texts.List([start.FileName, .. start.Arguments]);
            var environment = texts.List(Assignments(start.Environment));
            var file = texts.Text(path);

            // A file that was written a moment ago counts as busy while a process that another thread is just starting still holds a copy of its descriptor.
            int processId;
            var error = Posix.posix_spawn(&processId, file, actions, attributes, arguments, environment);
            for (var attempt = 0; error == Posix.ETextBusy && attempt < 10; attempt++)
            {
                Pause.For(BusyWait);
                error = Posix.posix_spawn(&processId, file, actions, attributes, arguments, environment);
            }

            return error == 0 ? processId : throw SpawnErrors.Describe(path, start, error);
        }
        finally
        {
            _ = Posix.posix_spawn_file_actions_destroy(actions);
            _ = Posix.posix_spawnattr_destroy(attributes);
        }
    }

    private static List<string> Assignments(IReadOnlyDictionary<string, string> environment)
    {
        var assignments = new List<string>(environment.Count);
        foreach (var (name, value) in environment)
        {
            assignments.Add($"{name}={value}");
        }

        return assignments;
    }

    private static void SetAttributes(byte* attributes)
    {
        // The runtime ignores SIGPIPE, and whoever started us may have ignored more. What is ignored would stay so in the program.
        var set = stackalloc byte[Posix.OpaqueSize];
        _ = Posix.sigemptyset(set);
        _ = Posix.posix_spawnattr_setsigmask(attributes, set);
        for (var signal = 1; signal < SignalCount; signal++)
        {
            if (signal != Posix.SigKill && signal != Posix.SigStop)
            {
                _ = Posix.sigaddset(set, signal);
            }
        }

        _ = Posix.posix_spawnattr_setsigdefault(attributes, set);
        var flags = (short)(Posix.SpawnSetSignalDefaults | Posix.SpawnSetSignalMask | Posix.SpawnSetSession);
        _ = Posix.posix_spawnattr_setflags(attributes, OperatingSystem.IsMacOS() ? (short)(flags | Posix.MacSpawnCloseOnExecDefault) : flags);
    }

    private static void SetActions(byte* actions, NativeText texts, ProgramStart start, Descriptors descriptors)
    {
        if (CanChangeDirectory.Value)
        {
            _ = Posix.posix_spawn_file_actions_addchdir_np(actions, texts.Text(start.WorkingDirectory));
        }

        PassOn(actions, descriptors.Output, 1);
        PassOn(actions, descriptors.Error, 2);
        if (start.InheritsInput)
        {
            PassOn(actions, descriptors.Input, 0);
        }
        else
        {
            _ = Posix.posix_spawn_file_actions_addopen(actions, 0, texts.Text("/dev/null"), flags: 0, mode: 0);
        }

        if (start.ClosesOthers && CanCloseOthers.Value)
        {
            _ = Posix.posix_spawn_file_actions_addclosefrom_np(actions, 3);
        }
    }

    private static void PassOn(byte* actions, int descriptor, int target)
    {
        if (descriptor != target)
        {
            _ = Posix.posix_spawn_file_actions_adddup2(actions, descriptor, target);
        }
        else if (OperatingSystem.IsMacOS())
        {
            _ = Posix.posix_spawn_file_actions_addinherit_np(actions, descriptor);
        }
    }

    private readonly record struct Descriptors(int Input, int Output, int Error);

    private sealed class Pipe : IDisposable
    {
        private int _readEnd;

        private Pipe(int readEnd, int writeEnd)
        {
            _readEnd = readEnd;
            WriteEnd = writeEnd;
        }

        internal int WriteEnd { get; }

        public void Dispose()
        {
            _ = Posix.close(WriteEnd);
            if (_readEnd >= 0)
            {
                _ = Posix.close(_readEnd);
            }
        }

        internal static Pipe Open()
        {
            var (read, write) = Posix.OpenPipe();
            Posix.Enlarge(read, PipeSize);
            return new Pipe(read, write);
        }

        internal SafeFileHandle TakeReadEnd()
        {
            var handle = new SafeFileHandle(_readEnd, ownsHandle: true);
            _readEnd = -1;
            return handle;
        }
    }
}
