using Guild.Engine.Operations;

namespace Guild.Engine.Metrics;

/// <summary>The plugins of Guild AI that measure the system, by the names that <c>plugins</c> of a Guild file has for them.</summary>
internal static class MetricPlugins
{
    public const string Processor = "cpu";
    public const string Disk = "disk";
    public const string Gpu = "gpu";
    public const string Memory = "memory";

    /// <summary>The variable in which a program, and the record of its run, find the names of the active plugins, with commas.</summary>
    public const string Variable = "GUILD_PLUGINS";

    private static readonly string[] All = [Processor, Disk, Gpu, Memory];

    // Guild AI's name for all of its plugins that write more values beside those that a program writes.
    private static readonly string[] NamesOfAll = ["all", "summary"];

    /// <summary>All names that <c>plugins</c> can have to some effect.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All, .. NamesOfAll];

    /// <summary>The plugins that an operation asks for, in ordinal order. One that says nothing asks for none.</summary>
    /// <param name="plugins">What the operation says: null, a bool, or a list of names.</param>
    /// <param name="context">The surroundings: with all of them, what this machine does not have is not meant.</param>
    public static IReadOnlyList<string> Of(object? plugins, EngineContext context) => plugins switch
    {
        null or false => [],
        true => Possible(context),
        IReadOnlyList<string> names when NamesOfAll.Any(names.Contains) => Possible(context, names),
        IReadOnlyList<string> names => [.. All.Where(names.Contains)],
        _ => [],
    };

    /// <summary>False if a program's environment names none of them, as that of most programs.</summary>
    public static bool AreNamedIn(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(Variable, out var names) && names is not ("" or "python_script") && Of(environment).Count > 0;

    /// <summary>The plugins that a program's environment names.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(Variable, out var names) ? [.. All.Intersect(names.Split(','), StringComparer.Ordinal)] : [];

    private static string[] Possible(EngineContext context, IReadOnlyList<string>? names = null) =>
        names?.Contains(Gpu) == true || GpuQuery.Find(context.WorkingDirectory, context.Environment) is not null ? All : [.. All.Where(name => name != Gpu)];
}
