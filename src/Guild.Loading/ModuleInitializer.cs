using System.Management.Automation;

namespace Guild.Loading;

/// <summary>
/// Makes the engine reachable before PowerShell looks at the cmdlets. The manifest names this assembly first among its nested
/// modules, because PowerShell reads the public types of a nested assembly before it calls that assembly's own initializer.
/// </summary>
/// <remarks>
/// There is no counterpart for the removal of the module: the load context belongs to the process, and another runspace
/// may still use it. Importing again finds it as it was.
/// </remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>Called by PowerShell at each import. Reads no file.</summary>
    public void OnImport() => EngineLoadContext.Register();
}
