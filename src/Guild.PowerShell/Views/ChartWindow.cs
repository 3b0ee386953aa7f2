using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using Guild.PowerShell.Charts;

namespace Guild.PowerShell.Views;

/// <summary>What the place has where a chart is shown: room, colours, and characters.</summary>
internal static class ChartWindow
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;

    private static readonly string[] Colours = ["Cyan", "Yellow", "Green", "Magenta", "Blue", "Red"];
    private static readonly int[] UnicodePages = [65001, 1200, 1201, 12000, 12001];

    /// <summary>The characters beside each other and the lines. What a host does not tell is that of a common terminal.</summary>
    public static (int Width, int Height) Size(PSHost host)
    {
        try
        {
            var window = host.UI.RawUI.WindowSize;

            // A character in the last column makes some terminals begin a new line.
            return (window.Width > 1 ? window.Width - 1 : DefaultWidth, window.Height > 1 ? window.Height : DefaultHeight);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Hosts without a window throw what they like.
            return (DefaultWidth, DefaultHeight);
        }
    }

    /// <summary>The finest characters that an output can write.</summary>
    /// <param name="encoding">The encoding of the output.</param>
    public static GuildChartStyle StyleFor(Encoding encoding) => Array.IndexOf(UnicodePages, encoding.CodePage) >= 0 ? GuildChartStyle.Braille : GuildChartStyle.Ascii;

    /// <summary>The colours, where the session wants and the host shows them.</summary>
    /// <param name="style">The session's <c>$PSStyle</c>, or null.</param>
    /// <param name="host">The host.</param>
    /// <param name="noColour">The variable <c>NO_COLOR</c> of the environment.</param>
    public static ChartPalette Palette(object? style, PSHost host, string? noColour)
    {
        var isWanted = Member(style, "OutputRendering")?.ToString() switch
        {
            "Ansi" => true,
            "PlainText" or null => false,
            _ => string.IsNullOrEmpty(noColour) && host.UI is { SupportsVirtualTerminal: true },
        };
        var foreground = isWanted ? Member(style, "Foreground") : null;
        var starts = Colours.Select(colour => Member(foreground, colour) as string).OfType<string>().Where(start => start.Length > 0).ToList();
        return starts.Count == 0 || Member(style, "Reset") is not string reset ? ChartPalette.Plain : new ChartPalette(starts, reset);
    }

    // The library that the module is built with does not know the type of $PSStyle.
    private static object? Member(object? value, string name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
