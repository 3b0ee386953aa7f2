using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Operations;
using Guild.Engine.Resources;

namespace Guild.PowerShell.Commands;

/// <summary>The entries of the cache that belong to sources of resources: by their own name, or by the address or path that they came from.</summary>
internal sealed class CacheNames
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _sources;

    public CacheNames(IReadOnlyCollection<GuildResourceStatus> statuses)
    {
        _names = statuses.Select(status => status.EntryName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _sources = statuses.SelectMany(status => new[] { status.Uri, status.Uri is null ? status.Path : null }).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those of the resources of the current folder's project that a pattern names; null if there is no project or it has none of that name.</summary>
    public static CacheNames? OfResources(SessionContext session, EngineContext context, WildcardPattern pattern, CancellationToken cancellation)
    {
        var statuses = Statuses(session, context, pattern, cancellation);
        return statuses.Count == 0 ? null : new CacheNames(statuses);
    }

    /// <summary>Whether an entry is one of them.</summary>
    public bool Mean(CacheEntry entry) => _names.Contains(entry.Name) || (entry.Source is not null && _sources.Contains(entry.Source));

    private static List<GuildResourceStatus> Statuses(SessionContext session, EngineContext context, WildcardPattern pattern, CancellationToken cancellation)
    {
        try
        {
            var project = Project.Open(session.Location);
            return
            [
                .. from model in project.Models
                   from resource in model.Resources
                   let shown = new GuildResource(project, model, resource)
                   where pattern.IsMatch(shown.Name) || pattern.IsMatch(shown.FullName)
                   from status in SourceStatus.Of(project, model, resource, context, cancellation)
                   select new GuildResourceStatus(project, shown, status, context.Time.GetUtcNow()),
            ];
        }
        catch (GuildException error) when (error is GuildFileNotFoundException or GuildFileException)
        {
            // The cache is the home's, so it can be cleared from anywhere.
            return [];
        }
    }
}
