using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds resources, named ones and those that a requirement defines in place.</summary>
internal static class ResourceBinder
{
    /// <summary>A resource of a model: a mapping, or a list of sources. Null if it is neither, which is then reported.</summary>
    public static ResourceDefinition? Bind(string name, string subject, TextPosition position, YamlNode node, Findings findings)
    {
        switch (node)
        {
            case YamlSequence sources:
                return new() { Name = name, Sources = SourceBinder.BindAll(sources, subject, findings), Position = position };
            case YamlMapping mapping:
                var attributes = new Attributes(mapping, subject, ItemAttributes.Resource, findings);
                var resource = Bind(name, attributes) with { Position = position };
                attributes.ReportUnknown();
                return resource;
            default:
                findings.WrongType(node, $"R{subject[1..]}", "a mapping or a list of sources");
                return null;
        }
    }

    /// <summary>A resource that a requirement defines with its sources.</summary>
    public static ResourceDefinition BindInline(Attributes attributes)
    {
        var given = attributes.Text("name");
        var resource = Bind(given ?? "", attributes);
        return given is null ? resource with { Name = NameOf(resource.Sources) } : resource;
    }

    /// <summary>The name of a resource that has none: its sources' names, joined with commas.</summary>
    public static string NameOf(IReadOnlyList<SourceDefinition> sources) =>
        sources.Count == 0 ? "resource" : string.Join(',', sources.Select(s => s.Name ?? s.FlagName ?? s.Uri));

    private static ResourceDefinition Bind(string name, Attributes attributes)
    {
        // Guild AI knows this one too, but looks only at that of a source.
        attributes.Entry("preserve-path");
        return new()
        {
            Name = name,
            Description = attributes.Description(),
            Sources = attributes.Sequence("sources") is { } sources ? SourceBinder.BindAll(sources, attributes.Subject, attributes.Findings) : [],
            TargetPath = TargetBinder.Path(attributes),
            TargetType = TargetBinder.Type(attributes, "target-type"),
            IsPrivate = attributes.Flag("private") ?? false,
            DefaultUnpack = attributes.Flag("default-unpack") ?? true,
            References = attributes.TextList("references") ?? [],
            Position = attributes.Position,
        };
    }
}
