using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Guild.Engine.Execution;

/// <summary>One process as the system lists it.</summary>
/// <param name="ProcessId">Its number.</param>
/// <param name="Parent">The number of its parent.</param>
/// <param name="Session">The number of its session.</param>
/// <param name="Start">Its raw start time.</param>
/// <param name="IsEnded">True if it has ended and only waits to be collected.</param>
internal readonly record struct ProcessEntry(int ProcessId, int Parent, int Session, long Start, bool IsEnded);

/// <summary>The processes of this machine, from <c>/proc</c> on Linux and libproc on macOS.</summary>
internal static unsafe partial class ProcessTable
{
    // struct proc_bsdinfo of sys/proc_info.h.
    private const int MacBasicInfo = 3;
    private const int MacBasicInfoSize = 136;
    private const int MacEnded = 5;

    /// <summary>Every process that can be seen, except those that end while the table is read.</summary>
    internal static List<ProcessEntry> ReadAll()
    {
        var entries = new List<ProcessEntry>();
        foreach (var processId in OperatingSystem.IsMacOS() ? MacProcessIds() : LinuxProcessIds())
        {
            if (Read(processId) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>One process, or null if there is none of this number.</summary>
    internal static ProcessEntry? Read(int processId) => OperatingSystem.IsMacOS() ? ReadMac(processId) : ReadLinux(processId);

    /// <summary>
    /// True if the environment that a process was started with has this assignment. Only Linux shows it, and only of one's own processes; elsewhere a process
    /// that left both its session and its parents is not found again.
    /// </summary>
    internal static bool HasVariable(int processId, ReadOnlySpan<byte> assignment)
    {
        if (!OperatingSystem.IsLinux() || ReadFile($"/proc/{processId}/environ") is not { Length: > 0 } environment)
        {
            return false;
        }

        var rest = environment.AsSpan();
        while (!rest.IsEmpty)
        {
            if (TakeUntil(0, ref rest).SequenceEqual(assignment))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<int> LinuxProcessIds()
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
            {
                yield return processId;
            }
        }
    }

    private static ProcessEntry? ReadLinux(int processId)
    {
        if (ReadFile($"/proc/{processId}/stat") is not { } stat)
        {
            return null;
        }

        // The name, in parentheses, may hold spaces and parentheses of its own: count the fields from its last one. State is field 3 of proc(5).
        var rest = stat.AsSpan(stat.AsSpan().LastIndexOf((byte)')') + 2);
        Span<long> fields = stackalloc long[20];
        var state = rest[0];
        var count = 0;
        while (!rest.IsEmpty && count < fields.Length)
        {
            fields[count++] = Utf8Parser.TryParse(TakeUntil((byte)' ', ref rest), out long value, out _) ? value : 0;
        }

        return count < fields.Length ? null : new ProcessEntry(processId, (int)fields[1], (int)fields[3], fields[19], state is (byte)'Z' or (byte)'X');
    }

    // What stands before the next separator, or all; that and the separator are taken off.
    private static Span<byte> TakeUntil(byte separator, ref Span<byte> rest)
    {
        var end = rest.IndexOf(separator);
        var part = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return part;
    }

    private static byte[]? ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Processes end while the table is read, and those of other users show nothing.
            return null;
        }
    }

    private static int[] MacProcessIds()
    {
        var processIds = new int[Math.Max(0, proc_listallpids(null, 0)) + 64];
        fixed (int* first = processIds)
        {
            var count = proc_listallpids(first, processIds.Length * sizeof(int));
            return processIds[..Math.Clamp(count, 0, processIds.Length)];
        }
    }

    private static ProcessEntry? ReadMac(int processId)
    {
        var info = stackalloc byte[MacBasicInfoSize];
        if (proc_pidinfo(processId, MacBasicInfo, 0, info, MacBasicInfoSize) < MacBasicInfoSize)
        {
            return null;
        }

        var start = (*(long*)(info + 120) * 1_000_000) + *(long*)(info + 128);
        return new ProcessEntry(processId, *(int*)(info + 16), Posix.getsid(processId), start, *(int*)(info + 4) == MacEnded);
    }

#pragma warning disable SA1300, IDE1006 // The names are those of the C library.
    [LibraryImport("libproc")]
    private static partial int proc_listallpids(int* processIds, int size);

    [LibraryImport("libproc")]
    private static partial int proc_pidinfo(int processId, int flavor, ulong argument, byte* buffer, int size);
#pragma warning restore SA1300, IDE1006
}
