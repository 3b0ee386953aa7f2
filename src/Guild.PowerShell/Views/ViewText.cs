using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Guild.Engine.Flags;
using Guild.Engine.Text;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Views;

/// <summary>Texts that the module's views show. They are called by the views; scripts have the properties themselves.</summary>
public static class ViewText
{
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

    /// <summary>A program and its arguments as one line that a POSIX shell reads back.</summary>
    /// <param name="words">The program and its arguments.</param>
    public static string CommandLine(string[]? words) => ShellWords.Join(words ?? []);

    private static string Shown(object? value) => value is double number
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
