namespace Guild.Engine.Resources;

/// <summary>A source in attribute <c>deps</c>.</summary>
internal static class DependencyRecord
{
    /// <summary>An input as the record has it.</summary>
    public sealed record Input(string Path, string Source, PlacementKind Placement, InputKind Kind, long Size, long Count, long Time, string Sha256);

    public static Dictionary<string, object?> Write(ResolvedSource source)
    {
        var value = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["uri"] = source.Uri,
            ["paths"] = source.Paths.Select(path => (object?)path).ToArray(),
        };
        if (source.Config is not null)
        {
            value["config"] = source.Config;
        }

        if (source.PostProcess is not null)
        {
            value["post-process"] = source.PostProcess;
        }

        if (source.Inputs.Count > 0)
        {
            value["files"] = source.Inputs.Select(object? (input) => Write(input)).ToArray();
        }

        return value;
    }

    /// <summary>The inputs in a value of the attribute. What is not as written here, as Guild AI's own records are not, has none.</summary>
    public static IEnumerable<(string Resource, string Source, Input Input)> Read(object? value) =>
        from resource in Mapping(value)
        from source in Mapping(resource.Value)
        from file in Mapping(source.Value).GetValueOrDefault("files") as IReadOnlyList<object?> ?? []
        let input = Read(Mapping(file))
        where input is not null
        select (resource.Key, source.Key, input);

    private static Dictionary<string, object?> Write(PlacedInput input)
    {
        var value = WriteFile(input);
        if (input.Archive is not null)
        {
            (value["archive"], value["subpath"]) = (input.Archive, input.SubPath);
        }

        return value;
    }

    private static Dictionary<string, object?> WriteFile(PlacedInput input) => new(StringComparer.Ordinal)
    {
        ["path"] = input.Path,
        ["source"] = input.SourcePath,
        ["placement"] = input.Placement == PlacementKind.Link ? "link" : "copy",
        ["kind"] = input.Fingerprint.Kind == InputKind.File ? "file" : "directory",
        ["size"] = input.Fingerprint.Size,
        ["count"] = input.Fingerprint.Count,
        ["time"] = input.Fingerprint.Time,
        ["sha256"] = input.Fingerprint.Sha256,
    };

    private static Input? Read(IReadOnlyDictionary<string, object?> file) =>
        file.GetValueOrDefault("path") is string path
        && file.GetValueOrDefault("source") is string source
        && file.GetValueOrDefault("size") is long size
        && file.GetValueOrDefault("time") is long time
        && file.GetValueOrDefault("sha256") is string sha256
            ? new Input(
                path,
                source,
                file.GetValueOrDefault("placement") is "copy" ? PlacementKind.Copy : PlacementKind.Link,
                file.GetValueOrDefault("kind") is "directory" ? InputKind.Directory : InputKind.File,
                size,
                file.GetValueOrDefault("count") as long? ?? 1,
                time,
                sha256)
            : null;

    private static IReadOnlyDictionary<string, object?> Mapping(object? value) =>
        value as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
}
