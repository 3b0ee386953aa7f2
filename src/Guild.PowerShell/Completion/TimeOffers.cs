using System.Globalization;

namespace Guild.PowerShell.Completion;

/// <summary>Times that people ask for.</summary>
internal static class TimeOffers
{
    /// <summary>Ranges of time.</summary>
    public static readonly IReadOnlyList<Offer> Ranges =
    [
        new("today", "since midnight"),
        new("yesterday", "the day before this one"),
        new("this week", "since Monday"),
        new("this month", "since its first day"),
        new("this year", "since January 1"),
        new("last 30 minutes", "until now"),
        new("last hour", "until now"),
        new("last 24 hours", "until now"),
        new("last 7 days", "until now"),
        new("last week", "the week before this one"),
        new("last month", "the month before this one"),
        new("2 days ago", "the whole of that day"),
        new("after 9:00", "of today"),
        new("before today", "until midnight"),
        new("between 9:00 and 12:30", "of today"),
    ];

    /// <summary>Where time begins to count.</summary>
    public static readonly IReadOnlyList<Offer> Beginnings =
    [
        new("30 minutes ago", "that moment"),
        new("1 hour ago", "that moment"),
        new("1 day ago", "that moment"),
        new("1 week ago", "that moment"),
        new("today", "midnight"),
        new("yesterday", "its beginning"),
        new("this week", "Monday"),
        new("this month", "its first day"),
        new("last week", "its Monday"),
        new("9:00", "of today"),
    ];

    /// <summary>Days, as dates.</summary>
    public static IEnumerable<Offer> Days(DateTime today)
    {
        (DateTime Day, string Tip)[] days =
        [
            (today, "today"),
            (today.AddDays(-1), "yesterday"),
            (today.AddDays(-(((int)today.DayOfWeek + 6) % 7)), "Monday of this week"),
            (today.AddDays(1 - today.Day), "the first of this month"),
            (today.AddDays(1 - today.DayOfYear), "the first of this year"),
        ];
        return days.Select(d => new Offer(d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), d.Tip)).DistinctBy(offer => offer.Word);
    }
}
