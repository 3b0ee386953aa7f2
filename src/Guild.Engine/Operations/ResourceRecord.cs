using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;

namespace Guild.Engine.Operations;

/// <summary>Writes a required resource the way a Guild file has it, as Guild AI records it under <c>deps</c> of the attribute <c>op</c>.</summary>
internal static class ResourceRecord
{
    /// <summary>The folders of packages that a model inherits from; Guild AI, which does not know it, passes over it.</summary>
    public const string OtherLocationsKey = "other-locations";

    public static Dictionary<string, object?> Of(RequiredResource required, IReadOnlyDictionary<string, string> operationRuns)
    {
        var definition = required.Definition;
        var result = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = required.Name,
            ["location"] = required.Location,
            ["sources"] = definition.Sources.Select(s => (object?)Of(s)).ToList(),
        };
        Add(result, OtherLocationsKey, required.OtherLocations.Cast<object?>().ToList(), required.OtherLocations.Count > 0);
        Add(result, "description", definition.Description, definition.Description.Length > 0);
        Add(result, "target-path", definition.TargetPath, definition.TargetPath is not null);

        // A run that is staged is started without model and user, whose default this is.
        var targetType = definition.TargetType ?? required.DefaultTargetType;
        Add(result, "target-type", targetType, targetType is not null);
        Add(result, "default-unpack", false, !definition.DefaultUnpack);
        var runs = definition.Sources
            .Where(s => s.Kind == SourceKind.Operation && operationRuns.ContainsKey(ResourceNames.Key(s)))
            .ToDictionary(ResourceNames.Key, s => (object?)operationRuns[ResourceNames.Key(s)], StringComparer.Ordinal);
        Add(result, "config", runs, runs.Count > 0);
        return result;
    }

    private static Dictionary<string, object?> Of(SourceDefinition source)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal) { [TypeKey(source.Kind)] = source.Kind == SourceKind.Url ? source.Uri : source.Value };
        Add(result, "name", source.Name, source.Name is not null);
        Add(result, "sha256", source.Sha256, source.Sha256 is not null);
        Add(result, "unpack", source.Unpack, source.Unpack is not null);
        Add(result, "type", source.ArchiveType, source.ArchiveType is not null);
        Add(result, "help", source.Help, source.Help is not null);
        Add(result, "post-process", source.PostProcess, source.PostProcess is not null);
        Add(result, "target-path", source.TargetPath, source.TargetPath is not null);
        Add(result, "target-type", source.TargetType, source.TargetType is not null);
        Add(result, "replace-existing", true, source.ReplacesExisting);
        Add(result, "preserve-path", true, source.PreservesPath);
        Add(result, "warn-if-empty", false, !source.WarnsIfEmpty);
        Add(result, "fail-if-empty", true, source.FailsIfEmpty);
        Add(result, "optional", true, source.IsOptional);
        Add(result, "always-resolve", true, source.AlwaysResolves);
        Add(result, "flag-name", source.FlagName, source.FlagName is not null);
        Add(result, "params", source.Params, source.Params.Count > 0);
        AddSelect(result, source.Select);
        Add(
            result,
            "rename",
            source.Rename.Select(r => (object?)new Dictionary<string, object?>(StringComparer.Ordinal) { ["pattern"] = r.Pattern, ["repl"] = r.Replacement }).ToList(),
            source.Rename.Count > 0);
        return result;
    }

    private static void AddSelect(Dictionary<string, object?> result, IReadOnlyList<SelectDefinition> select)
    {
        foreach (var group in select.GroupBy(s => s.Reduction))
        {
            var key = group.Key switch
            {
                SelectReduction.Minimum => "select-min",
                SelectReduction.Maximum => "select-max",
                _ => "select",
            };
            var patterns = group.Select(s => (object?)s.Pattern).ToList();
            result[key] = patterns.Count == 1 ? patterns[0] : patterns;
        }
    }

    private static string TypeKey(SourceKind kind) => kind switch
    {
        SourceKind.Url => "url",
        SourceKind.Module => "module",
        SourceKind.Operation => "operation",
        SourceKind.Config => "config",
        _ => "file",
    };

    private static void Add(Dictionary<string, object?> target, string name, object? value, bool condition)
    {
        if (condition)
        {
            target[name] = value;
        }
    }
}
