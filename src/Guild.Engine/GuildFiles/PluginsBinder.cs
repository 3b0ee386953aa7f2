using Guild.Engine.Metrics;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds which plugins are enabled, and the attributes of the past that said which are not.</summary>
internal static class PluginsBinder
{
    // Those of Guild AI 0.9 that have no effect here.
    private static readonly string[] BuiltinPlugins =
    [
        "click_flags", "config_flags", "dask", "dvc", "exec_script", "hiplot", "ipynb", "perf", "python_frameworks", "python_script", "pytorch_flags", "quarto_document", "queue",
        "r_script", "resource_flags", "skopt",
    ];

    /// <summary>Null if nothing is said, true for all that there are, false for none, or a list of names.</summary>
    public static object? Bind(Attributes attributes)
    {
        var disabled = Disabled(attributes, "disabled-plugins") || Disabled(attributes, "disable-plugins");
        return attributes.Node("plugins") switch
        {
            null or YamlScalar { Value: null } => disabled ? false : null,
            YamlScalar { Value: true } => true,
            YamlScalar { Value: false } => false,
            { } node => Named(attributes, node),
        };
    }

    // Guild AI has more plugins, and packages can bring some. A slip is more likely if it is nearly one of those that mean something here.
    private static IReadOnlyList<string>? Named(Attributes attributes, YamlNode node)
    {
        var names = attributes.TextList("plugins");
        foreach (var name in (names ?? []).Where(name => !MetricPlugins.Names.Contains(name) && !BuiltinPlugins.Contains(name)))
        {
            if (NearestNames.Nearest(name, MetricPlugins.Names) is { } nearest)
            {
                attributes.Findings.Warning(
                    DiagnosticIds.UnknownPlugin, node.Start, $"'{name}' in 'plugins' of {attributes.Subject} has no effect. Did you mean '{nearest}'?");
            }
        }

        return names;
    }

    private static bool Disabled(Attributes attributes, string oldName)
    {
        if (attributes.Entry(oldName) is not { } entry)
        {
            return false;
        }

        var names = attributes.TextList(oldName) ?? [];
        attributes.Findings.Warning(
            DiagnosticIds.OldName,
            entry.Key.Start,
            $"'{oldName}' of {attributes.Subject} is an old name; today 'plugins' says which are enabled, and 'plugins: no' disables all.");
        return names.Contains("all", StringComparer.Ordinal);
    }
}
