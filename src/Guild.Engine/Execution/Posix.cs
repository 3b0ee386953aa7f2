using System.Runtime.InteropServices;

namespace Guild.Engine.Execution;

/// <summary>The calls of the C library that running a program needs. Where Linux and macOS number things differently, both numbers are here.</summary>
internal static unsafe partial class Posix
{
    internal const int SigHup = 1;
    internal const int SigInt = 2;
    internal const int SigKill = 9;
    internal const int SigTerm = 15;

    internal const int MayExecute = 1;

    internal const int ENoEntry = 2;
    internal const int EInterrupted = 4;
    internal const int EArgumentsTooLong = 7;
    internal const int ENotExecutableFormat = 8;
    internal const int EAccess = 13;
    internal const int EIsDirectory = 21;
    internal const int ETextBusy = 26;

    internal const int WaitWithoutHang = 1;

    internal const short PollIn = 1;

    /// <summary>A descriptor that is none, which poll passes over.</summary>
    internal const int NoDescriptor = -1;

    internal const short SpawnSetSignalDefaults = 0x04;
    internal const short SpawnSetSignalMask = 0x08;

    /// <summary>Closes in the child whatever was not passed on by name. Only macOS has it; there, it closes the gap that a missing pipe2 leaves.</summary>
    internal const short MacSpawnCloseOnExecDefault = 0x4000;

    // The structures that the spawn calls fill are opaque: 80 and 336 bytes on Linux (glibc and musl), a pointer each on macOS.
    // A signal set has 128 bytes on Linux and 4 on macOS.
    internal const int OpaqueSize = 512;

    private const int MacCloseOnExec = 1;
    private const int SetDescriptorFlags = 2;
    private const int LinuxSetPipeSize = 1031;
    private const int LinuxCloseOnExec = 0x80000;

    // The same on all processors; the C library has a name for it only since glibc 2.36.
    private const nint LinuxOpenProcess = 434;

    internal static int SigContinue => OperatingSystem.IsMacOS() ? 19 : 18;

    internal static int SigStop => OperatingSystem.IsMacOS() ? 17 : 19;

    internal static int SigChild => OperatingSystem.IsMacOS() ? 20 : 17;

    internal static short SpawnSetSession => OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    /// <summary>Opens a pipe whose ends no other program inherits.</summary>
    internal static (int Read, int Write) OpenPipe()
    {
        var ends = stackalloc int[2];
        if (OperatingSystem.IsMacOS())
        {
            Check(pipe(ends), "pipe");
            Check(fcntl(ends[0], SetDescriptorFlags, MacCloseOnExec), "fcntl");
            Check(fcntl(ends[1], SetDescriptorFlags, MacCloseOnExec), "fcntl");
        }
        else
        {
            Check(pipe2(ends, LinuxCloseOnExec), "pipe2");
        }

        return (ends[0], ends[1]);
    }

    /// <summary>Opens a descriptor that can be read when the process has ended; <see cref="NoDescriptor"/> where the system has no such thing: macOS, and Linux before 5.3.</summary>
    internal static int OpenProcess(int processId) => OperatingSystem.IsLinux() ? (int)syscall(LinuxOpenProcess, processId, 0) : NoDescriptor;

    /// <summary>A time as poll takes it: whole milliseconds, or for ever.</summary>
    internal static int PollTime(TimeSpan time) => time < TimeSpan.Zero ? -1 : (int)Math.Min(Math.Ceiling(time.TotalMilliseconds), int.MaxValue);

    /// <summary>Makes a pipe hold more, so that a fast writer seldom waits. The system may refuse; then the pipe stays as it is.</summary>
    internal static void Enlarge(int descriptor, int bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = fcntl(descriptor, LinuxSetPipeSize, bytes);
        }
    }

    /// <summary>Writes all of it, or as much as there is a reader for.</summary>
    internal static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes)
            {
                written = write(descriptor, start, bytes.Length);
            }

            if (written > 0)
            {
                bytes = bytes[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() != EInterrupted)
            {
                return;
            }
        }
    }

    /// <summary>Puts the null device in the place of what this process was given to read and to write.</summary>
    internal static void ReplaceStandardStreams()
    {
        using var device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var descriptor = 0; descriptor <= 2; descriptor++)
        {
            _ = dup2((int)device.DangerousGetHandle(), descriptor);
        }
    }

    internal static string Message(int error) => Marshal.GetPInvokeErrorMessage(error);

    private static void Check(int result, string call)
    {
        if (result < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"{call}: {Message(error)}", error);
        }
    }

#pragma warning disable SA1300, IDE1006 // The names are those of the C library.
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int dup2(int descriptor, int target);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int waitpid(int processId, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int processId, int signal);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int access(string path, int mode);

    [LibraryImport("libc")]
    internal static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    internal static partial int getsid(int processId);

    [LibraryImport("libc")]
    internal static partial int getpgid(int processId);

    [LibraryImport("libc")]
    internal static partial int tcgetpgrp(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sigaction(int signal, byte* action, byte* previous);

    [LibraryImport("libc")]
    internal static partial nint signal(int signal, nint action);

    [LibraryImport("libc")]
    internal static partial int sigemptyset(byte* set);

    [LibraryImport("libc")]
    internal static partial int sigaddset(byte* set, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcgetattr(int descriptor, byte* mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcsetattr(int descriptor, int when, byte* mode);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* set);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigmask(byte* attributes, byte* set);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(byte* actions, int descriptor, int target);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addinherit_np(byte* actions, int descriptor);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addclosefrom_np(byte* actions, int descriptor);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addchdir_np(byte* actions, byte* path);

    [LibraryImport("libc")]
    internal static partial int posix_spawn(int* processId, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe(int* ends);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);
#pragma warning restore SA1300, IDE1006

    /// <summary>What poll is asked about one descriptor, and its answer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }
}
