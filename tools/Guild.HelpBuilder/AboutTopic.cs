using System.Text;
using Markdig;

namespace Guild.HelpBuilder;

/// <summary>An <c>about_</c> topic, laid out as PowerShell's own: headings at the margin, text four columns in.</summary>
internal static class AboutTopic
{
    private const int Width = 80;
    private const string Indent = "    ";

    /// <summary>Renders a topic. <c>Get-Help</c> finds its name and its summary by the headings TOPIC and SHORT DESCRIPTION.</summary>
    internal static string Render(string topic, string markdown)
    {
        Section root = Section.Read(Markdown.Parse(markdown));
        Section page = root.Children is [var only] ? only : root;
        IReadOnlyList<string> lead = PlainText.Paragraphs(page.Blocks);
        var text = new StringBuilder();
        Write(text, "TOPIC", [topic]);
        Write(text, "SHORT DESCRIPTION", [.. lead.Take(1)]);
        if (lead.Count > 1)
        {
            Write(text, "LONG DESCRIPTION", [.. lead.Skip(1)]);
        }

        foreach (Section section in page.Children)
        {
            Write(text, section);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Section section)
    {
        Write(text, section.Level <= 2 ? section.Title.ToUpperInvariant() : section.Title, PlainText.Paragraphs(section.Blocks));
        foreach (Section child in section.Children)
        {
            Write(text, child);
        }
    }

    private static void Write(StringBuilder text, string heading, IReadOnlyList<string> paragraphs)
    {
        text.Append(heading).Append('\n');
        foreach (string line in paragraphs.SelectMany(paragraph => paragraph.Split('\n').SelectMany(Wrap).Append("")))
        {
            text.Append(line.Length == 0 ? "" : Indent + line).Append('\n');
        }

        text.Append(paragraphs.Count == 0 ? "\n" : "");
    }

    private static IEnumerable<string> Wrap(string line)
    {
        // What begins with a space is code: its line breaks are its own.
        while (line.Length > Width - Indent.Length && line[0] != ' ')
        {
            int cut = line.LastIndexOf(' ', Width - Indent.Length);
            if (cut <= 0)
            {
                break;
            }

            yield return line[..cut];
            line = line[(cut + 1)..];
        }

        yield return line;
    }
}
