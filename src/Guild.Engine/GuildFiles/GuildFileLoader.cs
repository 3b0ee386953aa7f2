using System.Text.RegularExpressions;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Reads a Guild file with the files that it includes, and the Guild files of packages that it inherits from.</summary>
internal sealed partial class GuildFileLoader(PackageSearch packages, Findings findings)
{
    private readonly Dictionary<string, LoadedFile?> _packages = new(StringComparer.Ordinal);
    private readonly List<string> _sources = [];
    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);

    /// <summary>The absolute paths of the files that were read, each once.</summary>
    public IReadOnlyList<string> Sources => [.. _sources.Distinct(StringComparer.Ordinal)];

    /// <summary>The absolute paths of the files that were looked for and are not there.</summary>
    public IReadOnlyCollection<string> Absent => _absent;

    /// <summary>The Guild file that all others are included into.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="bytes">Its content.</param>
    public LoadedFile Main(string path, ReadOnlySpan<byte> bytes)
    {
        _sources.Add(path);
        return Load(path, Compose(bytes, null));
    }

    /// <summary>The Guild file of a package: a Python package's on Python's path, else that of an installed distribution or module of the name; null if there is none.</summary>
    /// <param name="name">The package, with dots for a Python package inside another.</param>
    public LoadedFile? Package(string name)
    {
        if (_packages.TryGetValue(name, out var known))
        {
            return known;
        }

        var path = FindPackage(name.Replace('-', '_')) ?? packages.Installed.Named(name)?.GuildFiles[0];
        var file = path is null ? null : Load(path, Read(path, default));
        return _packages[name] = file;
    }

    /// <summary>The end of a message about a package that is not there.</summary>
    public string InsteadOfPackage(string name) => packages.Instead(name);

    private LoadedFile Load(string path, YamlNode? root)
    {
        var items = new List<YamlNode>();
        AddItems(root, path, [path], new(StringComparer.Ordinal) { path }, items);
        return new(path, items);
    }

    private void AddItems(YamlNode? root, string path, IReadOnlyList<string> trail, HashSet<string> seen, List<YamlNode> items)
    {
        foreach (var item in TopLevel.Items(root, findings))
        {
            if (TopLevel.Include(item) is { } include)
            {
                Include(include, path, trail, seen, items);
            }
            else
            {
                items.Add(item);
            }
        }
    }

    private void Include(YamlMapping item, string path, IReadOnlyList<string> trail, HashSet<string> seen, List<YamlNode> items)
    {
        var attributes = new Attributes(item, "an include", ItemAttributes.Include, findings);
        if (attributes.Node("include") is null)
        {
            findings.Error(DiagnosticIds.WrongType, item.Start, "'include': expected a file, a package, or a list of these, found nothing.");
        }

        foreach (var (name, position) in attributes.PlacedTextList("include"))
        {
            if (FindInclude(name, Path.GetDirectoryName(path)!) is not { } included)
            {
                findings.Error(
                    DiagnosticIds.InvalidReference,
                    position,
                    $"'include': there is no file '{name}' in '{Path.GetDirectoryName(path)}', and no Python package of that name with a guild.yml on Python's path.");
            }
            else if (trail.Contains(included, StringComparer.Ordinal))
            {
                findings.Error(DiagnosticIds.InvalidReference, position, $"'include' goes round in a circle: {string.Join(" -> ", trail)} -> {included}.");
            }
            else if (trail.Count > ExpansionBudget.Depth)
            {
                findings.Error(DiagnosticIds.TooLarge, position, $"'include' leads through more than {ExpansionBudget.Depth} files.");
            }
            else if (seen.Add(included))
            {
                // What two files include is there once, at its first place.
                AddItems(Read(included, position), included, [.. trail, included], seen, items);
            }
        }

        attributes.ReportUnknown();
    }

    private string? FindInclude(string name, string directory)
    {
        var local = Path.GetFullPath(name, directory);
        return FindFile(Directory.Exists(local) ? Path.Combine(local, GuildFileReader.FileName) : local)
            ?? FindPackage(name)
            ?? FindPackage("gpkg." + name);
    }

    /// <summary>The absolute path of the Guild file of a Python package on Python's path; null if there is none.</summary>
    public static string? Locate(string name, PackageSearch packages) => Places(name, packages).FirstOrDefault(File.Exists);

    private string? FindPackage(string name) => Places(name, packages).Select(FindFile).FirstOrDefault(f => f is not null);

    private static IEnumerable<string> Places(string name, PackageSearch packages)
    {
        if (!PackageName().IsMatch(name))
        {
            return [];
        }

        var relative = Path.Combine(name.Replace('.', Path.DirectorySeparatorChar), GuildFileReader.FileName);
        return packages.Folders.Select(f => Path.GetFullPath(relative, f));
    }

    private string? FindFile(string path)
    {
        if (File.Exists(path))
        {
            return path;
        }

        _absent.Add(path);
        return null;
    }

    private YamlNode? Read(string path, TextPosition requested)
    {
        _sources.Add(path);
        try
        {
            return Compose(GuildFileReader.ReadBytes(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var position = requested == default ? new(1, 1) { File = path } : requested;
            findings.Error(DiagnosticIds.Unreadable, position, $"'{path}' cannot be read: {exception.Message}");
            return null;
        }
    }

    private YamlNode? Compose(ReadOnlySpan<byte> bytes, string? file)
    {
        var source = YamlEncoding.Decode(bytes);
        var document = source.Problem is null ? YamlComposer.Compose(source.Text, YamlLimits.Default, file) : new(null, [source.Problem]);
        foreach (var problem in document.Problems)
        {
            findings.Add(problem with { Position = problem.Position with { File = file } });
        }

        return document.Root;
    }

    [GeneratedRegex(@"^[\w-]+(?:\.[\w-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackageName();
}
