using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Guild.Engine.Flags;
using Guild.Engine.Resources;
using Guild.Engine.Text;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Views;

/// <summary>Texts that the module's views show. They are called by the views; scripts have the properties themselves.</summary>
public static class ViewText
{
    private static readonly string[] ComparedCore = ["Run", "Operation", "Started", "Time", "Status", "Label"];

    /// <summary>A status, in a colour of its own where the session has styles.</summary>
    /// <param name="status">The status of a run.</param>
    /// <param name="style">The session's <c>$PSStyle</c>, or null.</param>
    public static string Status(string status, object? style) => status switch
    {
        "completed" => Coloured(status, style, "Green"),
        "error" => Coloured(status, style, "Red"),
        "running" => Coloured(status, style, "Cyan"),
        "terminated" => Coloured(status, style, "Yellow"),
        _ => status,
    };

    /// <summary>A line of output; what went to standard error is red.</summary>
    /// <param name="line">The line.</param>
    /// <param name="style">The session's <c>$PSStyle</c>, or null.</param>
    public static string OutputLine(GuildOutputLine line, object? style)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Stream == GuildStreamKind.Error ? Coloured(line.Text, style, "Red") : line.Text;
    }

    /// <summary>The first line of a description.</summary>
    /// <param name="text">The description.</param>
    public static string FirstLine(string? text) => (text ?? "").Trim().Split('\n', 2)[0].TrimEnd();

    /// <summary>The entries of a dictionary, one a line, as <c>name = value</c>.</summary>
    /// <param name="table">The dictionary, or null.</param>
    public static string Pairs(IDictionary? table) => table is null
        ? ""
        : string.Join('\n', table.Keys.Cast<object>().Select(k => $"{k} = {Shown(table[k])}"));

    /// <summary>What a run in a comparison has beside what every run has, as <c>name=value</c>.</summary>
    /// <param name="run">The run, with the properties of the comparison.</param>
    public static string ComparedValues(PSObject run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return string.Join(' ', run.Properties
            .Where(p => p is PSNoteProperty { Value: not null } && !ComparedCore.Contains(p.Name, StringComparer.Ordinal))
            .Select(p => $"{p.Name}={Shown(p.Value)}"));
    }

    /// <summary>A value of either of two runs that differ, on one line.</summary>
    /// <param name="value">The value.</param>
    public static string DifferingValue(object? value) => value is null ? "" : (value as string ?? Shown(value)).ReplaceLineEndings(" ");

    /// <summary>A program and its arguments as one line that a POSIX shell reads back.</summary>
    /// <param name="words">The program and its arguments.</param>
    public static string CommandLine(string[]? words) => ShellWords.Join(words ?? []);

    /// <summary>A number of bytes as people read it, such as <c>1.25 GB</c>.</summary>
    /// <param name="bytes">The number of bytes, or null for none.</param>
    public static string Size(long? bytes) => bytes is { } known ? TransferText.Size(known) : "";

    /// <summary>How long something took or is ago, such as <c>3 h 20 min</c>.</summary>
    /// <param name="time">The time, or null for none.</param>
    public static string Time(TimeSpan? time) => time switch
    {
        null => "",
        { TotalHours: >= 48 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.Value.TotalDays):0} days"),
        _ => TransferText.Time(time.Value),
    };

    /// <summary>A step of a plan on one line: its name, and why it is needed or not.</summary>
    public static string PlannedStep(GuildPlannedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return $"{step.Name}: {step.Reason}{(step.Detail is null ? "" : $" ({step.Detail})")}";
    }

    /// <summary>What a source of a plan would bring, from where, and what is done with it first.</summary>
    /// <param name="resource">The source in a plan.</param>
    public static string PlannedResource(GuildPlannedResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var address = resource.Uri is not null && resource.Uri != resource.Source ? $" from {resource.Uri}" : "";
        var target = resource.Target is null ? "" : $" -> {resource.Target}";
        string?[] notes =
        [
            resource.Problem,
            resource.Problem is null ? Download(resource) : null,
            resource.Archives.Length > 0 ? $"unpacks {string.Join(", ", resource.Archives.Select(Path.GetFileName))}" : null,
            resource.PostProcess is { } command ? $"runs '{command}'" : null,
        ];
        var shown = string.Join("; ", notes.OfType<string>());
        return $"{resource.Source}{address}{target}{(shown.Length == 0 ? "" : $" ({shown})")}";
    }

    private static string? Download(GuildPlannedResource resource) => resource.Download switch
    {
        "cached" => $"in the cache, {Size(resource.CachedLength)}",
        "partial" when resource.DownloadLength is { } total => $"downloads the rest: {Size(resource.CachedLength)} of {Size(total)} are in the cache",
        "partial" => $"downloads the rest: {Size(resource.CachedLength)} are in the cache, its size is unknown until the server is asked",
        "missing" => "downloads it, its size is unknown until the server is asked",
        _ => null,
    };

    private static string Shown(object? value) => value is TimeSpan or DateTimeOffset ? ComparedText.Cell(value) : value is double number
        ? number.ToString("G6", CultureInfo.InvariantCulture)
        : FlagGrammar.Encode(FlagInputs.Value(value));

    private static string Coloured(string text, object? style, string colour)
    {
        var foreground = style is null ? null : PSObject.AsPSObject(style).Properties["Foreground"]?.Value;
        var start = foreground is null ? null : PSObject.AsPSObject(foreground).Properties[colour]?.Value as string;
        var reset = style is null ? null : PSObject.AsPSObject(style).Properties["Reset"]?.Value as string;
        return string.IsNullOrEmpty(start) ? text : start + text + reset;
    }
}
