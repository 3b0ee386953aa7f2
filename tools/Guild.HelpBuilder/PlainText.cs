using System.Globalization;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Guild.HelpBuilder;

/// <summary>Markdown as text to be read in a terminal.</summary>
internal static class PlainText
{
    private const string Indent = "    ";

    /// <summary>The text of some blocks: a paragraph, list item or code block each.</summary>
    internal static IReadOnlyList<string> Paragraphs(IReadOnlyList<Block> blocks) => [.. blocks.SelectMany(Render)];

    /// <summary>The lines of a code block.</summary>
    internal static string Code(LeafBlock block) => block.Lines.ToString().TrimEnd();

    /// <summary>The text of a run of inline elements. Line breaks of the source become spaces.</summary>
    internal static string Inlines(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline { IsHard: true } => "\n",
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => link.Url,
                ContainerInline container => Inlines(container),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static IEnumerable<string> Render(Block block) => block switch
    {
        CodeBlock code => [string.Join('\n', Code(code).Split('\n').Select(line => Indent + line))],
        ListBlock list => Items(list),
        HeadingBlock heading => [Inlines(heading.Inline)],
        LeafBlock { Inline: not null } leaf => [Inlines(leaf.Inline)],
        ContainerBlock container => container.SelectMany(Render),
        _ => [],
    };

    private static IEnumerable<string> Items(ListBlock list)
    {
        int number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 1;
        foreach (ListItemBlock item in list.Cast<ListItemBlock>())
        {
            string mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            string text = string.Join('\n', item.SelectMany(Render));
            yield return mark + text.Replace("\n", "\n" + new string(' ', mark.Length), StringComparison.Ordinal);
        }
    }
}
