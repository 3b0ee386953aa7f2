using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds models.</summary>
internal static class ModelBinder
{
    /// <summary>A model with what it extends and with its parameters replaced.</summary>
    public static ModelDefinition Bind(string name, YamlMapping item, Expansion expansion, Findings findings)
    {
        var expanded = expansion.Complete(item);
        var mapping = expanded.Item;
        var attributes = new Attributes(mapping, name.Length == 0 ? "the model without a name" : $"model '{name}'", ItemAttributes.Model, findings);
        attributes.Entry("model");
        attributes.Entry("extends");
        attributes.Mapping("params");
        if (attributes.Entry("extra") is { } extra)
        {
            findings.Warning(
                DiagnosticIds.NotSupportedYet,
                extra.Key.Start,
                $"'extra' of {attributes.Subject} has no effect in this version; today operations say columns with 'compare' and scalars with 'output-scalars'.");
        }

        // Flags of a model are there for other parts of the file to include.
        attributes.Mapping("flags");
        var plugins = PluginsBinder.Bind(attributes);
        var context = new ModelContext(name, OperationDefaults.Of(attributes), plugins, attributes.AnyText("python-requires"), expansion, expanded.Includes);
        var model = new ModelDefinition
        {
            Name = name,
            Description = attributes.Description(),
            IsDefault = attributes.Flag("default") ?? false,
            Operations = attributes.Mapping("operations") is { } operations ? BindOperations(operations, context, findings) : [],
            Resources = attributes.Mapping("resources") is { } resources ? BindResources(expanded.Includes.Resolve(resources, "resources"), name, findings) : [],
            References = attributes.TextList("references") ?? [],
            SourceCode = attributes.Entry("sourcecode") is { } sourceCode ? SourceCodeBinder.Bind(sourceCode.Value, attributes.Subject, findings) : null,
            DefaultTargetType = TargetBinder.Type(attributes, "default-target-type"),
            PackageDirectories = [.. expanded.Packages.Select(p => Path.GetDirectoryName(p.Path)!)],
            Position = mapping.Start,
        };
        attributes.ReportUnknown();
        return model;
    }

    private static OperationDefinition[] BindOperations(YamlMapping operations, ModelContext model, Findings findings)
    {
        var bound = new List<OperationDefinition>();
        foreach (var (key, value) in model.Includes.Resolve(operations, "operations").Entries)
        {
            if (Names.OfKey(key, "operation", findings) is { } name && OperationBinder.Bind(name, key.Start, value, model, findings) is { } operation)
            {
                bound.Add(operation);
            }
        }

        ReportSecondDefaults(bound, findings);
        return [.. bound.OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    private static void ReportSecondDefaults(List<OperationDefinition> operations, Findings findings)
    {
        var defaults = operations.Where(o => o.IsDefault).ToArray();
        foreach (var other in defaults.Skip(1))
        {
            findings.Warning(
                DiagnosticIds.MultipleDefaults,
                other.Position,
                $"Several operations are the default: '{defaults[0].Name}' and '{other.Name}'. The first by name counts.");
        }
    }

    private static ResourceDefinition[] BindResources(YamlMapping resources, string modelName, Findings findings)
    {
        var bound = new List<ResourceDefinition>();
        foreach (var (key, value) in resources.Entries)
        {
            if (Names.OfKey(key, "resource", findings) is { } name)
            {
                var fullName = modelName.Length == 0 ? name : $"{modelName}:{name}";
                var resource = ResourceBinder.Bind(name, $"resource '{fullName}'", key.Start, value, findings);
                if (resource is not null)
                {
                    bound.Add(resource);
                }
            }
        }

        return [.. bound.OrderBy(r => r.Name, StringComparer.Ordinal)];
    }
}
