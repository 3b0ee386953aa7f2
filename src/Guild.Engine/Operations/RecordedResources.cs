using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Yaml;

namespace Guild.Engine.Operations;

/// <summary>
/// Reads the required resources of a run back from its attribute <c>op</c>, as <see cref="ResourceRecord"/> or Guild AI wrote them, so that a staged run
/// is started without its project.
/// </summary>
internal static class RecordedResources
{
    private const string NameKey = "name";
    private const string LocationKey = "location";
    private const string ConfigKey = "config";

    /// <summary>The resources, in the order in which they are resolved.</summary>
    /// <exception cref="RunStateException">One of them cannot be understood.</exception>
    public static IReadOnlyList<RequiredResource> Of(Run run)
    {
        var recorded = RecordedOperation.Of(run.Directory)?.GetValueOrDefault("deps") as IReadOnlyList<object?> ?? [];
        return [.. recorded.OfType<IReadOnlyDictionary<string, object?>>().Select(r => Of(run, r))];
    }

    private static RequiredResource Of(Run run, IReadOnlyDictionary<string, object?> recorded)
    {
        var name = recorded.GetValueOrDefault(NameKey) as string ?? "resource";
        return new RequiredResource
        {
            Name = name,
            Definition = Definition(run, name, recorded),
            Location = recorded.GetValueOrDefault(LocationKey) as string ?? run.ProjectPath ?? run.Directory.Path,
            OtherLocations = [.. (recorded.GetValueOrDefault(ResourceRecord.OtherLocationsKey) as IReadOnlyList<object?> ?? []).OfType<string>()],
            Overrides = [.. Overrides(name, recorded.GetValueOrDefault(ConfigKey))],
        };
    }

    // The record has the words of a Guild file, so it is bound as one, with the same defaults.
    private static ResourceDefinition Definition(Run run, string name, IReadOnlyDictionary<string, object?> recorded)
    {
        var words = recorded
            .Where(entry => entry.Key is not (NameKey or LocationKey or ConfigKey or ResourceRecord.OtherLocationsKey))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var findings = new Findings(run.Directory.AttributesPath);
        var node = YamlComposer.Compose(YamlText.Write(words), YamlLimits.Default).Root;
        var definition = node is null ? null : ResourceBinder.Bind(name, $"resource '{name}'", node.Start, node, findings);
        if (definition is not null && !findings.HasErrors)
        {
            return definition;
        }

        var reason = findings.InFileOrder().FirstOrDefault(f => f.Severity == DiagnosticSeverity.Error)?.Message;
        throw new RunStateException(
            run.Id,
            $"The record of run {run.ShortId} has a resource '{name}' that cannot be read. {reason}".TrimEnd(),
            "Run the operation again.");
    }

    // Guild AI keeps one value for the whole resource, or one for each source; null where no run was there when it staged.
    private static IEnumerable<ResourceOverride> Overrides(string name, object? config) => config switch
    {
        null => [],
        IReadOnlyDictionary<string, object?> bySource => bySource
            .Where(entry => entry.Value is not null)
            .Select(entry => new ResourceOverride(entry.Key, FlagArguments.EncodeValue(null, entry.Value))),
        _ => [new ResourceOverride(name, FlagArguments.EncodeValue(null, config))],
    };
}
