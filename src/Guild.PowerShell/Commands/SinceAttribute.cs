using System.Globalization;
using System.Management.Automation;
using Guild.Engine.Runs.Queries;

namespace Guild.PowerShell.Commands;

/// <summary>Takes a date and time, or a time span back from now, where the beginning of a range of time is wanted in words.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SinceAttribute : ArgumentTransformationAttribute
{
    private const string Exact = "O";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PlainArgument.Of(inputData) switch
    {
        DateTimeOffset time => Text(time),
        DateTime time => Text(new DateTimeOffset(time)),
        TimeSpan span => Text(Back(span)),
        _ => inputData,
    };

    /// <summary>The range that such a text means: a moment of <see cref="Transform"/>, a span such as <c>2h</c> before now, or the words of Guild.</summary>
    /// <exception cref="Engine.TimeRangeException">It means nothing.</exception>
    public static TimeRange Parse(string text)
    {
        if (DateTimeOffset.TryParseExact(text, Exact, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return new TimeRange(moment, null);
        }

        return AgeAttribute.Parse(text.Trim()) is { } age ? new TimeRange(Back(age), null) : TimeRange.ParseSince(text, TimeProvider.System);
    }

    private static DateTimeOffset Back(TimeSpan span)
    {
        var now = TimeProvider.System.GetLocalNow();
        return span <= now - DateTimeOffset.MinValue ? now - span.Duration() : DateTimeOffset.MinValue;
    }

    private static string Text(DateTimeOffset time) => time.ToString(Exact, CultureInfo.InvariantCulture);
}
