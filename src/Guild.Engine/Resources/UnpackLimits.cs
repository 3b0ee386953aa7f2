namespace Guild.Engine.Resources;

/// <summary>How much may come out of one archive, so that a small file that unpacks to an endless one does no harm.</summary>
public sealed record UnpackLimits
{
    /// <summary>The environment variable that sets <see cref="MaximumBytes"/>.</summary>
    public const string BytesVariable = "GUILD_UNPACK_MAX_BYTES";

    /// <summary>The environment variable that sets <see cref="MaximumEntries"/>.</summary>
    public const string EntriesVariable = "GUILD_UNPACK_MAX_ENTRIES";

    /// <summary>The environment variable that sets <see cref="MaximumRatio"/>.</summary>
    public const string RatioVariable = "GUILD_UNPACK_MAX_RATIO";

    /// <summary>The size of all contents in bytes.</summary>
    public long MaximumBytes { get; init; } = 256L << 30;

    /// <summary>The number of files, folders and links.</summary>
    public long MaximumEntries { get; init; } = 2_000_000;

    /// <summary>How many times larger than the archive its contents may be.</summary>
    public long MaximumRatio { get; init; } = 200;

    /// <summary>The size in bytes up to which contents may be larger than <see cref="MaximumRatio"/> allows: little harm is done by then.</summary>
    public long FreeBytes { get; init; } = 1L << 30;

    /// <summary>
    /// The limits that an environment asks for; the default for what it does not name. Raises <see cref="RequestException"/> for a
    /// value that is no whole number above zero.
    /// </summary>
    /// <param name="environment">Name to value.</param>
    public static UnpackLimits From(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var defaults = new UnpackLimits();
        return new UnpackLimits
        {
            MaximumBytes = EnvironmentNumber.Read(environment, BytesVariable) ?? defaults.MaximumBytes,
            MaximumEntries = EnvironmentNumber.Read(environment, EntriesVariable) ?? defaults.MaximumEntries,
            MaximumRatio = EnvironmentNumber.Read(environment, RatioVariable) ?? defaults.MaximumRatio,
        };
    }
}
