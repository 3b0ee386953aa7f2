using System.Text.Json;
using Guild.Engine.Operations;

namespace Guild.Engine.Runs.Transfer;

/// <summary>
/// A folder of runs that is known by a name, as Guild AI makes it: <c>archives/ID</c> with a file <c>archive.json</c>. They are looked for in the Guild home and
/// beside the user configuration, where Guild AI has them; new ones are made in the home.
/// </summary>
/// <param name="Name">The name: that of <c>archive.json</c>, else that of the folder.</param>
/// <param name="Description">What is in it, in the user's words; null if that is not said.</param>
/// <param name="Path">The absolute path of the folder.</param>
public sealed record NamedArchive(string Name, string? Description, string Path)
{
    private const string FolderName = "archives";
    private const string FileName = "archive.json";
    private const string LabelKey = "label";
    private const string DescriptionKey = "description";

    /// <summary>All that there are, by name.</summary>
    public static IReadOnlyList<NamedArchive> All(EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return
        [
            .. Places(context).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Select(Read)
                .OrderBy(archive => archive.Name, StringComparer.Ordinal).ThenBy(archive => archive.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>The one of a name, or whose folder has the name; null if there is none.</summary>
    public static NamedArchive? Find(string name, EngineContext context)
    {
        var all = All(context);
        return all.FirstOrDefault(archive => string.Equals(archive.Name, name, StringComparison.Ordinal))
            ?? all.FirstOrDefault(archive => string.Equals(System.IO.Path.GetFileName(archive.Path), name, StringComparison.Ordinal));
    }

    /// <summary>
    /// The folder or zip file that a path or a name means: what lies at the path comes first.
    /// </summary>
    /// <param name="given">What the user gave, for its name.</param>
    /// <param name="path">The absolute path that it is, if it is one.</param>
    /// <param name="context">The surroundings.</param>
    /// <exception cref="RunArchiveException">There is neither.</exception>
    public static string Locate(string given, string path, EngineContext context)
    {
        if (System.IO.Path.Exists(path))
        {
            return path;
        }

        return Find(given, context)?.Path ?? throw new RunArchiveException(
            given,
            $"There is no folder or zip file '{path}', and no archive of the name '{given}'.",
            "Name a folder or zip file that Export-GuildRun (guild export) made, or an archive that guild archive --list shows.");
    }

    /// <summary>Makes one without runs.</summary>
    /// <exception cref="HomeException">It cannot be written.</exception>
    public static NamedArchive Create(string name, string? description, EngineContext context)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(context);
        var path = System.IO.Path.Join(context.Home.Path, FolderName, RunId.New());
        var content = new Dictionary<string, object?>(StringComparer.Ordinal) { [LabelKey] = name };
        if (!string.IsNullOrEmpty(description))
        {
            content[DescriptionKey] = description;
        }

        HomeAccess.Do(path, () =>
        {
            Directory.CreateDirectory(path);
            File.WriteAllText(System.IO.Path.Join(path, FileName), JsonLiteral.Write(content));
        });
        return new NamedArchive(name, description, path);
    }

    private static IEnumerable<string> Places(EngineContext context) => new[]
    {
        System.IO.Path.Join(context.Home.Path, FolderName),
        System.IO.Path.Join(UserConfiguration.FolderOf(context), FolderName),
    }.Distinct(StringComparer.Ordinal);

    // What cannot be read has the name of its folder: an archive is not lost because its label is.
    private static NamedArchive Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Join(path, FileName)));
            var label = Text(document.RootElement, LabelKey);
            return new NamedArchive(string.IsNullOrEmpty(label) ? System.IO.Path.GetFileName(path) : label, Text(document.RootElement, DescriptionKey), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return new NamedArchive(System.IO.Path.GetFileName(path), null, path);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
