using Guild.Engine.GuildFiles;

namespace Guild.Engine.Resources;

/// <summary>What a source would be resolved to, had the run been started now.</summary>
/// <param name="Name">The source as the record would name it.</param>
/// <param name="Kind">What kind of source it is.</param>
/// <param name="Placement">Whether it would be linked or copied.</param>
/// <param name="Path">The absolute path of the file or folder that it leads to, or null if it leads to none.</param>
/// <param name="RunId">The id of the run that it takes its files from, or null.</param>
/// <param name="Targets">The paths in the run directory, with <c>/</c>.</param>
/// <param name="Size">The size of all its files in bytes.</param>
/// <param name="Problem">Why it cannot be resolved, or null.</param>
/// <param name="IsOptional">True if the run would go on without it.</param>
public sealed record PlannedSource(
    string Name,
    SourceKind Kind,
    PlacementKind Placement,
    string? Path,
    string? RunId,
    IReadOnlyList<string> Targets,
    long Size,
    string? Problem,
    bool IsOptional)
{
    /// <summary>
    /// The absolute paths of archives that would be unpacked first. What is in them is not known before, so <see cref="Targets"/> has
    /// none of it, and <see cref="Size"/> has the size of the archives themselves.
    /// </summary>
    public IReadOnlyList<string> ArchivesToUnpack { get; init; } = [];

    /// <summary>The command that would be run on what the source brings first; null if it has none, or it was run before.</summary>
    public string? PostProcess { get; init; }

    /// <summary>Of a file of the web, how much of it is in the cache of the home; null for other sources.</summary>
    public PlannedDownload? Download { get; init; }
}

/// <summary>How much of a file of the web is in the cache of the home.</summary>
public enum DownloadState
{
    /// <summary>All of it: nothing is downloaded, unless it has not the hash that is expected.</summary>
    Cached,

    /// <summary>A part of it, which a download goes on with if the server can.</summary>
    Partial,

    /// <summary>Nothing.</summary>
    Missing,
}

/// <summary>A file of the web that a run needs.</summary>
/// <param name="Uri">Its address, without password.</param>
/// <param name="State">How much of it is in the cache.</param>
/// <param name="CachedSize">The size in bytes of what is there.</param>
public sealed record PlannedDownload(string Uri, DownloadState State, long CachedSize)
{
    /// <summary>The size of the whole file in bytes, as far as the cache knows it: no server is asked. Null if it does not.</summary>
    public long? TotalSize { get; init; }
}

/// <summary>What a required resource would be resolved to. Nothing is changed, and no file is read.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="Sources">Its sources, in order.</param>
/// <param name="Problem">Why the resource as a whole cannot be resolved, or null.</param>
public sealed record ResourcePlan(string Name, IReadOnlyList<PlannedSource> Sources, string? Problem)
{
    /// <summary>True if a run could be started, as far as this resource is concerned.</summary>
    public bool IsResolvable => Problem is null && Sources.All(source => source.Problem is null || source.IsOptional);

    /// <summary>Looks what a resource would be resolved to.</summary>
    /// <param name="resource">What is required.</param>
    /// <param name="context">What it would be resolved with.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static ResourcePlan Of(RequiredResource resource, ResourceContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var requests = SubstituteReader.Requests(resource, context);
            return new ResourcePlan(resource.Name, [.. requests.Select(request => Plan(request, cancellation))], null);
        }
        catch (ResourceException error)
        {
            return new ResourcePlan(resource.Name, [], error.Message);
        }
    }

    /// <summary>The runs that the sources of a resource take files of, by the names of the sources. What is in these runs is not looked at.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> RunsOf(RequiredResource resource, ResourceContext context, CancellationToken cancellation)
    {
        try
        {
            var result = new List<KeyValuePair<string, string>>();
            foreach (var request in SubstituteReader.Requests(resource, context).Where(request => request.Source.Kind == SourceKind.Operation))
            {
                if (RunOf(request, cancellation) is { } run)
                {
                    result.Add(new(request.Name, run));
                }
            }

            return result;
        }
        catch (ResourceException)
        {
            return [];
        }
    }

    // That there is none is said when the resource is resolved.
    private static string? RunOf(SourceRequest request, CancellationToken cancellation)
    {
        try
        {
            return AcquireStep.Find(request, cancellation)?.Run?.Id;
        }
        catch (ResourceException)
        {
            return null;
        }
    }

    private static PlannedSource Plan(SourceRequest request, CancellationToken cancellation)
    {
        var plan = new PlannedSource(request.Name, request.Source.Kind, PlacementKind.Link, null, null, [], 0, null, request.Source.IsOptional);
        try
        {
            plan = plan with { Placement = PlaceStep.KindFor(request) };
            if (AcquireStep.Find(request, cancellation) is not { } acquired)
            {
                return plan;
            }

            var download = WebSource.Of(request)?.Plan();
            var isThere = download is null or { State: DownloadState.Cached };
            plan = plan with { Path = isThere ? acquired.Root : null, RunId = acquired.Run?.Id, Download = download };
            if (UnpackStep.Preview(request, acquired) is not { } contents)
            {
                return PlanUnmade(plan, request, acquired, cancellation);
            }

            var selected = SelectStep.Run(request, contents, cancellation).Select(input => (Input: input, Contents: UnpackStep.Preview(request, input))).ToArray();
            var known = selected.SelectMany(found => found.Contents ?? []).ToArray();
            var archives = selected.Where(found => found.Contents is null).Select(found => found.Input.FullPath).ToArray();
            return plan with
            {
                Targets = [.. known.Select(input => RenameStep.Run(request, contents, input))],
                Size = known.Select(input => input.FullPath).Concat(archives).Sum(path => SizeOf(path, cancellation)),
                Problem = selected.Length == 0 && request.Source.FailsIfEmpty ? "It selects nothing." : null,
                ArchivesToUnpack = archives,
            };
        }
        catch (ResourceException error)
        {
            return plan with { Problem = error.Message };
        }
    }

    // What is in an archive, or what a command makes, is not known before; a file keeps its name where nothing else is selected.
    private static PlannedSource PlanUnmade(PlannedSource plan, SourceRequest request, AcquiredSource acquired, CancellationToken cancellation)
    {
        var isArchive = UnpackStep.IsUnpacked(request, acquired);
        var keepsName = !isArchive && request.Source.Select.Count == 0;
        return plan with
        {
            Size = SizeOf(acquired.Root, cancellation),
            ArchivesToUnpack = isArchive ? [acquired.Root] : [],
            PostProcess = PostProcess.Of(request)?.Command,
            Targets = keepsName ? [RenameStep.Run(request, acquired, new SelectedInput(acquired.Root, Path.GetFileName(acquired.Root)))] : [],
        };
    }

    private static long SizeOf(string path, CancellationToken cancellation)
    {
        try
        {
            return Directory.Exists(path) ? Tree.Entries(path, TreeLinks.AreKept, cancellation).Sum(entry => entry.Size) : new FileInfo(path).Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
