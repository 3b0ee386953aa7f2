using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>Tells whether the inputs of a run are as they were when it took them.</summary>
public static class InputCheck
{
    private const string Activity = "Checking inputs";

    /// <summary>
    /// The inputs that have other content or are gone, by the run's attribute <c>deps</c>. Content is read only where size and count are as they were
    /// and the time is not. Records of other tools count as unchanged.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="scope">Which inputs are looked at.</param>
    /// <param name="cancellation">Ends the look at once.</param>
    public static IReadOnlyList<InputFinding> FindChanged(RunDirectory run, InputScope scope, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var look = new InputLook(new FingerprintReader(new FingerprintCache(), NullEventSink.Instance, Activity, cancellation), LookDepth.Change, cancellation);
        return [.. Known(run, scope, look).Where(finding => finding.Change != InputChange.Time)];
    }

    /// <summary>
    /// All that can be said of the inputs: what has other content or is gone, what was written again with the same content, and what cannot be
    /// checked. Of files that Guild AI recorded the SHA-1 in the manifest is compared.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="events">Told of what takes long.</param>
    /// <param name="cancellation">Ends the look at once.</param>
    public static IReadOnlyList<InputFinding> Inspect(RunDirectory run, IEventSink events, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(events);

        // Of the files of Guild AI's runs there is nothing but the SHA-1, however large they are.
        var reader = new FingerprintReader(new FingerprintCache(), events, Activity, cancellation) { LongestWithSha1 = long.MaxValue };
        return [.. Known(run, InputScope.All, new InputLook(reader, LookDepth.Full, cancellation)), .. Foreign(run, reader)];
    }

    private static IEnumerable<InputFinding> Known(RunDirectory run, InputScope scope, InputLook look) =>
        from found in DependencyRecord.Read(run.ReadAttribute("deps"))
        where scope == InputScope.All || found.Input.Placement == PlacementKind.Link
        let finding = look.Compare(run, found.Resource, found.Source, found.Input)
        where finding is not null
        select finding;

    private static IEnumerable<InputFinding> Foreign(RunDirectory run, FingerprintReader reader)
    {
        var manifest = Manifest.Read(run.ManifestPath).Where(entry => entry.Kind == ManifestKind.Dependency).ToList();
        foreach (var input in DependencyRecord.ReadForeign(run.ReadAttribute("deps")))
        {
            var origin = Path.GetFullPath(input.Path, run.Path);
            var entry = manifest.FirstOrDefault(e => e.Sha1 is not null && e.Uri == input.Uri && Path.GetFileName(e.Destination) == Path.GetFileName(origin));
            var finding = new InputFinding(input.Resource, input.Source, entry?.Destination ?? Path.GetFileName(origin), origin, InputChange.Unknown);
            if (entry is null)
            {
                yield return finding;
            }
            else if (Read(origin, reader) is var present && present?.Sha1 != entry.Sha1)
            {
                yield return finding with { Change = present is null ? InputChange.Missing : InputChange.Content, Present = present };
            }
        }
    }

    private static Fingerprint? Read(string path, FingerprintReader reader)
    {
        try
        {
            return reader.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
