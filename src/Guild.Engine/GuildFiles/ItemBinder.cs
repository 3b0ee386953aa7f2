using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>What a Guild file holds.</summary>
internal sealed record GuildFileContent(IReadOnlyList<ModelDefinition> Models, PackageDefinition? Package);

/// <summary>Binds the items of a Guild file.</summary>
internal sealed class ItemBinder(LoadedFile file, Expansion expansion, Findings findings)
{
    private readonly List<ModelDefinition> _models = [];
    private PackageDefinition? _package;

    public GuildFileContent Bind()
    {
        foreach (var item in file.Items)
        {
            if (item is YamlMapping mapping)
            {
                BindItem(mapping);
                continue;
            }

            findings.WrongType(item, "An item of a Guild file", $"a mapping with one of {string.Join(", ", TopLevel.TypeKeys)}");
        }

        return new(WithDefault(_models), _package);
    }

    private void BindItem(YamlMapping mapping)
    {
        var types = TopLevel.TypeKeys.Where(t => mapping.Find(t) is not null).ToArray();
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
            Add(ModelBinder.Bind("", mapping, expansion, findings), mapping.Start);
            return;
        }

        findings.Error(DiagnosticIds.MissingType, mapping.Start, $"This item has no type. Expected one of {string.Join(", ", TopLevel.TypeKeys)}.");
    }

    private void BindTyped(string type, YamlEntry typed, YamlMapping mapping)
    {
        if (typed.Value is not YamlScalar { Value: string name })
        {
            findings.Error(DiagnosticIds.InvalidName, typed.Value.Start, $"The name of a {type} is not text: expected a string, found {Findings.Describe(typed.Value)}.");
            return;
        }

        switch (type)
        {
            case "model":
                Names.Check(typed.Value.Start, name, "model", findings);
                Add(ModelBinder.Bind(name, mapping, expansion, findings), typed.Value.Start);
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
            findings.Error(DiagnosticIds.DuplicateModel, position, $"The {what} is here a second time; the first is in {Place(first.Position, position)}.");
            return;
        }

        _models.Add(model);
    }

    private void AddPackage(string name, YamlMapping mapping)
    {
        if (_package is not null)
        {
            findings.Error(DiagnosticIds.DuplicatePackage, mapping.Start, $"A file describes one package; the first is in {Place(_package.Position, mapping.Start)}.");
            return;
        }

        var attributes = new Attributes(mapping, $"package '{name}'", ItemAttributes.Package, findings);
        foreach (var key in ItemAttributes.Package.Names)
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

    private string Place(TextPosition first, TextPosition second) => first.File == second.File
        ? $"line {first.Line}"
        : $"line {first.Line} of '{first.File ?? file.Path}'";

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
