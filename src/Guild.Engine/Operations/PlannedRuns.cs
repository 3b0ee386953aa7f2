using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;

namespace Guild.Engine.Operations;

/// <summary>Holds a resource to the runs that were planned for it: a run that ends between plan and start does not take their place.</summary>
internal static class PlannedRuns
{
    public static RequiredResource WithRuns(this RequiredResource resource, IReadOnlyDictionary<string, string> runs)
    {
        var planned = resource.Definition.Sources
            .Where(s => s is { Kind: SourceKind.Operation, IsFlagDisabled: false } && runs.ContainsKey(ResourceNames.Key(s)))
            .Where(s => !resource.Overrides.Any(o => ResourceNames.For(resource).Contains(o.Name, StringComparer.Ordinal)))
            .Select(s => new ResourceOverride(ResourceNames.Key(s), runs[ResourceNames.Key(s)]));
        return resource with { Overrides = [.. resource.Overrides, .. planned] };
    }
}
