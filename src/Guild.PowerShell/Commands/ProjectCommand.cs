using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that look at one or more projects: <c>-Path</c> and <c>-LiteralPath</c>, else the current folder.</summary>
public abstract class ProjectCommand : PathCommand
{
    /// <summary>Folders of projects, or Guild files; wildcards are resolved.</summary>
    [Parameter(ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Folders of projects, or Guild files, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Does the work for one project.</summary>
    private protected abstract void ProcessProject(Project project);

    /// <inheritdoc/>
    protected override void Process()
    {
        ForPaths(Path, LiteralPath, folder => ProcessProject(Warned(Opened(folder))));
    }

    /// <summary>Opens the project of a folder.</summary>
    private protected virtual Project Opened(string folder) => Project.Open(folder, Session.Packages);

    /// <summary>The project with the flags that operations have from the code that they run; what could not be read is told.</summary>
    private protected Project Imported(Project project, Func<OperationDefinition, bool> isWanted)
    {
        var imported = FlagImport.In(project, isWanted, EngineContext, StopToken);
        foreach (var warning in imported.Warnings)
        {
            WriteWarning(warning);
        }

        return imported.Project;
    }

    /// <summary>Tells the warnings of a Guild file.</summary>
    private protected Project Warned(Project project)
    {
        foreach (var warning in project.File.Warnings)
        {
            WriteWarning(warning.ToString());
        }

        return project;
    }

    /// <summary>True if a name is meant by any of the patterns, or if there are none.</summary>
    private protected static bool IsMeant(string[]? patterns, params string[] names) =>
        patterns is null || patterns.Any(p => names.Any(n => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(n)));

    /// <summary>Says that a name without wildcards names nothing, nearest first.</summary>
    private protected void ReportUnmatched(string[]? patterns, IReadOnlyCollection<string> known, NameKind kind, string place)
    {
        foreach (var pattern in patterns ?? [])
        {
            if (WildcardPattern.ContainsWildcardCharacters(pattern) || known.Any(n => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(n)))
            {
                continue;
            }

            var nearest = NearestNames.Sort(pattern, known);
            var list = nearest.Count == 0 ? "" : $" There is: {string.Join(", ", nearest.Take(12).Select(n => $"'{n}'"))}.";
            WriteError(ErrorRecords.Of(new NameNotFoundException(kind, pattern, $"There is no {kind.ToString().ToLowerInvariant()} '{pattern}' {place}.{list}", nearest)));
        }
    }
}
