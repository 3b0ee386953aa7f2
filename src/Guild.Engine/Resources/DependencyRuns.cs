using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>The runs that can be given for a resource whose files come from another operation.</summary>
public static class DependencyRuns
{
    /// <summary>
    /// The runs of the project whose files the resource could take, the newest first, each read when it is asked for. None if the operation requires no resource of
    /// that name, or one that takes no files of runs.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="operation">The operation that requires the resource.</param>
    /// <param name="resourceName">Any of the names under which the resource or one of its sources can be given.</param>
    /// <param name="flags">The values of flags as far as they are known.</param>
    /// <param name="runs">The runs of the home.</param>
    public static IEnumerable<Run> Of(
        Project project, OperationDefinition operation, string resourceName, IReadOnlyDictionary<string, object?> flags, RunStore runs)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(runs);
        var wanted = Sources(project, operation, resourceName, flags).SelectMany(source => Wanted(source, flags)).ToList();
        var folder = RealPath.Of(Path.TrimEndingDirectorySeparator(project.Directory));
        return wanted.Count == 0
            ? []
            : runs.List().Where(run => OperationRuns.IsOfProject(run.OpRef, folder) && wanted.Exists(w => w.Matches(run.OpRef, ownModel: null)));
    }

    private static IEnumerable<SourceDefinition> Sources(Project project, OperationDefinition operation, string name, IReadOnlyDictionary<string, object?> flags)
    {
        foreach (var required in operation.Requires.Select(r => RequiredResources.Find(project.File, operation, r, new RequirementOptions { Flags = flags })).OfType<RequiredResource>())
        {
            var isWhole = ResourceNames.OfWhole(required).Contains(name, StringComparer.Ordinal);
            foreach (var source in required.Definition.Sources.Where(s => s.Kind == SourceKind.Operation && (isWhole || ResourceNames.Of(s).Contains(name, StringComparer.Ordinal))))
            {
                yield return source;
            }
        }
    }

    // What is wrong with a reference is said when the run is planned.
    private static IEnumerable<WantedOperation> Wanted(SourceDefinition source, IReadOnlyDictionary<string, object?> flags)
    {
        try
        {
            return [.. WantedOperation.Split(FlagReferences.ResolveText(source.Value, flags)).Select(WantedOperation.Parse).OfType<WantedOperation>()];
        }
        catch (Exception error) when (error is ArgumentException or FlagReferenceException)
        {
            return [];
        }
    }
}
