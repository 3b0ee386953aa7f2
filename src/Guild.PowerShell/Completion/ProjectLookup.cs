using System.Collections;
using System.Management.Automation;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Packages;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.Completion;

/// <summary>Finds the project that a command being typed is about. Completion never raises: where there is nothing to offer it offers nothing.</summary>
internal static class ProjectLookup
{
    /// <summary>The project of the folder that <c>-Path</c> names, else of the session's folder, or null.</summary>
    public static Project? Find(IDictionary boundParameters)
    {
        var folder = Try(() => PathInSession(boundParameters["Path"] ?? boundParameters["LiteralPath"] ?? boundParameters["ProjectPath"]));
        var packages = Packages();
        return folder is null || packages is null
            ? null
            : Try(() => Project.OpenFor(folder, boundParameters["Operation"]?.ToString() ?? "", packages)) ?? Try(() => Project.Open(folder, packages));
    }

    /// <summary>Where packages are looked for, or null.</summary>
    public static PackageSearch? Packages() => Try(() => new SessionContext(PathInSession(null)).Packages);

    /// <summary>The projects of the installed packages that a word being typed can name: only where it says a package, or where there is no project.</summary>
    public static IReadOnlyList<Project> OfPackages(string word, Project? project) => project is null || word.Contains('/', StringComparison.Ordinal)
        ? Try(() => PackageProjects.Of(Packages() ?? PackageSearch.None))?.Projects ?? []
        : [];

    /// <summary>The project as its Guild file declares it, or null: what is typed for an operation so far may be a script's name, and is not looked at.</summary>
    public static Project? FindDeclared(IDictionary boundParameters) => Try(() => Project.Open(
        PathInSession(boundParameters["Path"] ?? boundParameters["LiteralPath"] ?? boundParameters["ProjectPath"]),
        new SessionContext(PathInSession(null)).Packages));

    /// <summary>The session's context, or null where there is none.</summary>
    public static EngineContext? Context() => Try(() => new SessionContext(PathInSession(null)).EngineContext());

    /// <summary>The absolute path of what the user typed, from the session's folder; that folder for null.</summary>
    public static string PathInSession(object? path)
    {
        // A completer has no cmdlet to ask, and the proxy of a runspace answers only while no pipeline runs in it, which is never the case here.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(
            """
            if ($args[0]) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0]) }
            else { $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath }
            """,
            useLocalScope: true);
        return shell.AddArgument(path?.ToString()).Invoke<string>()[0];
    }

    /// <summary>What is found, or null where looking for it fails.</summary>
    public static T? Try<T>(Func<T> find)
        where T : class
    {
        try
        {
            return find();
        }
        catch (Exception error) when (IsExpected(error))
        {
            return null;
        }
    }

    /// <summary>True for what can go wrong while something is looked for that is half typed: it is told when the command is run.</summary>
    public static bool IsExpected(Exception error) => Streams.ErrorRecords.IsExpected(error)
        || error is InvalidOperationException or ArgumentException or NotSupportedException or RuntimeException or IOException or UnauthorizedAccessException or ClassicUsageException;
}
