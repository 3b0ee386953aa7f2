using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Guild.Host;

/// <summary>Makes <c>exit</c> in a script file end the session, as it does under <c>pwsh -File</c>.</summary>
/// <remarks>
/// Otherwise <c>exit 3</c> in a file does no more than set <c>$LASTEXITCODE</c>, and cannot be told from a program in the script that
/// ended with 3. The switch is not public; the host ships with the one version of PowerShell's engine that it was built with.
/// </remarks>
internal static class ScriptExit
{
    /// <summary>Throws the switch for this session.</summary>
    internal static void Rethrow(Runspace runspace)
    {
        const BindingFlags NonPublic = BindingFlags.Instance | BindingFlags.NonPublic;
        object? context = runspace.GetType().GetProperty("GetExecutionContext", NonPublic)?.GetValue(runspace);
        PropertyInfo? property = context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", NonPublic);
        if (property is null)
        {
            throw new InvalidOperationException("This version of PowerShell's engine does not let a script file end its host.");
        }

        property.SetValue(context, true);
    }
}
