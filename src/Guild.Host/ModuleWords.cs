using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Guild.Host;

/// <summary>
/// The one cmdlet of the module that takes the classic words, put into a session without the module around it. An import reads the manifest, the
/// views and every public type, for cmdlets that the words never name; it takes a third of the time in which a bare session starts.
/// </summary>
internal static class ModuleWords
{
    /// <summary>The name of the cmdlet. The module does not export it.</summary>
    internal const string CmdletName = "Invoke-GuildCommand";

    private const string CmdletType = "Guild.PowerShell.Commands.InvokeGuildCommandCommand";

    /// <summary>Adds the cmdlet, and the view of what it reports, to a session that is not open yet.</summary>
    internal static void AddTo(InitialSessionState state)
    {
        // As the manifest has it: the engine is reachable before anyone looks at the cmdlet.
        Type initializer = Load("Guild.Loading.dll").GetTypes().Single(type => type.IsAssignableTo(typeof(IModuleAssemblyInitializer)));
        ((IModuleAssemblyInitializer)Activator.CreateInstance(initializer)!).OnImport();
        Type cmdlet = Load("Guild.PowerShell.dll").GetType(CmdletType, throwOnError: true)!;
        state.Commands.Add(new SessionStateCmdletEntry(CmdletName, cmdlet, helpFileName: null));
        state.Formats.Add(new SessionStateFormatEntry(Path.Combine(ModuleLocation.Directory, "Views", "Guild.Format.ps1xml")));
    }

    private static Assembly Load(string name) => Assembly.LoadFrom(Path.Combine(ModuleLocation.Directory, name));
}
