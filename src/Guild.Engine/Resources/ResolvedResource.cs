using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>How an input got into a run.</summary>
public enum PlacementKind
{
    /// <summary>As a symbolic link, or what stands for one where links need a right that is missing.</summary>
    Link,

    /// <summary>As a copy.</summary>
    Copy,
}

/// <summary>An input that is in the run directory.</summary>
/// <param name="Path">The path in the run directory, with <c>/</c> between its parts.</param>
/// <param name="SourcePath">The absolute path of what it was linked to or copied from.</param>
/// <param name="Placement">How it got there.</param>
/// <param name="Fingerprint">What it was then.</param>
public sealed record PlacedInput(string Path, string SourcePath, PlacementKind Placement, Fingerprint Fingerprint)
{
    /// <summary>The absolute path of the archive that it came out of, or null.</summary>
    public string? Archive { get; init; }

    /// <summary>The path in <see cref="Archive"/>, with <c>/</c> between its parts, or null.</summary>
    public string? SubPath { get; init; }

    /// <summary>The file that it was made from, such as the configuration file that it is a rewritten copy of; or null.</summary>
    public InputOrigin? Origin { get; init; }
}

/// <summary>A file that an input was made from.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Fingerprint">What it was then.</param>
public sealed record InputOrigin(string Path, Fingerprint Fingerprint);

/// <summary>A source that was resolved.</summary>
/// <param name="Name">The source as the record names it: its name, or its URI.</param>
/// <param name="Uri">Its URI, such as <c>file:data.csv</c>.</param>
/// <param name="Paths">What it was resolved to, relative to the run directory.</param>
/// <param name="Config">For an operation the run's id or folder; for what a user put in its place that value; else null.</param>
/// <param name="Inputs">What was placed; what was there already is not among them.</param>
public sealed record ResolvedSource(
    string Name, string Uri, IReadOnlyList<string> Paths, object? Config, IReadOnlyList<PlacedInput> Inputs)
{
    /// <summary>The command that was run on what the source brought, by this run or one before it; null if it has none.</summary>
    public string? PostProcess { get; init; }
}

/// <summary>A resource that was resolved into a run directory.</summary>
public sealed record ResolvedResource
{
    /// <summary>The resource's name, as the record has it.</summary>
    public required string Name { get; init; }

    /// <summary>Its sources, without those that were skipped.</summary>
    public IReadOnlyList<ResolvedSource> Sources { get; init; } = [];

    /// <summary>The lines that go to the run's manifest.</summary>
    public IReadOnlyList<ManifestEntry> ManifestEntries { get; init; } = [];

    /// <summary>What the user should hear, as sentences; each was reported as an event already.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// The resource as a value for attribute <c>deps</c>: source to <c>uri</c>, <c>paths</c>, <c>config</c> as Guild AI has them, and
    /// <c>files</c> with path, source, placement, kind, size, count, time and SHA-256 of each input, <c>archive</c> and
    /// <c>subpath</c> of one that came out of an archive, and <c>origin</c> of one that was made from another file; <c>post-process</c>
    /// with the command of the source.
    /// </summary>
    /// <param name="earlier">What the attribute had for the resource already, or null.</param>
    public IReadOnlyDictionary<string, object?> ToValue(IReadOnlyDictionary<string, object?>? earlier = null)
    {
        var value = new Dictionary<string, object?>(earlier ?? new Dictionary<string, object?>(), StringComparer.Ordinal);
        foreach (var source in Sources)
        {
            value[source.Name] = DependencyRecord.Write(source);
        }

        return value;
    }
}
