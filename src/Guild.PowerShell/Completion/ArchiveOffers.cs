using Guild.Engine.Operations;
using Guild.Engine.Runs.Transfer;

namespace Guild.PowerShell.Completion;

/// <summary>The archives that have names.</summary>
internal static class ArchiveOffers
{
    /// <summary>All of them, with what is said of each or where it is.</summary>
    public static IEnumerable<Offer> Of(EngineContext context) =>
        (ProjectLookup.Try(() => NamedArchive.All(context)) ?? []).Select(archive => new Offer(archive.Name, archive.Description ?? archive.Path));
}
