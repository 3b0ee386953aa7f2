using System.Text.Json;
using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Packages;

/// <summary>A Python distribution, read from the files that its installer wrote: <c>NAME-VERSION.dist-info</c>, or <c>NAME.egg-info</c> of older tools.</summary>
internal sealed partial class Distribution
{
    private const string EditableMark = "__editable__";

    private readonly string _metadata;
    private readonly string? _projectRoot;
    private readonly IReadOnlyList<string> _files;

    private Distribution(string metadata, string name, string version)
    {
        _metadata = metadata;
        Name = name;
        Version = version;
        _files = RecordedFiles();
        _projectRoot = EditableRoot();
    }

    /// <summary>The name as the distribution writes it.</summary>
    public string Name { get; }

    /// <summary>The version; <c>""</c> if it has none.</summary>
    public string Version { get; }

    /// <summary>True if the packages are those of a project's folder.</summary>
    public bool IsEditable => _projectRoot is not null;

    private string Folder => Path.GetDirectoryName(_metadata)!;

    public static Distribution Read(string metadata)
    {
        var (name, version) = NamedIn(Path.Combine(metadata, "METADATA")) ?? NamedIn(Path.Combine(metadata, "PKG-INFO")) ?? ByFolder(metadata);
        return new Distribution(metadata, name, version);
    }

    /// <summary>The absolute paths of the distribution's Guild files, each once.</summary>
    public IReadOnlyList<string> GuildFiles()
    {
        var recorded = _files.Where(f => Path.GetFileName(f) == GuildFileReader.FileName);
        var candidates = recorded.Concat(PackageFolders().Select(f => Path.Combine(f, GuildFileReader.FileName)));
        return [.. candidates.Where(File.Exists).Distinct(StringComparer.Ordinal)];
    }

    // Where the list of files tells nothing, the packages' folders do.
    private IEnumerable<string> PackageFolders()
    {
        if (_projectRoot is null)
        {
            return _metadata.EndsWith(".egg-info", StringComparison.Ordinal) ? [.. NamedFolders(Folder), Folder] : NamedFolders(Folder);
        }

        var marked = _files.Where(f => Path.GetFileName(f).StartsWith(EditableMark, StringComparison.Ordinal)).ToList();
        return
        [
            .. marked.Where(f => f.EndsWith(".py", StringComparison.Ordinal)).SelectMany(MappedFolders),
            .. marked.Where(f => f.EndsWith(".pth", StringComparison.Ordinal)).SelectMany(Lines).Select(l => l.Trim()).Where(Path.IsPathFullyQualified).SelectMany(NamedFolders),
            _projectRoot,
            .. NamedFolders(_projectRoot),
            .. NamedFolders(Path.Combine(_projectRoot, "src")),
        ];
    }

    private IEnumerable<string> NamedFolders(string folder)
    {
        IEnumerable<string> names =
        [
            .. Lines(Path.Combine(_metadata, "top_level.txt")).Select(l => l.Trim()),
            Name.Replace('-', '_').Replace('.', '/'),
            Name.Replace('-', '_'),
            ByFolder(_metadata).Name,
        ];
        return names.Where(n => n.Length > 0 && !Path.IsPathRooted(n) && n != "..").Distinct(StringComparer.Ordinal).Select(n => Path.GetFullPath(n, folder));
    }

    // An installer that cannot put a folder on Python's path maps each package to its folder, in a module of its own making.
    private static IEnumerable<string> MappedFolders(string finder)
    {
        var mapping = Mapping().Match(string.Join('\n', Lines(finder)));
        return mapping.Success
            ? MappedPath().Matches(mapping.Groups["entries"].Value).Select(m => m.Groups["path"].Value.Replace(@"\\", @"\", StringComparison.Ordinal)).Where(Path.IsPathFullyQualified)
            : [];
    }

    // RECORD has a line a file, its path first. Only the few that matter here are kept of a list that can be long.
    private List<string> RecordedFiles()
    {
        var files = new List<string>();
        foreach (var line in Lines(Path.Combine(_metadata, "RECORD")))
        {
            if (line.Contains(GuildFileReader.FileName, StringComparison.Ordinal) || line.Contains(EditableMark, StringComparison.Ordinal))
            {
                files.Add(Path.GetFullPath(FirstField(line), Folder));
            }
        }

        return files;
    }

    private static string FirstField(string line) => line.StartsWith('"')
        ? QuotedField().Match(line).Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
        : line.Split(',', 2)[0];

    private string? EditableRoot()
    {
        var path = Path.Combine(_metadata, "direct_url.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.TryGetProperty("dir_info", out var folder) && folder.TryGetProperty("editable", out var editable) && editable.ValueKind == JsonValueKind.True
                && document.RootElement.TryGetProperty("url", out var url) && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var address) && address.IsFile
                ? Path.TrimEndingDirectorySeparator(address.LocalPath)
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // It says only where a package came from; one that is not under development is found without it.
            return null;
        }
    }

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    private static (string Name, string Version)? NamedIn(string path)
    {
        string? name = null;
        var version = "";

        // The headers end at the first empty line; a long description follows.
        foreach (var line in Lines(path).TakeWhile(l => l.Length > 0))
        {
            if (line.StartsWith("Name:", StringComparison.OrdinalIgnoreCase))
            {
                name = line["Name:".Length..].Trim();
            }
            else if (line.StartsWith("Version:", StringComparison.OrdinalIgnoreCase))
            {
                version = line["Version:".Length..].Trim();
            }
        }

        return string.IsNullOrEmpty(name) ? null : (name, version);
    }

    private static (string Name, string Version) ByFolder(string metadata)
    {
        var parts = Path.GetFileNameWithoutExtension(metadata).Split('-', 3);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    [GeneratedRegex("^\"(?<text>(?:[^\"]|\"\")*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedField();

    [GeneratedRegex(@"^MAPPING\b[^=]*=\s*\{(?<entries>[^}]*)\}", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Mapping();

    [GeneratedRegex("""['"][^'"]*['"]\s*:\s*['"](?<path>[^'"]*)['"]""", RegexOptions.CultureInvariant)]
    private static partial Regex MappedPath();
}
