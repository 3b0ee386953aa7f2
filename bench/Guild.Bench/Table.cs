using System.Globalization;

namespace Guild.Bench;

/// <summary>Writes measurements as they come.</summary>
internal static class Table
{
    internal static void Write(TextWriter writer, IEnumerable<Comparison> comparisons)
    {
        writer.WriteLine($"{"what",-50} {"baseline ms",12} {"ours ms",12} {"extra ms",12} {"ratio",8} {"cpu ratio",10} {"memory MB",10} {"M/s",8}");
        foreach (Comparison comparison in comparisons)
        {
            Measurement measurement = comparison.Measure();
            string rate = measurement.MillionsPerSecond > 0 ? measurement.MillionsPerSecond.ToString("F1", CultureInfo.InvariantCulture) : "";
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{measurement.Name,-50} {measurement.BaselineMilliseconds,12:F1} {measurement.SubjectMilliseconds,12:F1} {measurement.ExtraMilliseconds,12:F1} {measurement.Ratio,8:F2} {measurement.ProcessorRatio,10:F2} {measurement.Megabytes,10:F0} {rate,8}"));
        }
    }
}
