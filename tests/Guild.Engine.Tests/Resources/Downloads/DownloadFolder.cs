using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>A project whose resources come from the web, with little patience; deleted at the test's end.</summary>
internal sealed class DownloadFolder : IDisposable
{
    private readonly ResourceFolder _folder = new();
    private int _runs;

    public DownloadFolder()
    {
        _folder.Context = _folder.Context with { Downloads = Impatient, Fingerprints = new FingerprintCache() };
    }

    /// <summary>Tries again at once, three times, and gives a silent server up soon.</summary>
    public static DownloadSettings Impatient { get; } = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(20),
        IdleTimeout = TimeSpan.FromSeconds(20),
        TotalTimeout = TimeSpan.FromSeconds(60),
        MaxRetries = 3,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(10),
    };

    public ResourceContext Context
    {
        get => _folder.Context;
        set => _folder.Context = value;
    }

    public DownloadSettings Settings
    {
        set => _folder.Context = _folder.Context with { Downloads = value };
    }

    public ResourceFolder Folder => _folder;

    public string CacheDirectory => Path.Join(_folder.Home.CacheDirectory, "resources");

    public CachedFile Cached(string url) => new(_folder.Home, new Uri(url));

    public static SourceDefinition Url(string url, string? sha256 = null) => new() { Kind = SourceKind.Url, Value = url, Sha256 = sha256 };

    public ResolvedResource Resolve(string url, string? sha256 = null) => _folder.Resolve(Url(url, sha256));

    public ResourceException Fail(string url, string? sha256 = null) => _folder.Fail(Url(url, sha256));

    /// <summary>Resolves into a run of its own.</summary>
    public ResolvedResource ResolveElsewhere(string url, IEventSink? events = null, CancellationToken cancellation = default)
    {
        var run = _folder.AddRun("guildfile", _folder.Project, "mlp", "other", status: "PENDING", id: $"e{Interlocked.Increment(ref _runs):x31}");
        var context = Context with { Fingerprints = new FingerprintCache(), Events = events ?? NullEventSink.Instance };
        return new ResourceResolver(context).Resolve(_folder.Require(Url(url)), run, earlier: null, cancellation);
    }

    public byte[] InRun(string name) => File.ReadAllBytes(_folder.InRun(name));

    public void Dispose() => _folder.Dispose();
}
