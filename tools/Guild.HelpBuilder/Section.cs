using Markdig.Syntax;

namespace Guild.HelpBuilder;

/// <summary>A heading, what stands under it, and the sections below it.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Level">1 for <c>#</c>.</param>
internal sealed record Section(string Title, int Level)
{
    private readonly List<Block> _blocks = [];
    private readonly List<Section> _children = [];

    /// <summary>What stands under the heading, before the next one.</summary>
    internal IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The sections one level down.</summary>
    internal IReadOnlyList<Section> Children => _children;

    /// <summary>Arranges a document by its headings. The result stands for the whole document and has level 0.</summary>
    internal static Section Read(MarkdownDocument document)
    {
        var root = new Section("", 0);
        var open = new Stack<Section>([root]);
        foreach (Block block in document)
        {
            if (block is not HeadingBlock heading)
            {
                open.Peek()._blocks.Add(block);
                continue;
            }

            while (open.Peek().Level >= heading.Level)
            {
                open.Pop();
            }

            var section = new Section(PlainText.Inlines(heading.Inline), heading.Level);
            open.Peek()._children.Add(section);
            open.Push(section);
        }

        return root;
    }

    /// <summary>The section below this one with that title, or null.</summary>
    internal Section? Find(string title) => _children.Find(child => string.Equals(child.Title, title, StringComparison.OrdinalIgnoreCase));
}
