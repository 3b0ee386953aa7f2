using System.Globalization;

namespace Guild.Bench;

/// <summary>
/// How long processors worked for this process and for the programs that it waited for, on Linux. On a machine that is busy with other
/// things this says more than the time that went by.
/// </summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;
    private const int FirstField = 14;
    private const int Fields = 4;

    /// <summary>The time until now, to hundredths of a second; zero where it is not known.</summary>
    internal static TimeSpan Used()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        // The name of the program, in parentheses, can hold blanks. It is the second field.
        string stat = File.ReadAllText("/proc/self/stat");
        string[] afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = afterName.Skip(FirstField - 3).Take(Fields).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }
}
