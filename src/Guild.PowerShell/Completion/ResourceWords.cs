using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for the resources that an operation requires.</summary>
internal static class ResourceWords
{
    /// <summary>The names under which they can be given, each once.</summary>
    public static IReadOnlyList<string> NamesOf(Project project, OperationDefinition operation) =>
        RequiredResources.Names(project.File, operation, DefaultsOf(operation));

    /// <summary>The values of the flags as far as they are known before anything is given: names of resources can refer to them.</summary>
    public static IReadOnlyDictionary<string, object?> DefaultsOf(OperationDefinition operation) =>
        operation.Flags.ToDictionary(f => f.Name, f => f.Default, StringComparer.Ordinal);
}
