namespace Guild.Engine.Resources.Archives;

/// <summary>How the contents of an archive are laid out.</summary>
internal enum ArchiveKind
{
    /// <summary>A zip file.</summary>
    Zip,

    /// <summary>A tar file, plain or compressed; its content says how it is compressed.</summary>
    Tar,

    /// <summary>A single file that is compressed with gzip.</summary>
    Gzip,
}

/// <summary>Tells archives from other files.</summary>
internal static class ArchiveKinds
{
    // Archives that are compressed in ways that cannot be read are among them, so that they are refused and not taken for plain files.
    private static readonly string[] TarEndings =
        [".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tar.z", ".tar.lz", ".tar.lz4", ".tar.lzma", ".tar.lzo", ".tar.br"];

    /// <summary>The kind of archive that a file is by the source's <c>type</c>, else by its name; null for any other file.</summary>
    public static ArchiveKind? Of(SourceRequest request, string path) =>
        request.Source.ArchiveType is { } type ? OfType(request, type) : OfName(Path.GetFileName(path));

    private static ArchiveKind OfType(SourceRequest request, string type) => type.ToLowerInvariant() switch
    {
        "zip" => ArchiveKind.Zip,
        "tar" or "tgz" or "tar.gz" or "tar.bz2" or "tar.xz" or "tar.zst" => ArchiveKind.Tar,
        "gz" or "gzip" => ArchiveKind.Gzip,
        _ => throw request.Fail(
            $"its archive type '{type}' is unknown; expected 'zip', 'tar' (however it is compressed) or 'gzip'.",
            "Correct 'type' in the Guild file, or leave it out to go by the file's name."),
    };

    private static ArchiveKind? OfName(string name) =>
        EndsWith(name, ".zip") ? ArchiveKind.Zip
        : Array.Exists(TarEndings, ending => EndsWith(name, ending)) ? ArchiveKind.Tar
        : EndsWith(name, ".gz") ? ArchiveKind.Gzip
        : null;

    private static bool EndsWith(string name, string ending) =>
        name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
