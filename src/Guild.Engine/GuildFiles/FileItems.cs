using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>The models and configs of a file by name, as they are written: what <c>extends</c> and <c>$include</c> refer to.</summary>
internal sealed class FileItems
{
    private readonly Dictionary<string, YamlMapping> _items = new(StringComparer.Ordinal);

    public FileItems(IEnumerable<YamlNode> items)
    {
        foreach (var item in items.OfType<YamlMapping>())
        {
            if (NameOf(item) is { } name)
            {
                _items.TryAdd(name, item);
            }
        }
    }

    /// <summary>The names of all models and configs.</summary>
    public IReadOnlyCollection<string> Names => _items.Keys;

    /// <summary>The model or config of this name, or null.</summary>
    public YamlMapping? Find(string name) => _items.GetValueOrDefault(name);

    private static string? NameOf(YamlMapping item)
    {
        var typed = item.Find("model") ?? item.Find("config");
        if (typed is null)
        {
            return item.Find("operations") is null ? null : "";
        }

        return typed.Value is YamlScalar { Value: string name } ? name : null;
    }
}
