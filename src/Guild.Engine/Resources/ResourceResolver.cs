using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>
/// Gets the files of required resources into a run: acquire, verify, unpack and process, select, rewrite, rename, place. Each step takes what the
/// one before it gave.
/// </summary>
public sealed class ResourceResolver
{
    private readonly ResourceContext _context;

    /// <summary>Makes a resolver; one serves all resources of a run, and of the other trials of a batch.</summary>
    public ResourceResolver(ResourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
    }

    /// <summary>
    /// Resolves a resource into a run directory. Raises <see cref="ResourceException"/> at the first source that cannot be resolved,
    /// unless it is optional; what was placed until then stays.
    /// </summary>
    /// <param name="resource">What is required.</param>
    /// <param name="run">The run directory, at the place where it will stay.</param>
    /// <param name="earlier">
    /// What attribute <c>deps</c> says of the resource already, as when a run is started again: those sources are not resolved again
    /// unless they ask for it. Null for nothing.
    /// </param>
    /// <param name="cancellation">Ends the work at once, even within a large file.</param>
    public ResolvedResource Resolve(
        RequiredResource resource,
        RunDirectory run,
        IReadOnlyDictionary<string, object?>? earlier = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(run);
        _context.Events.Report(new DetailEvent($"Resolving {resource.Name}."));
        var result = new Resolution(this, resource, run, cancellation);
        foreach (var request in SubstituteReader.Requests(resource, _context))
        {
            if (!request.Source.AlwaysResolves && earlier?.ContainsKey(request.Name) == true)
            {
                _context.Events.Report(new DetailEvent($"{request.Name} is resolved already."));
                continue;
            }

            Resolve(request, result);
        }

        return result.ToResource();
    }

    private void Resolve(SourceRequest request, Resolution result)
    {
        try
        {
            result.Add(request);
        }
        catch (ResourceException error) when (request.Source.IsOptional)
        {
            _context.Events.Report(new DetailEvent($"Going on without {request.Name}, which is optional. {error.Message}"));
        }
    }

    /// <summary>One resource on its way into one run.</summary>
    private sealed class Resolution(ResourceResolver resolver, RequiredResource resource, RunDirectory run, CancellationToken cancellation)
    {
        private readonly FingerprintReader _reader = new(
            resolver._context.Fingerprints, resolver._context.Events, $"Resolving {resource.Name}", cancellation);

        private readonly UnpackStep _unpack = new($"Resolving {resource.Name}", cancellation);
        private readonly PlaceStep _place = new(run, resolver._context.Runs.Home);
        private readonly List<ResolvedSource> _sources = [];
        private readonly List<ManifestEntry> _entries = [];
        private readonly List<string> _warnings = [];

        public ResolvedResource ToResource() =>
            new() { Name = resource.Name, Sources = _sources, ManifestEntries = _entries, Warnings = _warnings };

        public void Add(SourceRequest request)
        {
            var acquired = AcquireStep.Run(request, _reader, cancellation);
            if (acquired is null)
            {
                _sources.Add(new ResolvedSource(request.Name, request.Source.Uri, [], null, []));
                return;
            }

            Warn(VerifyStep.Run(request, acquired, _reader));
            acquired = _unpack.Run(request, acquired, _reader);
            var selected = _unpack.Run(request, SelectStep.Run(request, acquired, cancellation), _reader);
            WarnIfEmpty(request, selected.Count);
            if (request.Source is { PreservesPath: true, TargetPath: not null })
            {
                Warn($"{request.Name} keeps the paths of its files, so its target path '{request.Source.TargetPath}' is not used.");
            }

            var (paths, inputs) = (new List<string>(), new List<PlacedInput>());
            foreach (var input in selected)
            {
                var prepared = ConfigStep.Run(request, input, run);
                var origin = ReferenceEquals(prepared, input) ? null : new InputOrigin(input.FullPath, VerifyStep.Read(request, input.FullPath, _reader));
                Place(request, acquired, prepared, origin, paths, inputs);
            }

            _sources.Add(new ResolvedSource(request.Name, acquired.Uri ?? request.Source.Uri, paths, acquired.Config, inputs)
            {
                PostProcess = PostProcess.Of(request)?.Command,
            });
        }

        private void Place(
            SourceRequest request, AcquiredSource acquired, SelectedInput input, InputOrigin? origin, List<string> paths, List<PlacedInput> inputs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (input.FullPath.AsSpan().ContainsAny('\n', '\r'))
            {
                Warn($"'{input.Path.ReplaceLineEndings("?")}' of {request.Name} is not taken, because the record of a run cannot hold a line break.");
                return;
            }

            var destination = RenameStep.Run(request, acquired, input);
            var fingerprint = VerifyStep.Read(request, input.FullPath, _reader);
            var outcome = _place.Run(request, input, destination, fingerprint, cancellation);
            Warn(outcome.Warning);
            paths.Add(Path.GetRelativePath(run.Path, input.FullPath));
            if (outcome.Kind is not { } kind)
            {
                return;
            }

            var subPath = input.Archive is null ? null : input.Path;
            inputs.Add(new PlacedInput(destination, input.FullPath, kind, fingerprint) { Archive = input.Archive, SubPath = subPath, Origin = origin });
            _entries.Add(new ManifestEntry(ManifestKind.Dependency, destination, fingerprint.Sha1, ManifestUri(request, acquired, input), subPath));
        }

        // What lies in the project is recorded by where it lies there, so that a run can be related to the project's files.
        private static string ManifestUri(SourceRequest request, AcquiredSource acquired, SelectedInput input)
        {
            var isLocal = request.Source.Kind == SourceKind.File && input.Archive is null && !acquired.IsMade && RealPath.IsWithin(input.FullPath, request.Resource.Location);
            return isLocal
                ? $"file:{Path.GetRelativePath(request.Resource.Location, input.FullPath).Replace(Path.DirectorySeparatorChar, '/')}"
                : acquired.Uri ?? request.Source.Uri;
        }

        private void WarnIfEmpty(SourceRequest request, int count)
        {
            if (count > 0)
            {
                return;
            }

            if (request.Source.FailsIfEmpty)
            {
                throw request.Fail("it selects nothing.", "See which files are there, and correct 'select' in the Guild file.");
            }

            Warn(request.Source.WarnsIfEmpty ? $"{request.Name} of resource '{resource.Name}' selects nothing." : null);
        }

        private void Warn(string? warning)
        {
            if (warning is not null)
            {
                _warnings.Add(warning);
                resolver._context.Events.Report(new WarningEvent(warning));
            }
        }
    }
}
