using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Guild.Engine.Runs;

/// <summary>What one host knows of its processes: whether one is alive, and when the kernel says that it started.</summary>
internal sealed class ProcessLiveness
{
    private const string BootPath = "/proc/sys/kernel/random/boot_id";

    // In /proc/PID/stat, counted after the program's name, which is in parentheses and can hold anything.
    private const int StateField = 0;
    private const int StartField = 19;

    private static readonly Lazy<ProcessLiveness> Shared = new(() => new ProcessLiveness(Environment.MachineName, ReadBoot(), ReadStart));

    private readonly Func<int, long?> _start;

    /// <summary>Names a host and how to ask it.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="boot">The name of its boot, or null.</param>
    /// <param name="start">The raw start value of a process that is alive; null for one that is not.</param>
    public ProcessLiveness(string host, string? boot, Func<int, long?> start)
    {
        Host = host;
        Boot = boot;
        _start = start;
    }

    public static ProcessLiveness OfThisHost => Shared.Value;

    public string Host { get; }

    public string? Boot { get; }

    public long? StartOf(int processId) => _start(processId);

    public bool Exists(int processId) => processId > 0 && _start(processId) is not null;

    /// <summary>True if the process is alive and the very one that was recorded.</summary>
    public bool IsAlive(int processId, long? start, string? boot) =>
        string.Equals(boot, Boot, StringComparison.Ordinal)
        && processId > 0
        && _start(processId) is { } found
        && (start is null || start == found);

    private static long? ReadStart(int processId) => OperatingSystem.IsLinux() ? ReadLinuxStart(processId) : ReadFrameworkStart(processId);

    private static long? ReadLinuxStart(int processId)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat");
        string text;
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // A zombie has ended; only its parent has not asked yet.
        if (fields.Length <= StartField || fields[StateField] is "Z" or "X")
        {
            return null;
        }

        return long.TryParse(fields[StartField], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;
    }

    private static long? ReadFrameworkStart(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            // Another user's process is there, but does not say when it started.
            return 0;
        }
    }

    private static string? ReadBoot()
    {
        try
        {
            return File.Exists(BootPath) ? File.ReadAllText(BootPath).Trim() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
