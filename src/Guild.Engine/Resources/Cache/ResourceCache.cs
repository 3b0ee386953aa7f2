using Guild.Engine.Resources.Archives;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>What came of the wish to remove an entry of the cache.</summary>
public enum CacheRemoval
{
    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is being downloaded, made or removed just now, so it was left alone.</summary>
    Busy,

    /// <summary>A run took it since it was looked at, so it was left alone.</summary>
    Taken,
}

/// <summary>The cache that all runs of a home share: downloads, unpacked archives, and what commands made of files.</summary>
public sealed class ResourceCache
{
    private readonly GuildHome _home;
    private readonly CacheFolder _folder;

    /// <summary>Names the cache of a home, which need not exist.</summary>
    public ResourceCache(GuildHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        (_home, _folder) = (home, new CacheFolder(home));
    }

    /// <summary>The absolute path of its folder.</summary>
    public string Path => _folder.Path;

    /// <summary>The entries by name, one at a time as they are looked at.</summary>
    public IEnumerable<CacheEntry> Entries(CancellationToken cancellation = default) =>
        _folder.Names().Order(StringComparer.Ordinal).ToArray().Select(name => CacheEntry.Read(_folder, name, cancellation)).OfType<CacheEntry>();

    /// <summary>
    /// The ids of the runs whose links lead into entries, by the entries' names. Runs in the trash are among them. Raises what the system raises for a run that
    /// cannot be read.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Users(CancellationToken cancellation = default) => CacheUsers.Find(_home, cancellation);

    /// <summary>
    /// Removes an entry, unless somebody works on it or took it since it was looked at. It loses its name before anything of it is deleted, so that nobody takes a
    /// half of it for whole. Raises what the system raises.
    /// </summary>
    public CacheRemoval Remove(CacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var held = CacheLock.TryTake(_folder.LockOf(entry.Name));
        if (held is null)
        {
            return CacheRemoval.Busy;
        }

        var directory = _folder.Entry(entry.Name);
        if (!Directory.Exists(directory))
        {
            return CacheRemoval.Removed;
        }

        if (CacheNote.LastUsed(directory) is { } used && used > entry.LastUsed)
        {
            return CacheRemoval.Taken;
        }

        var removed = _folder.Removed(entry.Name);
        Directory.Move(directory, removed);
        TreeDeletion.Delete(removed);
        return CacheRemoval.Removed;
    }

    /// <summary>Deletes what was left by who was killed while it unpacked or removed something, and notes of what is not there any more. Raises what the system raises.</summary>
    public void Sweep()
    {
        foreach (var (name, path) in _folder.LeftOvers().ToArray())
        {
            using var held = CacheLock.TryTake(_folder.LockOf(name));
            if (held is not null)
            {
                TreeDeletion.Delete(path);
            }
        }

        new ArchiveCache(_home).Forget();
    }
}
