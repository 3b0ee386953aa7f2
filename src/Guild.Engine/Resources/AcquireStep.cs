using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>Finds what a source leads to. Changes nothing but the cache of downloads, and that only if it may.</summary>
internal static class AcquireStep
{
    /// <summary>
    /// What the source leads to; null for a source that brings no files. Downloads what is not in the cache. Raises
    /// <see cref="ResourceException"/>.
    /// </summary>
    public static AcquiredSource? Run(SourceRequest request, FingerprintReader reader, CancellationToken cancellation) =>
        WebSource.Of(request) is { } web ? web.Acquire(reader, cancellation) : Find(request, cancellation);

    /// <summary>
    /// What the source leads to, of a file of the web where it lies in the cache once it was downloaded; null for a source that brings
    /// no files. Raises <see cref="ResourceException"/>.
    /// </summary>
    public static AcquiredSource? Find(SourceRequest request, CancellationToken cancellation) => request switch
    {
        { Substitute: { Run: { } run } } => new AcquiredSource(run.Directory.Path, run.Directory, run.Id),
        { Substitute: { Path: { } path, Text: var text } } => new AcquiredSource(path, RunAt(path), text),
        { Source.Kind: SourceKind.File or SourceKind.Config } => FindFile(request),
        { Source.Kind: SourceKind.Operation } => OperationRuns.Find(request),
        { Source.Kind: SourceKind.Module } => CheckModule(request, cancellation),
        _ => WebSource.Of(request)!.Find(),
    };

    private static RunDirectory? RunAt(string path) =>
        Directory.Exists(Path.Join(path, ".guild", "attrs")) ? new RunDirectory(path) : null;

    private static AcquiredSource FindFile(SourceRequest request)
    {
        var name = request.Resolve(request.Source.Value);
        if (name.Length == 0)
        {
            throw request.Fail("its path is empty.", "Give a path in the Guild file, or a value to the flag that it refers to.");
        }

        string[] locations = [request.Resource.Location, .. request.Resource.OtherLocations];
        string[] paths = [.. locations.Select(location => Path.GetFullPath(name, location))];
        var path = Array.Find(paths, path => Directory.Exists(path) || InputState.FileAt(path) is not null)
            ?? throw Array.Find([.. paths.Select(candidate => WhyUnusable(request, candidate))], error => error is not null)
            ?? request.Fail(
                $"there is no file or folder '{name}' in {string.Join(", ", locations.Select(location => $"'{location}'"))}.",
                "Put it there, or correct its path in the Guild file.");

        // A folder is meant by its name, so that data/ is linked as data.
        return new AcquiredSource(Path.TrimEndingDirectorySeparator(path), null, null);
    }

    // What is there and still does not exist for the system: a link that leads nowhere, or what may not be looked at.
    private static ResourceException? WhyUnusable(SourceRequest request, string path)
    {
        try
        {
            var link = new FileInfo(path);
            if (link.LinkTarget is not { } target)
            {
                _ = File.GetAttributes(path);
                return null;
            }

            return request.Fail($"'{path}' is a link to '{target}', which {WhereItLeads(link)}.", "Make the link anew, or correct its path in the Guild file.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return request.Fail($"'{path}' cannot be read: {error.Message}", inner: error);
        }
    }

    private static string WhereItLeads(FileInfo link)
    {
        try
        {
            _ = link.ResolveLinkTarget(returnFinalTarget: true);
            return "is not there";
        }
        catch (IOException)
        {
            return "leads in a circle";
        }
    }

    private static AcquiredSource? CheckModule(SourceRequest request, CancellationToken cancellation)
    {
        var module = request.Resolve(request.Source.Value);
        if (request.Context.FindModule is null)
        {
            throw request.Fail($"the Python module '{module}' is needed, and no Python was found.", "Install Python, or activate its environment.");
        }

        var problem = request.Context.FindModule(module, cancellation);
        return problem is null
            ? null
            : throw request.Fail(problem, $"Install it into the environment that the operation runs in: pip install {module}.");
    }
}
