using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild operations</c>, <c>models</c> and <c>resources</c>.</summary>
internal static class DefinitionList
{
    public static int Do(ListDefinitionsCommand command, ClassicSession session)
    {
        var folders = command.Filters.Where(f => IsFolder(f, session)).Select(session.ResolveInProject).Distinct(StringComparer.Ordinal).ToList();
        var terms = command.Filters.Where(f => !IsFolder(f, session)).ToList();
        var rows = (folders.Count == 0 ? [session.OpenProject()] : folders.Select(session.OpenProject))
            .SelectMany(project => Rows(project, command, session))
            .Where(row => terms.TrueForAll(term => Has(row, term)))
            .OrderBy(row => row.Name, StringComparer.Ordinal)
            .ToList();
        session.Print(command.IsVerbose ? DefinitionListText.FormatVerbose(rows) : DefinitionListText.Format(rows));
        return ClassicExit.Success;
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
        .Select(o => new DefinitionRow(o.FullName, o.Description,
        [
            new("source", project.File.Path),
            o.Exec is null ? new("main", o.Main ?? "") : new("exec", o.Exec),
            new("flags", "", [.. o.Flags.Select(f => $"{f.Name}: {FlagHelp.Of(o, f).Line}")]),
            new("details", "", Details(o.Description)),
        ]));

    private static IEnumerable<DefinitionRow> Models(Project project, bool showsAll) => project.Models
        .Where(m => showsAll || (m.Name.Length > 0 && !IsPrivate(m.Name)))
        .Select(m => new DefinitionRow(m.Name, m.Description,
        [
            new("source", project.File.Path),
            new("operations", string.Join(", ", m.Operations.Where(o => showsAll || !IsPrivate(o.Name)).Select(o => o.Name))),
            new("details", "", Details(m.Description)),
        ]));

    private static IEnumerable<DefinitionRow> Resources(Project project, bool showsAll) => project.Models
        .SelectMany(m => m.Resources.Where(r => showsAll || !(r.IsPrivate || IsPrivate(r.Name))).Select(r => new GuildResource(project, m, r)))
        .Select(r => new DefinitionRow(r.FullName, r.Description, [new("sources", "", [.. r.Sources.Select(s => s.Uri)])]));

    private static string[] Details(string description) =>
        [.. description.Trim().Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool IsPrivate(string name) => name.StartsWith('_');
}
