namespace Guild.Engine.GuildFiles;

// Values of a Guild file are plain objects wherever a definition says "value": null, bool, long, double, string,
// IReadOnlyList<object?> and IReadOnlyDictionary<string, object?>. They are typed as PyYAML types them (YAML 1.1).

/// <summary>A Guild file that was read without errors: models, their operations and resources.</summary>
public sealed record GuildFile
{
    /// <summary>The absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The absolute path of the folder that holds the file: the project's folder.</summary>
    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The MD5 of the file's bytes in lower-case hexadecimal: the version part of a run's <c>opref</c>.</summary>
    public required string Digest { get; init; }

    /// <summary>The models, in file order. The anonymous model has the name <c>""</c>.</summary>
    public required IReadOnlyList<ModelDefinition> Models { get; init; }

    /// <summary>The package object, or null.</summary>
    public PackageDefinition? Package { get; init; }

    /// <summary>The warnings of the file, in file order.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>The absolute paths of the files that it was read from: itself, then those that it includes or inherits from, each once.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The files that were looked for and are not there. If one appears, the Guild file may mean something else.</summary>
    internal IReadOnlyList<string> Absent { get; init; } = [];
}

/// <summary>What a Guild file says of the package that the project makes.</summary>
public sealed record PackageDefinition
{
    /// <summary>The package's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the package is.</summary>
    public string Description { get; init; } = "";

    /// <summary>The version, or null if none is given.</summary>
    public string? Version { get; init; }

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }
}
