using System.Globalization;

namespace Guild.Engine.Execution;

/// <summary>
/// Tells a process from a later one with the same number. A start time here is the kernel's raw value, equal in every reading: on Linux clock ticks since
/// boot, on macOS microseconds since the epoch, on Windows the file time of creation. On Linux it means something only together with <see cref="Boot"/>.
/// </summary>
public static class ProcessIdentity
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";
    private const string NamespacePath = "/proc/self/ns/pid";
    private static readonly Lazy<string> BootId = new(ReadBoot);
    private static readonly Lazy<string?> NamespaceName = new(ReadNamespace);

    /// <summary>The identity of the system's present boot; empty where start times mean the same across boots.</summary>
    public static string Boot => BootId.Value;

    /// <summary>
    /// What the system calls the set of process numbers that this process knows (on Linux its pid namespace): containers of one host can have one name and the same numbers. Null where
    /// there is only one such set.
    /// </summary>
    public static string? Namespace => NamespaceName.Value;

    /// <summary>The raw start time of a process; null if there is no such process, or it has ended and only waits to be collected.</summary>
    /// <param name="processId">The number of the process.</param>
    public static long? StartOf(int processId)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsProcess.StartOf(processId);
        }

        return ProcessTable.Read(processId) is { IsEnded: false } entry ? entry.Start : null;
    }

    /// <summary>True if the process that was started then, in that boot, still runs.</summary>
    /// <param name="processId">The number of the process.</param>
    /// <param name="start">Its raw start time, as <see cref="StartOf"/> gave it.</param>
    /// <param name="boot">The boot that the start time belongs to, as <see cref="Boot"/> gave it.</param>
    public static bool IsAlive(int processId, long start, string boot) =>
        string.Equals(boot, Boot, StringComparison.Ordinal) && StartOf(processId) == start;

    private static string ReadBoot()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText(BootIdPath).Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A container may hide the file. Ticks since boot are then the only thing to go by.
            return "";
        }
    }

    private static string? ReadNamespace()
    {
        try
        {
            return OperatingSystem.IsLinux() ? new FileInfo(NamespacePath).LinkTarget : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static string Format(long start) => start.ToString(CultureInfo.InvariantCulture);
}
