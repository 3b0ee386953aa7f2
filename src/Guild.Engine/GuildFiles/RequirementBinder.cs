using System.Text.RegularExpressions;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds what an operation requires.</summary>
internal static partial class RequirementBinder
{
    /// <summary>The requirements in file order.</summary>
    public static IReadOnlyList<RequirementDefinition> BindAll(Attributes operation) =>
        operation.Node(operation.Today("requires", "required")) switch
        {
            null => [],
            YamlSequence list => [.. list.Items.Select(i => Bind(i, operation)).OfType<RequirementDefinition>()],
            var node => Bind(node, operation) is { } requirement ? [requirement] : [],
        };

    private static RequirementDefinition? Bind(YamlNode node, Attributes operation)
    {
        switch (node)
        {
            case YamlScalar { Value: string spec }:
                return CheckSpec(spec, node, operation) ? new() { Spec = spec, Position = node.Start } : null;
            case YamlMapping mapping:
                return BindMapping(mapping, operation);
            default:
                operation.WrongType("requires", node, "a resource's name or a mapping");
                return null;
        }
    }

    private static RequirementDefinition? BindMapping(YamlMapping mapping, Attributes operation)
    {
        var kind = mapping.Find("resource") is not null ? ItemAttributes.NamedRequirement
            : mapping.Find("sources") is not null ? ItemAttributes.InlineResource
            : ItemAttributes.InlineSource;
        var attributes = new Attributes(mapping, $"a requirement of {operation.Subject}", kind, operation.Findings);
        return kind == ItemAttributes.NamedRequirement ? ByName(attributes, operation) : Inline(attributes, kind);
    }

    private static RequirementDefinition? ByName(Attributes attributes, Attributes operation)
    {
        var description = attributes.Description();
        var given = attributes.Entry("resource")!;
        attributes.ReportUnknown();
        if (given.Value is not YamlScalar { Value: string spec })
        {
            attributes.WrongType("resource", given.Value, "a resource's name");
            return null;
        }

        return CheckSpec(spec, attributes.Node("resource")!, operation)
            ? new() { Spec = spec, Description = description, Position = attributes.Position }
            : null;
    }

    private static RequirementDefinition? Inline(Attributes attributes, ItemAttributes kind)
    {
        var description = attributes.Description();
        if (kind == ItemAttributes.InlineResource)
        {
            var inline = ResourceBinder.BindInline(attributes);
            attributes.ReportUnknown();
            return new() { Inline = inline, Description = description, Position = attributes.Position };
        }

        if (SourceBinder.Bind(attributes) is not { } source)
        {
            return null;
        }

        var resource = new ResourceDefinition { Name = ResourceBinder.NameOf([source]), Sources = [source], Position = attributes.Position };
        return new() { Inline = resource, Description = description, Position = attributes.Position };
    }

    private static bool CheckSpec(string spec, YamlNode node, Attributes operation)
    {
        // What refers to flags has its name only when the operation runs.
        if (spec.Contains("${", StringComparison.Ordinal) || SpecPattern().IsMatch(spec))
        {
            return true;
        }

        operation.Findings.Error(
            DiagnosticIds.InvalidRequirement,
            node.Start,
            $"'requires' of {operation.Subject}: '{spec}' names no resource. Expected RESOURCE, MODEL:RESOURCE, PACKAGE/RESOURCE or PACKAGE/MODEL:RESOURCE.");
        return false;
    }

    [GeneratedRegex(@"^(?:[a-zA-Z0-9_.-]+/)?(?:[a-zA-Z0-9_.-]+:)?[a-zA-Z0-9_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SpecPattern();
}
