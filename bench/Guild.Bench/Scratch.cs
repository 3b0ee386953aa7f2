namespace Guild.Bench;

/// <summary>A folder of the benches' own. It goes when the benches end, not between them: after many deletions some file systems are slow for a while.</summary>
internal static class Scratch
{
    private static readonly Lazy<string> Root = new(() => Directory.CreateTempSubdirectory("guild-bench-").FullName);

    private static int s_next;

    /// <summary>A path that nothing is at.</summary>
    internal static string NewPath(string name) => Path.Join(Root.Value, $"{name}-{Interlocked.Increment(ref s_next)}");

    /// <summary>A new folder.</summary>
    internal static string NewFolder(string name) => Directory.CreateDirectory(NewPath(name)).FullName;

    internal static void Remove()
    {
        if (Root.IsValueCreated)
        {
            Directory.Delete(Root.Value, recursive: true);
        }
    }
}
