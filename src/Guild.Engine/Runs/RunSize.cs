namespace Guild.Engine.Runs;

/// <summary>The room that a run takes. Files that links lead to are not in it: they take their room elsewhere.</summary>
/// <param name="SourceCode">Bytes of source code.</param>
/// <param name="Dependencies">Bytes of resources that were copied.</param>
/// <param name="Generated">Bytes of what the program made.</param>
/// <param name="Record">Bytes of the record.</param>
/// <param name="Files">How many files there are.</param>
/// <param name="Links">How many links there are.</param>
public sealed record RunSize(long SourceCode, long Dependencies, long Generated, long Record, int Files, int Links)
{
    /// <summary>All bytes.</summary>
    public long Total => SourceCode + Dependencies + Generated + Record;

    /// <summary>Adds up the files of a run.</summary>
    /// <exception cref="NameNotFoundException">The run is gone.</exception>
    /// <exception cref="HomeException">A folder of it cannot be read.</exception>
    public static RunSize Of(RunDirectory run, CancellationToken cancellation = default)
    {
        var lengths = new long[4];
        var (files, links) = (0, 0);
        foreach (var file in RunFiles.List(run, new RunFileQuery { IncludesRecord = true }, cancellation))
        {
            lengths[(int)file.Kind] += file.Length;
            links += file.LinkTarget is not null ? 1 : 0;
            files += file.LinkTarget is null && !file.IsDirectory ? 1 : 0;
        }

        return new RunSize(lengths[(int)RunFileKind.SourceCode], lengths[(int)RunFileKind.Dependency], lengths[(int)RunFileKind.Generated], lengths[(int)RunFileKind.Record], files, links);
    }
}
