using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>What a model says for all of its operations.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="OperationDefaults">Attributes of every operation that lacks them: a mapping, or text for <c>main</c>; null for none.</param>
/// <param name="Plugins">The plugins of operations that say nothing.</param>
/// <param name="PythonRequires">The Python version of operations that say nothing.</param>
/// <param name="Expansion">What the file's references stand for.</param>
/// <param name="Includes">What <c>$include</c> in the model refers to.</param>
internal sealed record ModelContext(
    string Name, YamlNode? OperationDefaults, object? Plugins, string? PythonRequires, Expansion Expansion, SectionIncludes Includes);
