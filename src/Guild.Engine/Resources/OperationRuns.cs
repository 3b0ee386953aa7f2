using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>
/// Finds the run that a source of kind <c>operation</c> takes its files from: this project's runs first, else those of any project
/// of the home, such as imported ones and those of a project that was moved.
/// </summary>
internal static class OperationRuns
{
    public static AcquiredSource Find(SourceRequest request)
    {
        var wanted = WantedOperation.Split(request.Resolve(request.Source.Value))
            .Select(part => Parse(request, part))
            .ToArray();
        var project = Path.TrimEndingDirectorySeparator(request.Context.ProjectDirectory);
        var realProject = new Lazy<string>(() => RealPath.Of(project));

        var own = Latest(request, opRef => IsOwn(opRef, request.Context, project, realProject) && Array.Exists(wanted, w => w.Matches(opRef, ownModel: null)));
        if (own is not null)
        {
            request.Context.Events.Report(new DetailEvent($"Using run {own.ShortId} for {request.Name}."));
            return new AcquiredSource(own.Directory.Path, own.Directory, own.Id);
        }

        // Of another project only the operation of the very model will do: a name like 'train' alone says too little there.
        var other = Latest(request, opRef => Array.Exists(wanted, w => w.Matches(opRef, request.Context.ModelName)));
        if (other is null && request.Context.AmongRuns is not null)
        {
            throw request.Fail(
                $"no step of the pipeline that comes before is a run of operation '{request.Resolve(request.Source.Value)}', whose files could be taken.",
                "Add such a step, or give the step 'isolate-runs: no' to have it take runs from outside of the pipeline.");
        }

        if (other is null)
        {
            throw request.Fail(
                $"no run of operation '{request.Resolve(request.Source.Value)}' is there whose files could be taken.",
                $"Run that operation first, or name a run: '{ResourceNames.For(request.Resource)[0]}=RUN'.");
        }

        request.Context.Events.Report(new WarningEvent(
            $"Using run {other.ShortId} for {request.Name}, a run of {Origin(other)}, because {(request.Context.PackageName is { } package ? $"package '{package}'" : "this project")} has no run of that operation."));
        return new AcquiredSource(other.Directory.Path, other.Directory, other.Id);
    }

    private static Run? Latest(SourceRequest request, Func<OpRef, bool> matches)
    {
        var query = new LatestRunQuery { Matches = matches, Among = request.Context.AmongRuns };
        return query.Among is { } among && request.Context.KnownRuns is { } known && among.All(known.ContainsKey)
            ? query.ChooseFrom(among.Select(id => known[id]).OrderByDescending(run => run.Started ?? DateTimeOffset.MinValue))
            : request.Context.Runs.LatestOf(query);
    }

    private static string Origin(Run run) => run.ProjectPath is { } path ? $"the project in '{path}'" : $"'{run.FullName}'";

    private static bool IsOwn(OpRef opRef, ResourceContext context, string project, Lazy<string> realProject) => context.PackageName is { } package
        ? opRef.PackageType == OpRef.InstalledType && opRef.PackageName == package
        : FolderOf(opRef) is { } folder && (folder == project || IsSame(folder, realProject.Value));

    // Today's runs name the Guild file, those of 2018 its folder. Other packages belong to no project.
    internal static bool IsOfProject(OpRef opRef, string project) => FolderOf(opRef) is { } folder && IsSame(folder, project);

    private static string? FolderOf(OpRef opRef)
    {
        if (opRef.PackageType is not (OpRef.GuildFileType or OpRef.ScriptType) || !Path.IsPathFullyQualified(opRef.PackageName))
        {
            return null;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(opRef.PackageName));
        return Path.GetExtension(path) is ".yml" or ".yaml" ? Path.GetDirectoryName(path)! : path;
    }

    // The links in paths are looked up on the disk, so only where the paths as they are written differ.
    private static bool IsSame(string folder, string project)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return string.Equals(folder, project, comparison) || string.Equals(RealPath.Of(folder), project, comparison);
    }

    private static WantedOperation Parse(SourceRequest request, string part)
    {
        try
        {
            return WantedOperation.Parse(part) ?? throw request.Fail($"'{part}' is no reference to an operation.", "Write [[PACKAGE/]MODEL:]OPERATION.");
        }
        catch (ArgumentException error)
        {
            throw request.Fail($"the pattern of '{part}' cannot be used: {error.Message}", "Correct it in the Guild file.", error);
        }
    }
}
