using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>
/// Completes models with what they extend. The child wins; of several parents the first. Mappings merge key by key, lists and scalars do not.
/// </summary>
internal sealed class Inheritance(LoadedFile file, GuildFileLoader loader, ExpansionBudget budget, Findings findings)
{
    /// <summary>The attributes that are inherited.</summary>
    public static IReadOnlySet<string> Inheritable { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "description", "extra", "flags", "operation-defaults", "operations", "params", "references", "resources", "sourcecode",
    };

    // Parents are completed once, however many children they have.
    private readonly Dictionary<(YamlMapping Item, LoadedFile? Package), InheritedItem> _completed = [];

    /// <summary>The model or config with all that it inherits. What cannot be found is reported and left out.</summary>
    public InheritedItem Complete(YamlMapping item) => Complete(item, file, []);

    private InheritedItem Complete(YamlMapping item, LoadedFile source, IReadOnlyList<(YamlMapping Item, string Name)> path)
    {
        if (item.Find("extends")?.Value is not { } extends)
        {
            return new(item, []);
        }

        var completed = item;
        var packages = new List<LoadedFile>();
        foreach (var name in TextLists.Read(extends, "'extends'", findings))
        {
            if (Parent(name, extends.Start, source, path) is { } parent)
            {
                completed = AddMissing(completed, parent.Item, Section.Model);
                packages.AddRange(parent.Packages);
            }
        }

        return new(completed, [.. packages.Distinct()]);
    }

    private InheritedItem? Parent(string name, TextPosition position, LoadedFile source, IReadOnlyList<(YamlMapping Item, string Name)> path)
    {
        if (Find(name, position, source) is not var (item, package))
        {
            return null;
        }

        if (path.Any(p => ReferenceEquals(p.Item, item)))
        {
            findings.Error(DiagnosticIds.InvalidReference, position, $"'extends' goes round in a circle: {string.Join(" -> ", path.Select(p => p.Name))} -> {name}.");
            return null;
        }

        if (path.Count >= ExpansionBudget.Depth)
        {
            findings.Error(DiagnosticIds.TooLarge, position, $"'extends' leads through more than {ExpansionBudget.Depth} parents.");
            return null;
        }

        if (_completed.TryGetValue((item, package), out var known))
        {
            return known;
        }

        var completed = Complete(item, package ?? source, [.. path, (item, name)]);
        if (package is not null)
        {
            completed = completed with { Packages = [package, .. completed.Packages] };
        }

        _completed[(item, package)] = completed;
        return budget.TrySpend(completed.Item) ? completed : null;
    }

    // The parent, and the package that it is of; no package for one of the same file.
    private (YamlMapping Item, LoadedFile? Package)? Find(string name, TextPosition position, LoadedFile source)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            if (source.Index.Find(name) is { } item)
            {
                return (item, null);
            }

            Report(position, $"there is no model or config '{name}'.{Hint(name, source)}");
            return null;
        }

        var (packageName, model) = (name[..slash], name[(slash + 1)..]);
        if (model.Length == 0)
        {
            Report(position, $"'{name}' names no model of the package. Expected PACKAGE/MODEL.");
            return null;
        }

        if (loader.Package(packageName) is not { } package)
        {
            Report(position, $"there is no package '{packageName}' with a guild.yml. Install it, or activate the environment that has it.{loader.InsteadOfPackage(packageName)}");
            return null;
        }

        if (package.Index.Find(model) is { } inherited)
        {
            return (inherited, package);
        }

        Report(position, $"package '{packageName}' ('{package.Path}') has no model or config '{model}'.{Hint(model, package)}");
        return null;
    }

    private void Report(TextPosition position, string message) => findings.Error(DiagnosticIds.InvalidReference, position, $"'extends': {message}");

    private static string Hint(string name, LoadedFile source) => NearestNames.Nearest(name, source.Index.Names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static YamlMapping AddMissing(YamlMapping child, YamlMapping parent, Section section)
    {
        var entries = child.Entries.ToList();
        var indexes = entries.Select((e, i) => (e.Key.Text, i)).ToDictionary(e => e.Text, e => e.i, StringComparer.Ordinal);
        foreach (var (key, value) in parent.Entries)
        {
            if (section == Section.Model && !Inheritable.Contains(key.Text))
            {
                continue;
            }

            if (!indexes.TryGetValue(key.Text, out var index))
            {
                entries.Add(new(key, value));
                continue;
            }

            var below = Sections.Below(section, key.Text);
            if (Sections.WriteOut(entries[index].Value, below) is YamlMapping own && Sections.WriteOut(value, below) is YamlMapping inherited)
            {
                entries[index] = new(entries[index].Key, AddMissing(own, inherited, below));
            }
        }

        return new(child.Start, child.End, child.Tag, [.. entries]);
    }
}

/// <summary>A model or config with all that it inherits.</summary>
/// <param name="Item">The model or config.</param>
/// <param name="Packages">The Guild files of the packages that it inherits from, nearest first.</param>
internal sealed record InheritedItem(YamlMapping Item, IReadOnlyList<LoadedFile> Packages);
