using System.Text.Json;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Imports;

/// <summary>Flags that are written to a configuration file (<c>flags-dest: config:FILE</c>): the names of the file are flags, its values their defaults.</summary>
internal static class ConfigFlags
{
    private const string Prefix = "config:";

    /// <summary>The file of a destination, relative to the project's folder; null if flags go elsewhere.</summary>
    public static string? FileOf(string? destination) =>
        destination is not null && destination.StartsWith(Prefix, StringComparison.Ordinal) ? destination[Prefix.Length..] : null;

    /// <summary>The operation with the flags of its file, which it then also requires: a copy with the values of the run lies in the run directory.</summary>
    public static ImportedOperation Import(Project project, OperationDefinition operation)
    {
        if (FileOf(operation.FlagsDestination) is not { Length: > 0 } file)
        {
            return new ImportedOperation(operation, []);
        }

        var imported = FlagImport.Merged(operation, Read(Path.GetFullPath(file, project.Directory)), file);
        return imported with { Operation = imported.Operation with { Requires = [.. operation.Requires, Requirement(operation, file)] } };
    }

    private static RequirementDefinition Requirement(OperationDefinition operation, string file)
    {
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } path ? path : null;
        var source = new SourceDefinition
        {
            Kind = SourceKind.Config,
            Value = file,
            TargetPath = folder,
            ReplacesExisting = true,
            AlwaysResolves = true,
            Position = operation.Position,
        };
        var resource = new ResourceDefinition { Name = $"{Prefix}{file}", Sources = [source], Position = operation.Position };
        return new RequirementDefinition { Inline = resource, Position = operation.Position };
    }

    private static ScriptReading Read(string path)
    {
        try
        {
            return ConfigFormat.For(path) is not { } format
                ? new ScriptReading { Problem = "it is no configuration file; expected .yml, .yaml, .json, .ini or .cfg" }
                : format.Read(File.ReadAllText(path)) is { } root
                    ? new ScriptReading { Flags = [.. Flags(root, "", format is IniFormat)] }
                    : new ScriptReading { Problem = "it does not hold names with values at its top" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or YamlTextException or FormatException or ArgumentException or JsonException)
        {
            return new ScriptReading { Problem = ConfigFormat.ProblemOf(error) };
        }
    }

    private static IEnumerable<FlagDefinition> Flags(IReadOnlyDictionary<string, object?> mapping, string prefix, bool isText)
    {
        foreach (var (name, value) in mapping)
        {
            var flag = new FlagDefinition { Name = prefix + name };
            switch (value)
            {
                case IReadOnlyDictionary<string, object?> inner:
                    foreach (var nested in Flags(inner, $"{prefix}{name}.", isText))
                    {
                        yield return nested;
                    }

                    break;
                case IReadOnlyList<object?> items when items.All(IsSimple):
                    yield return flag with { SplitsArg = true, Default = ShellWords.Join(items.Select(FlagGrammar.Encode)) };
                    break;
                case string text:
                    // All values of an INI file are text, so what the text says counts.
                    yield return flag with { Default = isText ? FlagGrammar.Decode(text) : text, Type = isText ? FlagType.Auto : FlagType.String };
                    break;
                case null or bool or long or double:
                    yield return flag with { Default = value, Type = value switch { bool => FlagType.Boolean, null => FlagType.Auto, _ => FlagType.Number } };
                    break;
            }
        }
    }

    private static bool IsSimple(object? value) => value is string or bool or long or double;
}
