using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>A Guild file as a list of items, with those of included files in the place of each <c>include</c>.</summary>
/// <param name="path">The absolute path of the file.</param>
/// <param name="items">The items in order, as they are written.</param>
internal sealed class LoadedFile(string path, IReadOnlyList<YamlNode> items)
{
    /// <summary>The absolute path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>The items in order, as they are written.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    /// <summary>The models and configs by name.</summary>
    public FileItems Index { get; } = new(items);
}
