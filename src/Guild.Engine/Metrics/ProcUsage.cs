using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Guild.Engine.Execution;

namespace Guild.Engine.Metrics;

/// <summary>Adds up what processes use on Unix.</summary>
internal static class ProcUsage
{
    // Of all that Linux runs on with .NET, programs see a hundred ticks a second.
    private const double TicksPerSecond = 100;

    // Places in /proc/PID/stat behind the name, of proc(5).
    private const int UserTime = 11;
    private const int ChildrenSystemTime = 14;
    private const int ResidentPages = 21;

    /// <summary>What processes use; null if none of them is there any more.</summary>
    /// <param name="members">The processes, with those that have ended and wait to be collected: their parents do not count them yet.</param>
    public static TreeUsage? Of(IReadOnlyList<ProcessEntry> members)
    {
        if (members.All(member => member.IsEnded))
        {
            return null;
        }

        var parts = members.Select(member => OperatingSystem.IsLinux() ? OnLinux(member) : Elsewhere(member)).OfType<TreeUsage>().ToList();
        return parts.Count == 0 ? null : new TreeUsage
        {
            Processes = parts.Sum(part => part.Processes),
            ProcessorTime = Sum(parts, part => part.ProcessorTime?.Ticks) is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            Memory = Sum(parts, part => part.Memory),
            BytesRead = Sum(parts, part => part.BytesRead),
            BytesWritten = Sum(parts, part => part.BytesWritten),
        };
    }

    private static long? Sum(IEnumerable<TreeUsage> parts, Func<TreeUsage, long?> value) => parts.Select(value).Aggregate((long?)null, (sum, part) => part is null ? sum : (sum ?? 0) + part);

    private static TreeUsage? OnLinux(ProcessEntry member)
    {
        if (ProcFiles.Text(Path(member, "stat")) is not { } stat)
        {
            return null;
        }

        // The name may hold spaces and parentheses of its own.
        var fields = ProcFiles.Words(stat[(stat.LastIndexOf(')') + 1)..]);
        var disk = ProcFiles.Named(ProcFiles.Lines(Path(member, "io")));
        return new TreeUsage
        {
            Processes = member.IsEnded ? 0 : 1,
            ProcessorTime = TimeSpan.FromSeconds(fields[UserTime..(ChildrenSystemTime + 1)].Sum(field => ProcFiles.Number(field) ?? 0) / TicksPerSecond),
            Memory = ProcFiles.Number(fields[ResidentPages]) * Environment.SystemPageSize,
            BytesRead = disk.TryGetValue("read_bytes", out var read) ? read : null,
            BytesWritten = disk.TryGetValue("write_bytes", out var written) ? written : null,
        };
    }

    private static string Path(ProcessEntry member, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{member.ProcessId}/{file}");

    private static TreeUsage? Elsewhere(ProcessEntry member)
    {
        try
        {
            using var process = Process.GetProcessById(member.ProcessId);
            return new TreeUsage { Processes = 1, ProcessorTime = process.TotalProcessorTime, Memory = process.WorkingSet64 };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended meanwhile, or is not ours to look at.
            return null;
        }
    }
}
