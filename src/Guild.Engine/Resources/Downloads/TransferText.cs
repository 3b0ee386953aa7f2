using System.Globalization;

namespace Guild.Engine.Resources;

/// <summary>Sizes and times as people read them.</summary>
public static class TransferText
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>A size in decimal units with three digits at most, such as <c>1.25 GB</c>.</summary>
    public static string Size(double bytes)
    {
        var unit = 0;
        while (bytes >= 999.5 && unit < Units.Length - 1)
        {
            (bytes, unit) = (bytes / 1000, unit + 1);
        }

        var format = unit == 0 || bytes >= 99.95 ? "0" : bytes >= 9.995 ? "0.0" : "0.00";
        return $"{bytes.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>A time in its greatest unit, two of them for hours, such as <c>3 h 20 min</c>.</summary>
    public static string Time(TimeSpan time)
    {
        var seconds = Math.Max(0, time.TotalSeconds);
        return seconds switch
        {
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
            < 99.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
            < 5970 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(seconds / 60) / 60):0} h {Math.Round(seconds / 60) % 60:0} min"),
        };
    }
}
