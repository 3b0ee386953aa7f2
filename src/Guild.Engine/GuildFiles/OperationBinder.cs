using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds operations.</summary>
internal static class OperationBinder
{
    /// <summary>The operation; null if its value is no operation at all, which is then reported.</summary>
    public static OperationDefinition? Bind(string name, TextPosition position, YamlNode node, ModelContext model, Findings findings)
    {
        var subject = $"operation '{(model.Name.Length == 0 ? name : $"{model.Name}:{name}")}'";
        if (model.Expansion.Complete(node, model.OperationDefaults) is not { } mapping)
        {
            findings.WrongType(node, $"Operation '{name}'", "a string (its main) or a mapping");
            return null;
        }

        var attributes = new Attributes(mapping, subject, ItemAttributes.Operation, findings);
        var command = CommandBinder.Bind(attributes, name, model.Includes);
        var flags = FlagBinding.BindAll(attributes, model.Includes);
        var operation = new OperationDefinition
        {
            Name = name,
            ModelName = model.Name,
            Description = attributes.Description(),
            IsDefault = attributes.Flag("default") ?? false,
            Main = command.Main,
            Exec = command.Exec,
            Steps = command.Steps,
            Flags = flags.Flags,
            FlagsDestination = FlagsDestination(attributes.Node("flags-dest") ?? flags.Destination, attributes),
            FlagsImport = FlagsImport(attributes.Node("flags-import") ?? flags.Import, attributes),
            FlagsImportSkip = attributes.TextList("flags-import-skip") ?? [],
            DefaultFlagArgSkip = attributes.Flag("default-flag-arg-skip") ?? false,
            Requires = RequirementBinder.BindAll(attributes),
            Environment = attributes.Values("env"),
            EnvironmentSecrets = EnvironmentSecrets(attributes),
            PythonPath = attributes.TextList("python-path"),
            PythonRequires = attributes.AnyText("python-requires") ?? model.PythonRequires,
            IsStoppable = attributes.Flag("stoppable") ?? false,
            HandlesKeyboardInterrupt = attributes.Flag("handle-keyboard-interrupt") ?? false,
            PreProcess = attributes.Text("pre-process")?.ReplaceLineEndings(" ").Trim(),
            Label = attributes.AnyText(attributes.Today("label", "label-template")),
            Tags = attributes.TextList("tags") ?? [],
            Compare = attributes.TextList("compare"),
            OutputScalars = OutputScalars(attributes),
            Objective = OptimizerBinder.Objective(attributes),
            Optimizers = OptimizerBinder.BindAll(attributes),
            DefaultMaxTrials = Whole(attributes, "default-max-trials"),
            CanStageTrials = attributes.Flag("can-stage-trials") ?? false,
            DeletesOnSuccess = attributes.Flag("delete-on-success") ?? false,
            SourceCode = attributes.Entry("sourcecode") is { } sourceCode ? SourceCodeBinder.Bind(sourceCode.Value, subject, findings) : null,
            Plugins = PluginsBinder.Bind(attributes) ?? model.Plugins,
            PipFreeze = attributes.Flag("pip-freeze"),
            RunAttributes = attributes.Values("run-attrs"),
            Position = position,
        };
        attributes.RefuseUnsupported("plugin-op");
        attributes.WarnOfUnsupported("flag-encoder", "remote", "set-trace", "output-attrs", "publish");
        attributes.ReportUnknown();
        return operation;
    }

    private static string? FlagsDestination(YamlNode? node, Attributes attributes)
    {
        switch (node)
        {
            case null or YamlScalar { Value: null }:
                return null;
            case YamlScalar { Value: false }:
                return "none";
            case YamlScalar { Value: string destination }:
                return destination;
            default:
                attributes.WrongType("flags-dest", node, "a string");
                return null;
        }
    }

    private static object? FlagsImport(YamlNode? node, Attributes attributes)
    {
        switch (node)
        {
            case null or YamlScalar { Value: null }:
                return null;
            case YamlScalar { Value: true or "all" }:
                return true;
            case YamlScalar { Value: false }:
                return false;
            case YamlSequence:
                return TextLists.Read(node, $"'flags-import' of {attributes.Subject}", attributes.Findings);
            default:
                attributes.WrongType("flags-import", node, "yes, all, no or a list of flag names");
                return null;
        }
    }

    private static IReadOnlyList<string> EnvironmentSecrets(Attributes attributes) =>
        attributes.Node("env-secrets") is YamlMapping names
            ? [.. names.Entries.Select(e => e.Key.Text)]
            : attributes.TextList("env-secrets") ?? [];

    private static object? OutputScalars(Attributes attributes)
    {
        switch (attributes.Node("output-scalars"))
        {
            case null:
                return null;
            case YamlScalar { Value: false or string } scalar:
                return scalar.Value;
            case YamlMapping mapping:
                return YamlValues.OfMapping(mapping);
            case YamlSequence sequence when sequence.Items.All(i => i is YamlMapping or YamlScalar { Value: string }):
                return YamlValues.OfSequence(sequence);
            case var node:
                attributes.WrongType("output-scalars", node, "a mapping, a string, a list of these, or no");
                return null;
        }
    }

    private static long? Whole(Attributes attributes, string name)
    {
        switch (attributes.Node(name))
        {
            case null:
                return null;
            case YamlScalar { Value: long and > 0 and var number }:
                return number;
            case var node:
                attributes.WrongType(name, node, "a whole number above 0");
                return null;
        }
    }
}
