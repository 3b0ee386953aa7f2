using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>Compares what a planned run would take in with what an earlier run took, and with what that is today.</summary>
internal sealed class RecordedInputs(EngineContext context, CancellationToken cancellation)
{
    private const string Activity = "Checking inputs";

    private readonly InputLook _look = new(new FingerprintReader(new FingerprintCache(), NullEventSink.Instance, Activity, cancellation), LookDepth.Change, cancellation) { LooksOnce = true };

    /// <summary>The name of what is not as it was; null if all is.</summary>
    public string? Changed(RunPlan plan, Run run)
    {
        if (plan.Resources.Count == 0)
        {
            return null;
        }

        var record = run.Directory.ReadAttribute("deps");
        var resources = record as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        if (plan.Resources.FirstOrDefault(resource => !HasSources(resource, resources)) is { } other)
        {
            return other.Name;
        }

        foreach (var (resource, source, input) in DependencyRecord.Read(record))
        {
            if (IsFromElsewhere(plan, resource, source, input.Source) || _look.Compare(run.Directory, resource, source, input) is { Change: not InputChange.Time })
            {
                return input.Path;
            }
        }

        return DependencyRecord.ReadForeign(record).FirstOrDefault(input => !IsAsTheySawIt(run, input))?.Path;
    }

    private static bool HasSources(RequiredResource resource, IReadOnlyDictionary<string, object?> recorded) =>
        recorded.GetValueOrDefault(resource.Name) is not IReadOnlyDictionary<string, object?> sources
            ? recorded.ContainsKey(resource.Name)
            : resource.Definition.Sources.All(source => source.IsOptional || source.Kind == SourceKind.Module || sources.ContainsKey(ResourceNames.Key(source)));

    // Another file may have been given for the resource then, or be given now.
    private bool IsFromElsewhere(RunPlan plan, string resourceName, string sourceName, string path)
    {
        if (plan.Resources.FirstOrDefault(r => r.Name == resourceName) is not { } resource
            || resource.Definition.Sources.FirstOrDefault(s => ResourceNames.Key(s) == sourceName) is not { Kind: SourceKind.File } source)
        {
            return false;
        }

        var given = resource.Overrides.LastOrDefault(o => ResourceNames.Of(source).Contains(o.Name)) ?? resource.Overrides.LastOrDefault(o => ResourceNames.OfWhole(resource).Contains(o.Name));
        if (given is not null)
        {
            return !IsWithin(path, Path.GetFullPath(given.Value, context.WorkingDirectory));
        }

        return !resource.OtherLocations.Prepend(resource.Location).Any(folder => IsWithin(path, Path.GetFullPath(source.Value, folder))) && !IsWithin(path, context.Home.Path);
    }

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] is '/' or '\\');

    // Of Guild AI's records only the size can be compared without reading everything: that the file is there, and not newer than the run.
    private static bool IsAsTheySawIt(Run run, DependencyRecord.ForeignInput input)
    {
        var path = Path.GetFullPath(input.Path, run.Directory.Path);
        return Path.Exists(path) && (run.Initialized is not { } taken || File.GetLastWriteTimeUtc(path) <= taken.UtcDateTime);
    }
}
