using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>What a Guild file holds.</summary>
internal sealed record GuildFileContent(IReadOnlyList<ModelDefinition> Models, PackageDefinition? Package);

/// <summary>Binds the top level of a Guild file: a list of items, one item, or the operations of the anonymous model.</summary>
internal sealed class ItemBinder(Findings findings)
{
    private static readonly string[] TypeKeys = ["model", "config", "package", "include", "test"];

    private static readonly string[] ModelKeys =
    [
        "description", "default", "extends", "params", "operations", "resources", "references", "extra", "disabled-plugins", "disable-plugins",
        "plugins", "flags", "operation-defaults", "sourcecode", "python-requires", "default-target-type",
    ];

    private static readonly string[] PackageKeys =
    [
        "description", "version", "url", "author", "author-email", "license", "tags", "python-tag", "data-files", "python-requires", "requires", "packages",
    ];

    private static readonly string[] TestKeys = ["description", "steps"];

    private readonly List<ModelDefinition> _models = [];
    private Expansion _expansion = new([], findings);
    private PackageDefinition? _package;

    public GuildFileContent Bind(YamlNode? root)
    {
        switch (root)
        {
            case null or YamlScalar { Value: null }:
                break;
            case YamlSequence sequence:
                _expansion = new(sequence.Items.OfType<YamlMapping>(), findings);
                BindItems(sequence);
                break;
            case YamlMapping mapping when IsOneItem(mapping):
                _expansion = new([mapping], findings);
                BindItem(mapping);
                break;
            case YamlMapping mapping:
                _models.Add(ModelBinder.BindAnonymous(mapping, findings));
                break;
            default:
                findings.WrongType(root, "A Guild file", "a list of models, or a mapping of operations");
                break;
        }

        return new(WithDefault(_models), _package);
    }

    // A file of the first age may be one item without a list; a later one is a mapping of operations, which may have any name.
    private static bool IsOneItem(YamlMapping mapping)
    {
        foreach (var type in TypeKeys)
        {
            if (mapping.Find(type)?.Value is YamlScalar { Value: string }
                && mapping.Entries.Count > 1
                && mapping.Entries.All(e => e.Key.Text == type || KeysBeside(type).Contains(e.Key.Text, StringComparer.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] KeysBeside(string type) => type switch
    {
        "model" or "config" => ModelKeys,
        "package" => PackageKeys,
        "test" => TestKeys,
        _ => [],
    };

    private void BindItems(YamlSequence sequence)
    {
        foreach (var item in sequence.Items)
        {
            if (item is YamlMapping mapping)
            {
                BindItem(mapping);
                continue;
            }

            findings.WrongType(item, "An item of a Guild file", $"a mapping with one of {string.Join(", ", TypeKeys)}");
        }
    }

    private void BindItem(YamlMapping mapping)
    {
        var types = TypeKeys.Where(t => mapping.Find(t) is not null).ToArray();
        var hasOperations = mapping.Find("operations") is not null;
        if (types.Length > 1)
        {
            findings.Error(DiagnosticIds.MultipleTypes, mapping.Start, $"This item has several types ({string.Join(", ", types)}). Expected one.");
            return;
        }

        if (types.Length == 0)
        {
            BindUntyped(mapping, hasOperations);
            return;
        }

        BindTyped(types[0], mapping.Find(types[0])!, mapping);
    }

    private void BindUntyped(YamlMapping mapping, bool hasOperations)
    {
        if (hasOperations)
        {
            Add(ModelBinder.Bind("", mapping, _expansion, findings), mapping.Start);
            return;
        }

        findings.Error(DiagnosticIds.MissingType, mapping.Start, $"This item has no type. Expected one of {string.Join(", ", TypeKeys)}.");
    }

    private void BindTyped(string type, YamlEntry typed, YamlMapping mapping)
    {
        if (type == "include")
        {
            findings.Error(DiagnosticIds.NotSupportedYet, typed.Key.Start, "'include' is not supported in this version.");
            return;
        }

        if (typed.Value is not YamlScalar { Value: string name })
        {
            findings.Error(DiagnosticIds.InvalidName, typed.Value.Start, $"The name of a {type} is not text: expected a string, found {Findings.Describe(typed.Value)}.");
            return;
        }

        switch (type)
        {
            case "model":
                Names.Check(typed.Value.Start, name, "model", findings);
                Add(ModelBinder.Bind(name, mapping, _expansion, findings), typed.Value.Start);
                break;
            case "package":
                AddPackage(name, mapping);
                break;
            case "test":
                findings.Warning(DiagnosticIds.NotSupportedYet, typed.Key.Start, "Tests in a Guild file have no effect in this version.");
                break;
        }
    }

    private void Add(ModelDefinition model, TextPosition position)
    {
        if (_models.FirstOrDefault(m => m.Name == model.Name) is { } first)
        {
            var what = model.Name.Length == 0 ? "model without a name" : $"model '{model.Name}'";
            findings.Error(DiagnosticIds.DuplicateModel, position, $"The {what} is here a second time; the first is in line {first.Position.Line}.");
            return;
        }

        _models.Add(model);
    }

    private void AddPackage(string name, YamlMapping mapping)
    {
        if (_package is not null)
        {
            findings.Error(DiagnosticIds.DuplicatePackage, mapping.Start, $"A file describes one package; the first is in line {_package.Position.Line}.");
            return;
        }

        var attributes = new Attributes(mapping, $"package '{name}'", findings);
        attributes.Entry("package");
        foreach (var key in PackageKeys)
        {
            attributes.Entry(key);
        }

        _package = new()
        {
            Name = name,
            Description = attributes.Description(),
            Version = attributes.AnyText("version"),
            Position = mapping.Start,
        };
        attributes.ReportUnknown();
    }

    private List<ModelDefinition> WithDefault(List<ModelDefinition> models)
    {
        if (models.Count == 1)
        {
            return [models[0] with { IsDefault = true }];
        }

        var defaults = models.Where(m => m.IsDefault).ToArray();
        foreach (var other in defaults.Skip(1))
        {
            findings.Warning(DiagnosticIds.MultipleDefaults, other.Position, $"Model '{other.Name}' is not the default: model '{defaults[0].Name}' already is.");
        }

        return [.. models.Select(m => m with { IsDefault = m.IsDefault && ReferenceEquals(m, defaults[0]) })];
    }
}
