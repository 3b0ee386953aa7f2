namespace Guild.Engine.Resources;

/// <summary>How patient a download is with a network and a server.</summary>
public sealed record DownloadSettings
{
    /// <summary>The environment variable that sets <see cref="ConnectTimeout"/>, in seconds.</summary>
    public const string ConnectVariable = "GUILD_DOWNLOAD_CONNECT_TIMEOUT";

    /// <summary>The environment variable that sets <see cref="IdleTimeout"/>, in seconds.</summary>
    public const string IdleVariable = "GUILD_DOWNLOAD_IDLE_TIMEOUT";

    /// <summary>The environment variable that sets <see cref="TotalTimeout"/>, in seconds.</summary>
    public const string TotalVariable = "GUILD_DOWNLOAD_TIMEOUT";

    // Timers of the system go no further.
    private const long LongestSeconds = 24 * 24 * 60 * 60;

    /// <summary>The settings that are used where none are given.</summary>
    public static DownloadSettings Default { get; } = new();

    /// <summary>How long a connection may take; 30 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may send nothing; 60 seconds.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a download may take in all, with its retries; 24 hours.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often it is tried again without getting on by at least <see cref="MinimumProgress"/>; 5 times.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>How many bytes further a download has to come for its retries to be counted from the start again; 1 MiB.</summary>
    public long MinimumProgress { get; init; } = 1024 * 1024;

    /// <summary>How long it is waited before the first retry, on average; each later wait is twice as long. 1 second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a retry, unless the server asks for a longer one; 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that a server can ask for (<c>Retry-After</c>); for a longer one the download fails. 5 minutes.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many redirects are followed; 10.</summary>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>
    /// The settings that an environment asks for; the default for what it does not name. Raises <see cref="RequestException"/> for a
    /// value that is no whole number above zero.
    /// </summary>
    /// <param name="environment">Name to value.</param>
    public static DownloadSettings From(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Default with
        {
            ConnectTimeout = Read(environment, ConnectVariable) ?? Default.ConnectTimeout,
            IdleTimeout = Read(environment, IdleVariable) ?? Default.IdleTimeout,
            TotalTimeout = Read(environment, TotalVariable) ?? Default.TotalTimeout,
        };
    }

    private static TimeSpan? Read(IReadOnlyDictionary<string, string> environment, string name) =>
        EnvironmentNumber.Read(environment, name) is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)) : null;
}
