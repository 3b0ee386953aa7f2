using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Guild.HelpBuilder;

/// <summary>A related page.</summary>
/// <param name="Text">What to show: a cmdlet's name or a title.</param>
/// <param name="Address">Where it is on the web; empty for a page of this module, which <c>Get-Help</c> finds by its name.</param>
internal sealed record PageLink(string Text, string Address)
{
    /// <summary>Finds the links in some blocks, in order.</summary>
    internal static IReadOnlyList<PageLink> ReadAll(IReadOnlyList<Block> blocks) =>
        [.. blocks.SelectMany(block => block.Descendants<LinkInline>()).Select(Read)];

    private static PageLink Read(LinkInline link)
    {
        bool isWeb = link.Url?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;
        return new PageLink(PlainText.Inlines(link), isWeb ? link.Url! : "");
    }
}
