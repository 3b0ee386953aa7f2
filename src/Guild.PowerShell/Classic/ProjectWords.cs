namespace Guild.PowerShell.Classic;

/// <summary>The commands about a project and about Guild itself.</summary>
internal static class ProjectWords
{
    private static readonly OptionSpec All = OptionSpec.Switch("List private ones too.", "-a", "--all");
    private static readonly OptionSpec Verbose = OptionSpec.Switch("Show details.", "-v", "--verbose");
    private static readonly OptionSpec NoPager = OptionSpec.Switch("Do not use a pager; none is used in any case.", "-n", "--no-pager") with { IsHidden = true };

    private static readonly OptionSpec Installed = OptionSpec.Switch("List those of installed packages too. Where there is no project they are listed anyway.", "-i", "--installed");

    private static readonly OptionSpec Status = OptionSpec.Switch("Show what there is of each source: in the cache, or where it is taken from.", "--status");

    /// <summary><c>guild operations</c>.</summary>
    public static readonly CommandSpec Operations = List(DefinitionKind.Operation, "operations", "ops");

    /// <summary><c>guild models</c>.</summary>
    public static readonly CommandSpec Models = List(DefinitionKind.Model, "models");

    /// <summary><c>guild resources</c>.</summary>
    public static readonly CommandSpec Resources = List(DefinitionKind.Resource, "resources");

    /// <summary><c>guild help</c>.</summary>
    public static readonly CommandSpec Help = new()
    {
        Names = ["help"],
        Summary = "Show help for the models and operations of a project.",
        Details = ["Without PATH it is the project of the current folder. PATH can also name an installed package."],
        Arguments = [new("PATH", "[PATH]", ArgumentKind.Optional, WordKind.Path)],
        Options =
        [
            NoPager,
            OptionSpec.Absent("--package-description"),
            OptionSpec.Absent("--markdown"),
            OptionSpec.AbsentValue("--base-heading-level"),
            OptionSpec.AbsentValue("--title"),
        ],
        Read = static parsed => new ProjectHelpCommand(parsed.Arguments is [string path, ..] ? path : null),
    };

    /// <summary><c>guild check</c>.</summary>
    public static readonly CommandSpec Check = new()
    {
        Names = ["check"],
        Summary = "Check the setup.",
        Options =
        [
            Verbose,
            OptionSpec.Absent("-n", "--no-info"),
            OptionSpec.Absent("-T", "--tests"),
            OptionSpec.AbsentValue("-t", "--test"),
            OptionSpec.AbsentValue("-s", "--skip"),
            OptionSpec.Absent("--env"),
            OptionSpec.Absent("--tensorflow"),
            OptionSpec.Absent("--pytorch"),
            OptionSpec.Absent("--r-script"),
            OptionSpec.Absent("--force-test"),
            OptionSpec.Absent("-f", "--fast"),
            OptionSpec.AbsentValue("-c", "--concurrency"),
            OptionSpec.Absent("--space"),
            OptionSpec.AbsentValue("--version"),
            OptionSpec.Absent("--notify"),
            OptionSpec.AbsentValue("-r", "--remote"),
            OptionSpec.Absent("--offline", "--no-offline"),
        ],
        Read = static parsed => new CheckCommand(parsed.Has(Verbose)),
    };

    /// <summary><c>guild version</c>.</summary>
    public static readonly CommandSpec Version = new()
    {
        Names = ["version"],
        Summary = "Show the version.",
        Read = static _ => new VersionCommand(),
    };

    private static WordKind ListedBy(DefinitionKind kind) => kind switch
    {
        DefinitionKind.Operation => WordKind.ListedOperation,
        DefinitionKind.Model => WordKind.ListedModel,
        _ => WordKind.ListedResource,
    };

    private static CommandSpec List(DefinitionKind kind, params string[] names) => new()
    {
        Names = names,
        Summary = $"List {names[0]}.",
        Details = ["A FILTER that is a folder limits the list to the Guild file in it. Any other must occur in the name or the description."],
        Arguments = [new("FILTER", "[FILTER]...", ArgumentKind.Many, ListedBy(kind))],
        Options = [All, Verbose, .. kind == DefinitionKind.Resource ? [Status] : Array.Empty<OptionSpec>(), Installed],
        Read = parsed => new ListDefinitionsCommand
        {
            Kind = kind,
            Filters = [.. parsed.Arguments],
            ShowsAll = parsed.Has(All),
            IsVerbose = parsed.Has(Verbose),
            ShowsInstalled = parsed.Has(Installed),
            ShowsStatus = kind == DefinitionKind.Resource && parsed.Has(Status),
        },
    };
}
