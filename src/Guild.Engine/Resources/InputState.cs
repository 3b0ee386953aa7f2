namespace Guild.Engine.Resources;

/// <summary>What the system says of an input without reading it: two that are equal are most likely the same content.</summary>
/// <param name="Size">The size in bytes; of a folder that of all files in it.</param>
/// <param name="Count">The number of files; 1 for a file.</param>
/// <param name="Time">When it was last written, in microseconds since 1970 UTC; of a folder the latest of its files.</param>
internal readonly record struct InputState(long Size, long Count, long Time)
{
    public static InputState Of(Fingerprint fingerprint) => new(fingerprint.Size, fingerprint.Count, fingerprint.Time);

    /// <summary>Looks at a file or a folder. Raises <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static InputState Of(string path, CancellationToken cancellation) =>
        Directory.Exists(path) ? OfDirectory(path, cancellation) : OfFile(path);

    /// <summary>True for a file without size. None is ever opened: a pipe has no size either, and opening one could wait for ever.</summary>
    public static bool IsWithoutContent(string path) => FileAt(path) is { Length: 0 };

    private static InputState OfFile(string path)
    {
        if (IsWithoutContent(path))
        {
            return new InputState(0, 1, FileTime.Of(path));
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new InputState(RandomAccess.GetLength(file), 1, FileTime.Microseconds(File.GetLastWriteTimeUtc(file)));
    }

    private static InputState OfDirectory(string path, CancellationToken cancellation)
    {
        var state = default(InputState);
        foreach (var entry in Tree.Entries(path, TreeLinks.AreKept, cancellation).Where(entry => !entry.IsDirectory || entry.IsLink))
        {
            state = FileAt(Path.Join(path, entry.Path)) is { } file
                ? new InputState(state.Size + file.Length, state.Count + 1, Math.Max(state.Time, FileTime.Microseconds(file.LastWriteTimeUtc)))
                : state with { Count = state.Count + 1 };
        }

        return state;
    }

    /// <summary>The file that a path leads to; null where there is none, as for a folder or a link that leads nowhere or in a circle.</summary>
    public static FileInfo? FileAt(string path)
    {
        var file = new FileInfo(path);
        try
        {
            file = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return file is { Exists: true } ? file : null;
        }
        catch (IOException)
        {
            // The system's word for a circle.
            return null;
        }
    }
}
