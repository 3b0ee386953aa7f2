using Guild.Engine.Resources;
using Guild.Engine.Tests.Resources.Archives;
using Guild.Engine.Tests.Resources.Downloads;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Cache;

/// <summary>What is in the cache of a home, who uses it, and how it goes away.</summary>
public sealed class ResourceCacheTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    private ResourceCache Cache => new(_folder.Folder.Home);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_home_without_a_cache_has_no_entries_and_nothing_to_sweep()
    {
        Assert.Empty(Cache.Entries());
        Assert.Empty(Cache.Users());
        Cache.Sweep();
        Assert.False(Directory.Exists(Cache.Path));
    }

    [Fact]
    public void A_download_is_an_entry_with_its_address_size_and_hash()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        _folder.Resolve(server.Url("a.bin").Replace("://", "://ada:secret@", StringComparison.Ordinal));

        var entry = Assert.Single(Cache.Entries());
        Assert.Equal((CacheEntryKind.Download, "a.bin", file.Sha256, true), (entry.Kind, entry.FileName, entry.Sha256, entry.IsWhole));
        Assert.Equal(server.Url("a.bin").Replace("://", "://***@", StringComparison.Ordinal), entry.Source);
        Assert.Equal(_folder.Cached(server.Url("a.bin")).Path, entry.Path);
        Assert.InRange(entry.Made, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.InRange(entry.Length, 1000, 2000);
    }

    [Fact]
    public void A_file_that_was_written_to_has_no_known_hash()
    {
        using var server = new WebServer(ServedFile.OfSize(1000).Reply);
        _folder.Resolve(server.Url("a.bin"));
        var path = _folder.Cached(server.Url("a.bin")).Path;
        File.WriteAllText(path, "other");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));

        Assert.Null(Assert.Single(Cache.Entries()).Sha256);
    }

    [Fact]
    public void A_part_is_an_entry_that_is_not_whole_and_knows_its_address()
    {
        var file = ServedFile.OfSize(100_000);
        using var server = new WebServer(request => file.Reply(request) with { CutAt = 50_000 });
        _folder.Settings = DownloadFolder.Impatient with { MaxRetries = 0 };
        _folder.Fail(server.Url("a.bin"));

        var entry = Assert.Single(Cache.Entries());

        Assert.Equal((false, "a.bin", server.Url("a.bin"), null), (entry.IsWhole, entry.FileName, entry.Source, entry.Sha256));
        Assert.InRange(entry.Length, 1, 60_000);
    }

    [Fact]
    public void Contents_of_an_archive_are_an_entry_that_knows_the_archive()
    {
        var archive = Zip(new ZipMember("a.txt"));
        _folder.Folder.Resolve(_folder.Folder.Put("a.zip", archive));

        var entry = Assert.Single(Cache.Entries());

        Assert.Equal((CacheEntryKind.Contents, "a.zip", Sha256(archive)), (entry.Kind, entry.FileName, entry.Sha256));
        Assert.Equal((_folder.Folder.At("a.zip"), $"{Sha256(archive)}-zip"), (entry.Source, entry.Name));
    }

    [Fact]
    public void What_another_tool_put_there_is_an_entry_by_the_name_of_its_file()
    {
        ResourceFolder.Write(Path.Join(Cache.Path, new string('a', 56), "rows.csv"), "rows");
        ResourceFolder.Write(Path.Join(Cache.Path, new string('a', 56), ".guild-cache-rows.csv.sha"), "hash");

        var entry = Assert.Single(Cache.Entries());

        Assert.Equal(("rows.csv", null, null, 8L), (entry.FileName, entry.Source, entry.Sha256, entry.Length));
    }

    [Fact]
    public void Runs_whose_links_lead_into_an_entry_use_it_and_so_do_those_in_the_trash()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        _folder.Resolve(server.Url("a.bin"));
        _folder.ResolveElsewhere(server.Url("a.bin"));
        var (home, run) = (_folder.Folder.Home, _folder.Folder.Run);
        Directory.CreateDirectory(home.TrashDirectory);
        Directory.Move(run.Path, Path.Join(home.TrashDirectory, run.Id));

        // A link in a folder, a copy, a link to elsewhere and a broken one.
        var other = _folder.Folder.AddRun("mlp", "other");
        File.Copy(_folder.Cached(server.Url("a.bin")).Path, Path.Join(other.Path, "copy.bin"));
        File.CreateSymbolicLink(Path.Join(other.Path, "elsewhere"), _folder.Folder.Base);
        File.CreateSymbolicLink(Path.Join(other.Path, "broken"), "nowhere");

        var users = Assert.Single(Cache.Users());

        Assert.Equal(_folder.Cached(server.Url("a.bin")).Key, users.Key);
        Assert.Equal(2, users.Value.Count);
        Assert.Contains(run.Id, users.Value);
        Assert.DoesNotContain(other.Id, users.Value);
    }

    [Fact]
    public void A_home_that_was_reached_by_another_path_is_told_by_where_links_lead()
    {
        var entry = Path.Join(Cache.Path, "key", "a.bin");
        ResourceFolder.Write(entry, "a");
        var alias = Path.Join(_folder.Folder.Base, "alias");
        Directory.CreateSymbolicLink(alias, _folder.Folder.Home.Path);
        Directory.CreateDirectory(_folder.Folder.InRun("sub"));
        File.CreateSymbolicLink(_folder.Folder.InRun("sub/a.bin"), Path.Join(alias, "cache", "resources", "key", "a.bin"));

        Assert.Equal("key", Assert.Single(Cache.Users()).Key);
    }

    [Fact]
    public void A_removed_entry_is_gone_and_is_downloaded_again_when_it_is_wanted()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        _folder.Resolve(server.Url("a.bin"));

        Assert.Equal(CacheRemoval.Removed, Cache.Remove(Assert.Single(Cache.Entries())));
        Assert.Empty(Cache.Entries());
        Assert.Equal([".locks"], Directory.GetFileSystemEntries(Cache.Path).Select(Path.GetFileName));

        _folder.ResolveElsewhere(server.Url("a.bin"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void An_entry_that_is_being_downloaded_is_left_alone()
    {
        ResourceFolder.Write(_folder.Cached("https://example.org/a.bin").PartPath, "half");
        var entry = Assert.Single(Cache.Entries());

        using (_folder.Cached("https://example.org/a.bin").Lock(() => { }, CancellationToken.None))
        {
            Assert.Equal(CacheRemoval.Busy, Cache.Remove(entry));
            Assert.True(File.Exists(_folder.Cached("https://example.org/a.bin").PartPath));
        }

        Assert.Equal(CacheRemoval.Removed, Cache.Remove(entry));
    }

    [Fact]
    public void An_entry_that_a_run_took_since_it_was_looked_at_is_left_alone()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        _folder.Resolve(server.Url("a.bin"));
        CacheNote.Touch(_folder.Cached(server.Url("a.bin")).Directory, DateTimeOffset.UtcNow.AddDays(-1));
        var entry = Assert.Single(Cache.Entries());

        _folder.ResolveElsewhere(server.Url("a.bin"));

        Assert.Equal(CacheRemoval.Taken, Cache.Remove(entry));
        Assert.True(Assert.Single(Cache.Entries()).LastUsed > entry.LastUsed);
    }

    [Fact]
    public void Contents_that_a_run_takes_again_are_used_then()
    {
        var source = _folder.Folder.Put("a.zip", Zip(new ZipMember("a.txt")));
        _folder.Folder.Resolve(source);
        var entry = Assert.Single(Cache.Entries());
        CacheNote.Touch(Path.Join(Cache.Path, entry.Name), DateTimeOffset.UtcNow.AddDays(-9));
        Assert.InRange(Assert.Single(Cache.Entries()).LastUsed, DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(-8));

        _folder.Folder.Resolve(source);

        Assert.InRange(Assert.Single(Cache.Entries()).LastUsed, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(entry.Made, Assert.Single(Cache.Entries()).Made);
    }

    [Fact]
    public void What_a_killed_removal_left_is_no_entry_and_is_swept()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        _folder.Resolve(server.Url("a.bin"));
        var entry = Assert.Single(Cache.Entries());
        var left = Path.Join(Cache.Path, $".removing-{entry.Name}-0badcafe");
        Directory.Move(Path.Join(Cache.Path, entry.Name), left);

        Assert.Empty(Cache.Entries());
        Cache.Sweep();

        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void What_someone_unpacks_just_now_is_not_swept()
    {
        var unfinished = Path.Join(Cache.Path, ".unpacking-name-0badcafe");
        ResourceFolder.Write(Path.Join(unfinished, "files", "a.txt"), "half");
        using var held = CacheLock.TryTake(new CacheFolder(_folder.Folder.Home).LockOf("name"));

        Cache.Sweep();

        Assert.True(Directory.Exists(unfinished));
    }

    [Fact]
    public void Notes_of_archives_go_with_their_contents()
    {
        _folder.Folder.Resolve(_folder.Folder.Put("a.zip", Zip(new ZipMember("a.txt"))));
        _folder.Folder.Resolve(_folder.Folder.Put("b.zip", Zip(new ZipMember("b.txt"))));
        Assert.Equal(2, Directory.GetFiles(Path.Join(Cache.Path, ".seen")).Length);

        Cache.Remove(Cache.Entries().Single(entry => entry.FileName == "a.zip"));
        Cache.Sweep();

        Assert.Single(Directory.GetFiles(Path.Join(Cache.Path, ".seen")));
    }
}
