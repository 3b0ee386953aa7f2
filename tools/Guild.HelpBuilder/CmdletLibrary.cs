using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.Loader;

namespace Guild.HelpBuilder;

/// <summary>The cmdlets of the module as PowerShell sees them: their parameter sets are the source of every syntax line.</summary>
internal sealed class CmdletLibrary
{
    private readonly Dictionary<string, CmdletInfo> _cmdlets;

    private CmdletLibrary(Dictionary<string, CmdletInfo> cmdlets)
    {
        _cmdlets = cmdlets;
    }

    /// <summary>Loads the assembly with the cmdlets; what it references is looked for in the other folder.</summary>
    internal static CmdletLibrary Load(string assemblyPath, string dependencies)
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string path = Path.GetFullPath(Path.Combine(dependencies, name.Name + ".dll"));
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
        Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath));
        IEnumerable<SessionStateCmdletEntry> entries = assembly.GetExportedTypes()
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<CmdletAttribute>()))
            .Where(cmdlet => cmdlet.Attribute is not null)
            .Select(cmdlet => new SessionStateCmdletEntry($"{cmdlet.Attribute!.VerbName}-{cmdlet.Attribute.NounName}", cmdlet.Type, null));
        var cmdlets = InSession([.. entries]).ToDictionary(cmdlet => cmdlet.Name, StringComparer.OrdinalIgnoreCase);
        return new CmdletLibrary(cmdlets);
    }

    // Parameters that a cmdlet makes for each command line are known in a session only. It stays open and the thread's own: they are asked for when they are written.
    private static IEnumerable<CmdletInfo> InSession(SessionStateCmdletEntry[] entries)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(entries);
        Runspace.DefaultRunspace = RunspaceFactory.CreateRunspace(state);
        Runspace.DefaultRunspace.Open();
        Runspace.DefaultRunspace.SessionStateProxy.Path.SetLocation(AppContext.BaseDirectory);
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Get-Command").AddParameter("Name", entries.Select(entry => entry.Name).ToArray());
        return [.. shell.Invoke<CmdletInfo>()];
    }

    /// <summary>The cmdlet that a page is about. Raises <see cref="PageException"/> if there is none.</summary>
    internal CmdletInfo Find(CmdletPage page) =>
        _cmdlets.TryGetValue(page.Name, out CmdletInfo? cmdlet) ? cmdlet : throw new PageException(page.Path, $"There is no cmdlet '{page.Name}'.");
}
