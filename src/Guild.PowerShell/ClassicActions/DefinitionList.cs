using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild operations</c>, <c>models</c> and <c>resources</c>.</summary>
internal static class DefinitionList
{
    public static int Do(ListDefinitionsCommand command, ClassicSession session)
    {
        var folders = command.Filters.Where(f => IsFolder(f, session)).Select(session.ResolveInProject).Distinct(StringComparer.Ordinal).ToList();
        var terms = command.Filters.Where(f => !IsFolder(f, session)).ToList();
        var rows = Projects(folders, command, session)
            .SelectMany(project => command.ShowsStatus ? Statuses(project, command.ShowsAll, session) : Rows(project, command, session))
            .Where(row => terms.TrueForAll(term => Has(row, term)))
            .OrderBy(row => row.Name, StringComparer.Ordinal)
            .ToList();
        session.Print(command.IsVerbose ? DefinitionListText.FormatVerbose(rows) : DefinitionListText.Format(rows));
        return ClassicExit.Success;
    }

    // Where there is no project, what is installed is all that can be listed.
    private static IEnumerable<Project> Projects(List<string> folders, ListDefinitionsCommand command, ClassicSession session)
    {
        if (folders.Count > 0)
        {
            return folders.Select(session.OpenProject).Concat(command.ShowsInstalled ? session.OpenPackages() : []);
        }

        try
        {
            return [session.OpenProject(), .. command.ShowsInstalled ? session.OpenPackages() : []];
        }
        catch (GuildFileNotFoundException)
        {
            var packages = session.OpenPackages();
            if (packages.Count == 0 && !command.ShowsInstalled)
            {
                throw;
            }

            return packages;
        }
    }

    // A bare word is a term even if a folder has its name; a path says that it is one.
    private static bool IsFolder(string filter, ClassicSession session) =>
        (filter is "." or ".." || filter.Contains('/', StringComparison.Ordinal) || filter.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        && Directory.Exists(session.ResolveInProject(filter));

    private static bool Has(DefinitionRow row, string term) =>
        row.Name.Contains(term, StringComparison.OrdinalIgnoreCase) || row.Description.Contains(term, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<DefinitionRow> Rows(Project project, ListDefinitionsCommand command, ClassicSession session) => command.Kind switch
    {
        DefinitionKind.Operation => Operations(command.IsVerbose ? session.Imported(project, _ => true) : project, command.ShowsAll),
        DefinitionKind.Model => Models(project, command.ShowsAll),
        _ => Resources(project, command.ShowsAll),
    };

    private static IEnumerable<DefinitionRow> Operations(Project project, bool showsAll) => project.Operations
        .Where(o => showsAll || (!IsPrivate(o.Name) && !IsPrivate(o.ModelName)))
        .Select(o => new DefinitionRow(project.NameOf(o), o.Description,
        [
            new("source", project.File.Path),
            o.Exec is null ? new("main", o.Main ?? "") : new("exec", o.Exec),
            new("flags", "", [.. o.Flags.Select(f => $"{f.Name}: {FlagHelp.Of(o, f).Line}")]),
            new("details", "", Details(o.Description)),
        ]));

    private static IEnumerable<DefinitionRow> Models(Project project, bool showsAll) => project.Models
        .Where(m => showsAll || (m.Name.Length > 0 && !IsPrivate(m.Name)))
        .Select(m => new DefinitionRow(project.Package is null ? m.Name : $"{project.Package.Name}/{m.Name}", m.Description,
        [
            new("source", project.File.Path),
            new("operations", string.Join(", ", m.Operations.Where(o => showsAll || !IsPrivate(o.Name)).Select(o => o.Name))),
            new("details", "", Details(m.Description)),
        ]));

    private static IEnumerable<DefinitionRow> Resources(Project project, bool showsAll) => project.Models
        .SelectMany(m => m.Resources.Where(r => showsAll || !(r.IsPrivate || IsPrivate(r.Name))).Select(r => new GuildResource(project, m, r)))
        .Select(r => new DefinitionRow(r.FullName, r.Description, [new("sources", "", [.. r.Sources.Select(s => s.Uri)])]));

    private static IEnumerable<DefinitionRow> Statuses(Project project, bool showsAll, ClassicSession session) =>
        from model in project.Models
        from resource in model.Resources
        where showsAll || !(resource.IsPrivate || IsPrivate(resource.Name))
        let shown = new GuildResource(project, model, resource)
        from found in SourceStatus.Of(project, model, resource, session.Engine)
        let status = new GuildResourceStatus(project, shown, found, session.Engine.Time.GetUtcNow())
        select new DefinitionRow(status.Resource, StatusLine(status),
        [
            new("path", status.Path ?? ""),
            new("sha256", status.Sha256 ?? ""),
            new("unpacked", status.UnpackedPath ?? ""),
            new("problem", status.Problem ?? ""),
        ]);

    private static string StatusLine(GuildResourceStatus status)
    {
        string?[] parts = [status.State, status.Length > 0 ? ViewText.Size(status.Length) : null, status.Age is null ? null : $"{ViewText.Time(status.Age)} old", status.Unpacked == true ? "unpacked" : null];
        return $"{status.Source}: {string.Join(", ", parts.OfType<string>())}";
    }

    private static string[] Details(string description) =>
        [.. description.Trim().Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool IsPrivate(string name) => name.StartsWith('_');
}
