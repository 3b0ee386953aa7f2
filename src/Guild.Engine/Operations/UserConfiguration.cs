using Guild.Engine.Yaml;

namespace Guild.Engine.Operations;

/// <summary>
/// What a user wants of all projects: the first of the file that GUILD_CONFIG names, <c>guild-config.yml</c> in the current folder, <c>config.yml</c> in the
/// Guild home and <c>~/.guild/config.yml</c>, as Guild AI finds it. Sections that this version has no use for are left alone.
/// </summary>
/// <param name="Path">The absolute path of the file, or null if there is none.</param>
/// <param name="DefaultTargetType"><c>default-target-type</c>: <c>link</c>, <c>copy</c> or null.</param>
internal sealed record UserConfiguration(string? Path, string? DefaultTargetType)
{
    /// <summary><c>diff</c>: what shows differences, as it stands there; null if nothing does.</summary>
    public object? Diff { get; init; }

    private const string DefaultTargetTypeKey = "default-target-type";

    /// <exception cref="RequestException">The file cannot be read, or what it says cannot be understood.</exception>
    public static UserConfiguration Read(EngineContext context)
    {
        if (Find(context) is not { } path)
        {
            return new UserConfiguration(null, null);
        }

        try
        {
            return YamlText.Read(File.ReadAllText(path)) switch
            {
                null => new UserConfiguration(path, null),
                IReadOnlyDictionary<string, object?> map => new UserConfiguration(path, TargetType(path, map.GetValueOrDefault(DefaultTargetTypeKey))) { Diff = map.GetValueOrDefault("diff") },
                _ => throw Unusable(path, "it is no mapping of names to values."),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or YamlTextException)
        {
            throw Unusable(path, error.Message);
        }
    }

    /// <summary>The folder of the file that holds, or would hold, the configuration: Guild AI keeps more beside it.</summary>
    public static string FolderOf(EngineContext context) =>
        System.IO.Path.GetDirectoryName(Find(context)) ?? System.IO.Path.Join(context.UserHome, ".guild");

    private static string? Find(EngineContext context)
    {
        var named = context.Environment.GetValueOrDefault("GUILD_CONFIG");
        IEnumerable<string> places =
        [
            .. string.IsNullOrEmpty(named) ? Array.Empty<string>() : [System.IO.Path.GetFullPath(named, context.WorkingDirectory)],
            System.IO.Path.Join(context.WorkingDirectory, "guild-config.yml"),
            System.IO.Path.Join(context.Home.Path, "config.yml"),
            System.IO.Path.Join(context.UserHome, ".guild", "config.yml"),
        ];
        return places.FirstOrDefault(File.Exists);
    }

    private static string? TargetType(string path, object? value) => value switch
    {
        null => null,
        "link" or "copy" => (string)value,
        _ => throw Unusable(path, $"'{DefaultTargetTypeKey}' must be link or copy, but '{value}' is not."),
    };

    private static RequestException Unusable(string path, string reason) =>
        new($"The user configuration '{path}' cannot be used: {reason}", path, "Correct the file, or name another one by the environment variable GUILD_CONFIG.");
}
