using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Guild.Engine.Runs.Index;

/// <summary>Where the index of a home lies: in its cache; or in the user's own cache, if the home is on another machine or cannot be written.</summary>
internal static class IndexLocation
{
    private const string FileName = "run-index.db";

    /// <summary>The path of the file, whose folder exists; null if there is no place for it.</summary>
    /// <param name="home">The home.</param>
    /// <param name="localCache">The folder of the user's caches on this machine, or null if there is none.</param>
    public static string? Of(GuildHome home, string? localCache)
    {
        if (!IsRemote(home.Path) && TryMakeWritable(home.CacheDirectory))
        {
            return Path.Join(home.CacheDirectory, FileName);
        }

        return LocalFolder(home, localCache) is { } local && TryMakeWritable(local) ? Path.Join(local, FileName) : null;
    }

    /// <summary>True if there is an index in one of the two places. Writes nothing.</summary>
    public static bool Exists(GuildHome home, string? localCache) =>
        File.Exists(Path.Join(home.CacheDirectory, FileName)) || (LocalFolder(home, localCache) is { } local && File.Exists(Path.Join(local, FileName)));

    private static string? LocalFolder(GuildHome home, string? localCache)
    {
        var name = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(home.Path)).ToString("x16", CultureInfo.InvariantCulture);
        return localCache is null ? null : Path.Join(localCache, "homes", name);
    }

    private static bool IsRemote(string path)
    {
        try
        {
            return new DriveInfo(path).DriveType == DriveType.Network;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool TryMakeWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Join(folder, $".{Guid.NewGuid():N}");
            File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
