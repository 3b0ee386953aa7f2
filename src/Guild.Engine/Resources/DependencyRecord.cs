namespace Guild.Engine.Resources;

/// <summary>A source in attribute <c>deps</c>.</summary>
internal static class DependencyRecord
{
    private const string OriginKey = "origin";

    /// <summary>An input as the record has it.</summary>
    public sealed record Input(string Path, string Source, PlacementKind Placement, InputKind Kind, long Size, long Count, long Time, string Sha256)
    {
        public Fingerprint Fingerprint => new(Kind, Size, Count, Time, Sha256, Sha1: null);
    }

    /// <summary>A file as Guild AI records it: where it came from, relative to the run directory, and no more.</summary>
    public sealed record ForeignInput(string Resource, string Source, string Uri, string Path);

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
        from input in ReadAll(Mapping(file))
        where input is not null
        select (resource.Key, source.Key, input);

    /// <summary>The inputs in a value of the attribute that have no hash: those of Guild AI, and those of its records of 2018, lists of paths.</summary>
    public static IEnumerable<ForeignInput> ReadForeign(object? value)
    {
        foreach (var (resource, recorded) in Mapping(value))
        {
            foreach (var path in Texts(recorded))
            {
                yield return new ForeignInput(resource, resource, "", path);
            }

            foreach (var (name, source) in Mapping(recorded).Where(s => !Mapping(s.Value).ContainsKey("files")))
            {
                var uri = Mapping(source).GetValueOrDefault("uri") as string ?? name;
                foreach (var path in Texts(Mapping(source).GetValueOrDefault("paths")))
                {
                    yield return new ForeignInput(resource, name, uri, path);
                }
            }
        }
    }

    private static IEnumerable<string> Texts(object? value) => (value as IReadOnlyList<object?> ?? []).OfType<string>();

    private static Dictionary<string, object?> Write(PlacedInput input)
    {
        var value = Write(input.Fingerprint);
        value["path"] = input.Path;
        value["source"] = input.SourcePath;
        value["placement"] = input.Placement == PlacementKind.Link ? "link" : "copy";
        if (input.Archive is not null)
        {
            (value["archive"], value["subpath"]) = (input.Archive, input.SubPath);
        }

        if (input.Origin is not null)
        {
            var origin = Write(input.Origin.Fingerprint);
            origin["source"] = input.Origin.Path;
            value[OriginKey] = origin;
        }

        return value;
    }

    private static Dictionary<string, object?> Write(Fingerprint fingerprint) => new(StringComparer.Ordinal)
    {
        ["kind"] = fingerprint.Kind == InputKind.File ? "file" : "directory",
        ["size"] = fingerprint.Size,
        ["count"] = fingerprint.Count,
        ["time"] = fingerprint.Time,
        ["sha256"] = fingerprint.Sha256,
    };

    // What a file was made from is asked as what a copy was made from is: the run itself does not read it.
    private static IEnumerable<Input?> ReadAll(IReadOnlyDictionary<string, object?> file)
    {
        yield return Read(file);
        if (file.GetValueOrDefault(OriginKey) is IReadOnlyDictionary<string, object?> origin)
        {
            yield return Read(new Dictionary<string, object?>(origin, StringComparer.Ordinal)
            {
                ["path"] = file.GetValueOrDefault("path"),
                ["placement"] = "copy",
            });
        }
    }

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
