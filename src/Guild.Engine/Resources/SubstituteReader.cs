using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>
/// Puts what the user gave as <c>NAME=VALUE</c> in the place of sources. A value is an existing path, or a run where a source is an
/// operation, or the name of another resource of the project; in that order.
/// </summary>
internal static class SubstituteReader
{
    /// <summary>The sources to resolve. Raises <see cref="ResourceException"/> if a value cannot be read.</summary>
    public static IReadOnlyList<SourceRequest> Requests(RequiredResource resource, ResourceContext context)
    {
        var whole = resource.Overrides.LastOrDefault(o => ResourceNames.OfWhole(resource).Contains(o.Name) && !IsOfSource(resource, o));
        var sources = resource.Definition.Sources;
        if (sources.Count == 0)
        {
            throw new ResourceException(resource.Name, null, "it has no sources.", "Add sources to it in the Guild file.");
        }

        if (whole is null)
        {
            return [.. sources.SelectMany(source => Requests(resource, source, context))];
        }

        var reading = Read(resource, sources[0], sources.Any(s => s.Kind == SourceKind.Operation), whole, context);
        return reading switch
        {
            // One path stands for the whole resource, however many sources that has.
            { Substitute: { Path: not null } substitute } => [new SourceRequest(resource, sources[0], substitute, context)],
            { Substitute: { } run } => [.. sources.Select(source =>
                new SourceRequest(resource, source, source.Kind == SourceKind.Operation ? run : null, context))],
            _ => [.. reading.Resource!.Sources.Select(source => new SourceRequest(resource, source, null, context))],
        };
    }

    private static bool IsOfSource(RequiredResource resource, ResourceOverride given) =>
        resource.Definition.Sources.Any(source => ResourceNames.Of(source).Contains(given.Name));

    private static IReadOnlyList<SourceRequest> Requests(RequiredResource resource, SourceDefinition source, ResourceContext context)
    {
        var given = resource.Overrides.LastOrDefault(o => ResourceNames.Of(source).Contains(o.Name));
        if (given is null)
        {
            return [new SourceRequest(resource, source, null, context)];
        }

        var reading = Read(resource, source, source.Kind == SourceKind.Operation, given, context);
        return reading.Resource is { } other
            ? [.. other.Sources.Select(s => new SourceRequest(resource, s, null, context))]
            : [new SourceRequest(resource, source, reading.Substitute, context)];
    }

    private static Reading Read(
        RequiredResource resource, SourceDefinition source, bool takesRun, ResourceOverride given, ResourceContext context)
    {
        var path = given.Value.Length == 0 ? "" : Path.GetFullPath(given.Value, context.WorkingDirectory);
        if (Path.Exists(path))
        {
            return new Reading(new SourceSubstitute(given.Value, path, null), null);
        }

        var request = new SourceRequest(resource, source, null, context);
        if (takesRun && FindRun(request, given, context) is { } run)
        {
            return new Reading(new SourceSubstitute(given.Value, null, run), null);
        }

        if (context.ProjectResources.TryGetValue(given.Value, out var other) && other.Sources.Count > 0)
        {
            return new Reading(null, other);
        }

        var runs = takesRun ? $"no run of the home '{context.Runs.Home.Path}' has that id, beginning of an id or place, " : "";
        var names = context.ProjectResources.Keys.Order(StringComparer.Ordinal).ToArray();
        throw request.Fail(
            $"'{given.Value}' was given for '{given.Name}', but nothing is at the path '{path}', {runs}and the project has no resource of that name.",
            $"Give an existing path{(takesRun ? ", a run (guild runs lists them)" : "")}"
                + (names.Length > 0 ? $", or one of these resources: {string.Join(", ", names)}." : "."));
    }

    private static Run? FindRun(SourceRequest request, ResourceOverride given, ResourceContext context)
    {
        try
        {
            return context.Runs.Find(given.Value);
        }
        catch (NameNotFoundException)
        {
            return null;
        }
        catch (AmbiguousNameException error)
        {
            throw request.Fail($"'{given.Value}' was given for '{given.Name}'. {error.Message}", error.RecommendedAction, error);
        }
    }

    private sealed record Reading(SourceSubstitute? Substitute, ResourceDefinition? Resource);
}
