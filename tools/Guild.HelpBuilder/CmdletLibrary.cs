using System.Management.Automation;
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
        var cmdlets = new Dictionary<string, CmdletInfo>(StringComparer.OrdinalIgnoreCase);
        foreach (Type type in assembly.GetExportedTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } attribute)
            {
                string name = $"{attribute.VerbName}-{attribute.NounName}";
                cmdlets[name] = new CmdletInfo(name, type);
            }
        }

        return new CmdletLibrary(cmdlets);
    }

    /// <summary>The cmdlet that a page is about. Raises <see cref="PageException"/> if there is none.</summary>
    internal CmdletInfo Find(CmdletPage page) =>
        _cmdlets.TryGetValue(page.Name, out CmdletInfo? cmdlet) ? cmdlet : throw new PageException(page.Path, $"There is no cmdlet '{page.Name}'.");
}
