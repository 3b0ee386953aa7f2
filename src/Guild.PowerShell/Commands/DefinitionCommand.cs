using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Operations;
using Guild.Engine.Packages;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that list what projects and installed packages declare.</summary>
public abstract class DefinitionCommand : ProjectCommand
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

    /// <summary>Lists those of installed packages too: Python packages of the active environment and PowerShell modules that have a Guild file.</summary>
    [Parameter]
    public SwitchParameter Installed { get; set; }

    /// <summary>Names of installed packages whose own are listed, and no project's; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PackageCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Package { get; set; }

    /// <summary>The names that the user asks for, or null for all.</summary>
    private protected abstract string[]? Names { get; }

    /// <summary>What is listed.</summary>
    private protected abstract NameKind Kind { get; }

    /// <summary>Writes what a project has and the user asks for.</summary>
    /// <returns>The names of all that it has, whether asked for or not.</returns>
    private protected abstract IEnumerable<string> List(Project project);

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (Package is null && !Installed)
        {
            ProcessProjects();
            return;
        }

        // Projects come down the pipeline, packages do not: they are listed once for each list of names.
        var known = Package is null ? ListProjects() : [];
        if (_listed.Add(string.Join('\n', Names ?? [])))
        {
            known.AddRange(ListPackages(Found()));
            ReportUnmatched(Names, [.. known.Distinct(StringComparer.Ordinal)], Kind, Package is null ? "in the project or in an installed package" : "in these packages");
        }
    }

    private protected sealed override void ProcessProject(Project project) =>
        ReportUnmatched(Names, [.. List(project).Distinct(StringComparer.Ordinal)], Kind, $"in '{project.File.Path}'");

    // Where there is no project, what is installed is all that can be listed.
    private void ProcessProjects()
    {
        try
        {
            base.Process();
        }
        catch (GuildFileNotFoundException) when (Path is null && LiteralPath is null)
        {
            var found = Found();
            if (found.Projects.Count == 0)
            {
                throw;
            }

            ReportUnmatched(Names, [.. ListPackages(found).Distinct(StringComparer.Ordinal)], Kind, "in an installed package");
        }
    }

    private List<string> ListProjects()
    {
        var known = new List<string>();
        try
        {
            ForPaths(Path, LiteralPath, folder => known.AddRange(List(Warned(Opened(folder)))));
        }
        catch (GuildFileNotFoundException) when (Path is null && LiteralPath is null)
        {
            // Packages are there without a project too.
        }

        return known;
    }

    private List<string> ListPackages(PackageProjects found)
    {
        foreach (var warning in found.Warnings.Where(_told.Add))
        {
            WriteWarning(warning);
        }

        return [.. found.Projects.SelectMany(List)];
    }

    private PackageProjects Found()
    {
        var packages = Session.Packages;
        foreach (var pattern in Package ?? [])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(pattern) && packages.Installed.Named(pattern) is null)
            {
                var nearest = Engine.GuildFiles.NearestNames.Sort(pattern, packages.Installed.All.Select(p => p.Name));
                var list = nearest.Count == 0 ? "" : $" There is: {string.Join(", ", nearest.Take(12).Select(n => $"'{n}'"))}.";
                WriteError(ErrorRecords.Of(new NameNotFoundException(
                    NameKind.Package,
                    pattern,
                    $"There is no installed package '{pattern}' with a guild.yml.{list}",
                    nearest,
                    "Install it, or activate the environment that has it.")));
            }
        }

        return PackageProjects.Of(packages, name => Package is null || IsMeant(Package, name) || Array.Exists(Package, p => packages.Installed.Named(p)?.Name == name));
    }
}
