using System.Globalization;

namespace Guild.Bench;

/// <summary>How much memory this process held at most, on Linux; elsewhere the system cannot be asked to forget what was before.</summary>
internal static class PeakMemory
{
    private const string ForgetPeak = "5";

    /// <summary>How much more memory the process held while the action ran than before it, in bytes; null where that is not known.</summary>
    internal static long? GrowthDuring(Action action)
    {
        if (!OperatingSystem.IsLinux())
        {
            action();
            return null;
        }

        // What earlier rounds left behind would hide what this one needs.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", ForgetPeak);
        long before = Read("VmRSS:");
        action();
        return Math.Max(0, Read("VmHWM:") - before);
    }

    private static long Read(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
