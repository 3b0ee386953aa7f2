using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Resources;

/// <summary>How much of what a source needs is on this machine.</summary>
public enum SourceState
{
    /// <summary>It lies where it is taken from: a file of the project, or of a run.</summary>
    Local,

    /// <summary>A file of the web that is in the cache as a whole.</summary>
    Cached,

    /// <summary>A file of the web of which a part is in the cache.</summary>
    Partial,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>That is not known: it brings no file, or its name depends on flags.</summary>
    Unknown,
}

/// <summary>What there is of a source of a resource. No server is asked, and no file is read to be hashed.</summary>
/// <param name="Name">The source as the record of a run would name it.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="State">How much of it is there.</param>
public sealed record SourceStatus(string Name, SourceKind Kind, SourceState State)
{
    /// <summary>The web address without password, its references to flags resolved; null for other sources.</summary>
    public string? Address { get; init; }

    /// <summary>The absolute path of the file or folder; of a file of the web that is not there, where it will be. Null if there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The size in bytes of what there is.</summary>
    public long Length { get; init; }

    /// <summary>When it was downloaded or last written to, or null.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When a run last took it out of the cache, or null.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Its SHA-256 in lower-case hexadecimal, if somebody hashed it as it is now; else null.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The absolute path of the folder with what it was unpacked to, or with what its command made of it; null if that was not done.</summary>
    public string? ContentsPath { get; init; }

    /// <summary>True if a run takes what is in it, or what its command makes, and not the file itself.</summary>
    public bool IsUnpacked { get; init; }

    /// <summary>Why it is not there, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The name of the cache's entry for a file of the web; null for other sources.</summary>
    public string? EntryName { get; init; }

    /// <summary>Looks what there is of each source of a resource. References to flags take the defaults of the operations that require it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="model">The model that defines the resource.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="context">The home and the surroundings.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static IReadOnlyList<SourceStatus> Of(
        Project project, ModelDefinition model, ResourceDefinition resource, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(context);
        var users = project.Operations.Where(operation => operation.Requires.Any(r => IsMeant(r.Spec, operation.ModelName, model, resource)));
        var flags = users.SelectMany(operation => operation.Flags).Where(flag => !flag.IsSecret).GroupBy(flag => flag.Name, flag => flag.Default, StringComparer.Ordinal);
        var required = new RequiredResource { Name = resource.Name, Definition = resource, Location = project.Directory };
        var resourceContext = new ResourceContext
        {
            Runs = new Runs.RunStore(context.Home),
            ProjectDirectory = project.Directory,
            WorkingDirectory = context.WorkingDirectory,
            ModelName = model.Name,
            Flags = flags.ToDictionary(values => values.Key, values => values.First(), StringComparer.Ordinal),
        };
        return [.. resource.Sources.Select(source => Of(new SourceRequest(required, source, null, resourceContext), cancellation))];
    }

    private static bool IsMeant(string? spec, string operationModel, ModelDefinition model, ResourceDefinition resource) =>
        spec == $"{model.Name}:{resource.Name}" || (spec == resource.Name && operationModel == model.Name);

    private static SourceStatus Of(SourceRequest request, CancellationToken cancellation)
    {
        var status = new SourceStatus(request.Name, request.Source.Kind, SourceState.Unknown);
        if (request.Source.Kind == SourceKind.Module)
        {
            return status;
        }

        try
        {
            if (WebSource.Of(request) is { IsLocal: false } web)
            {
                return OfDownload(status, request, web);
            }
        }
        catch (ResourceException error)
        {
            return status with { Problem = error.Message };
        }

        try
        {
            return OfLocal(status, request, AcquireStep.Find(request, cancellation)!, cancellation);
        }
        catch (ResourceException error)
        {
            return status with { State = SourceState.Missing, Problem = error.Message };
        }
    }

    private static SourceStatus OfDownload(SourceStatus status, SourceRequest request, WebSource web)
    {
        var (plan, file, folder) = (web.Plan()!, web.Find(), System.IO.Path.GetDirectoryName(web.Find().Root)!);
        var isWhole = plan.State == DownloadState.Cached;
        status = status with
        {
            State = isWhole ? SourceState.Cached : plan.State == DownloadState.Partial ? SourceState.Partial : SourceState.Missing,
            Address = web.Shown,
            EntryName = web.EntryName,
            Path = file.Root,
            Length = plan.CachedSize,
        };
        status = WithContents(status, request, file);
        if (plan.State == DownloadState.Missing)
        {
            return status;
        }

        var note = CacheNote.Read(folder);
        return status with
        {
            Time = note?.Made ?? new DateTimeOffset(isWhole ? File.GetLastWriteTimeUtc(file.Root) : Directory.GetLastWriteTimeUtc(folder)),
            LastUsed = CacheNote.LastUsed(folder),
            Sha256 = isWhole ? note?.HashOf(file.Root) : null,
        };
    }

    private static SourceStatus OfLocal(SourceStatus status, SourceRequest request, AcquiredSource acquired, CancellationToken cancellation)
    {
        status = status with
        {
            State = SourceState.Local,
            Path = acquired.Root,
            Length = acquired.IsDirectory
                ? Tree.Entries(acquired.Root, TreeLinks.AreKept, cancellation).Sum(entry => entry.Size)
                : new FileInfo(acquired.Root).Length,
            Time = new DateTimeOffset(File.GetLastWriteTimeUtc(acquired.Root)),
            Sha256 = UnpackStep.KnownHash(request, acquired),
        };
        return WithContents(status, request, acquired);
    }

    private static SourceStatus WithContents(SourceStatus status, SourceRequest request, AcquiredSource acquired)
    {
        var isUnpacked = UnpackStep.IsUnpacked(request, acquired) || PostProcess.Of(request) is not null;
        if (!isUnpacked)
        {
            return status;
        }

        var made = UnpackStep.Preview(request, acquired)?.Root;
        var entry = made is null ? null : new CacheFolder(request.Context.Runs.Home).EntryOf(made);
        return status with
        {
            IsUnpacked = true,
            ContentsPath = entry is null ? null : ArchiveCache.FilesOf(new CacheFolder(request.Context.Runs.Home).Entry(entry)),
        };
    }
}
