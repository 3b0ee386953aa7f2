using Markdig;
using Markdig.Syntax;

namespace Guild.HelpBuilder;

/// <summary>What the page of one cmdlet says.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The cmdlet, from the first heading.</param>
/// <param name="Synopsis">One paragraph.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Parameters">The text of each parameter by its name, without the hyphen.</param>
/// <param name="Examples">The examples in order.</param>
/// <param name="Inputs">What can be piped in: a type a heading, with its text.</param>
/// <param name="Outputs">What comes out, likewise.</param>
/// <param name="Notes">Paragraphs.</param>
/// <param name="Links">Related pages.</param>
internal sealed record CmdletPage(
    string Path,
    string Name,
    IReadOnlyList<string> Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters,
    IReadOnlyList<PageExample> Examples,
    IReadOnlyList<PageEntry> Inputs,
    IReadOnlyList<PageEntry> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<PageLink> Links)
{
    /// <summary>Reads a page. Raises <see cref="PageException"/> if it lacks a name, a synopsis or a description.</summary>
    internal static CmdletPage Read(string path)
    {
        Section root = Section.Read(Markdown.Parse(File.ReadAllText(path)));
        Section page = root.Children is [var only] ? only : throw new PageException(path, "A page has one heading of the first level: the cmdlet's name.");
        IReadOnlyList<string> Paragraphs(string name) => PlainText.Paragraphs(page.Find(name)?.Blocks ?? []);
        IReadOnlyList<string> Required(string name) =>
            Paragraphs(name) is { Count: > 0 } text ? text : throw new PageException(path, $"The section '## {name}' is missing or empty.");
        return new CmdletPage(
            path,
            page.Title,
            Required("Synopsis"),
            Required("Description"),
            Children(page, "Parameters").ToDictionary(child => child.Title.TrimStart('-'), child => PlainText.Paragraphs(child.Blocks), StringComparer.OrdinalIgnoreCase),
            [.. Children(page, "Examples").Select(PageExample.Read)],
            Entries(page.Find("Inputs")),
            Entries(page.Find("Outputs")),
            Paragraphs("Notes"),
            PageLink.ReadAll(page.Find("Links")?.Blocks ?? []));
    }

    private static IReadOnlyList<Section> Children(Section page, string name) => page.Find(name)?.Children ?? [];

    // A section with headings has a type under each; one without has text alone.
    private static IReadOnlyList<PageEntry> Entries(Section? section)
    {
        if (section is null)
        {
            return [];
        }

        return section.Children.Count > 0
            ? [.. section.Children.Select(child => new PageEntry(child.Title, PlainText.Paragraphs(child.Blocks)))]
            : [new PageEntry("", PlainText.Paragraphs(section.Blocks))];
    }
}

/// <summary>One type that is piped in or out.</summary>
/// <param name="Type">Its name, or empty.</param>
/// <param name="Text">Paragraphs.</param>
internal sealed record PageEntry(string Type, IReadOnlyList<string> Text);

/// <summary>One example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The first fenced block.</param>
/// <param name="Remarks">All that follows it, and what stood before it.</param>
internal sealed record PageExample(string Title, string Code, IReadOnlyList<string> Remarks)
{
    /// <summary>Reads an example from its section.</summary>
    internal static PageExample Read(Section section)
    {
        FencedCodeBlock? code = section.Blocks.OfType<FencedCodeBlock>().FirstOrDefault();
        return new PageExample(
            section.Title,
            code is null ? "" : PlainText.Code(code),
            PlainText.Paragraphs([.. section.Blocks.Where(block => block != code)]));
    }
}
