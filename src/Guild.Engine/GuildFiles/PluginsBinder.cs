using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds which plugins are enabled, and the attributes of the past that said which are not.</summary>
internal static class PluginsBinder
{
    /// <summary>Null for the default set, false for none, or a list of names.</summary>
    public static object? Bind(Attributes attributes)
    {
        var disabled = Disabled(attributes, "disabled-plugins") || Disabled(attributes, "disable-plugins");
        return attributes.Node("plugins") switch
        {
            null => disabled ? false : null,
            YamlScalar { Value: true } => null,
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
