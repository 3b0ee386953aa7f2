using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds which plugins are enabled, and the attributes of the past that said which are not.</summary>
internal static class PluginsBinder
{
    /// <summary>Null if nothing is said, true for all that there are, false for none, or a list of names.</summary>
    public static object? Bind(Attributes attributes)
    {
        var disabled = Disabled(attributes, "disabled-plugins") || Disabled(attributes, "disable-plugins");
        return attributes.Node("plugins") switch
        {
            null or YamlScalar { Value: null } => disabled ? false : null,
            YamlScalar { Value: true } => true,
            YamlScalar { Value: false } => false,
            _ => attributes.TextList("plugins"),
        };
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
