using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Guild.Loading;

/// <summary>
/// The load context of the engine and the packages that it uses. Another module of the same session can hold
/// another version of any of these packages in the default context; neither sees the other's.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string EngineName = "Guild.Engine";

    private static readonly string DependenciesDirectory =
        Path.Combine(Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!, "Dependencies");

    // Made when the first engine type is touched, not at import: the resolver reads the engine's list of dependencies.
    private static readonly Lazy<EngineLoadContext> Instance = new(() => new EngineLoadContext());

    private static int _isRegistered;

    private readonly AssemblyDependencyResolver _resolver = new(Path.Combine(DependenciesDirectory, EngineName + ".dll"));

    private EngineLoadContext()
        : base("Guild")
    {
    }

    /// <summary>Lets the default context find the engine, and nothing else, in this one. Once for the process; later calls do nothing.</summary>
    internal static void Register()
    {
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0)
        {
            Default.Resolving += ResolveEngine;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string? path = _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string? path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? nint.Zero : NativeLibrary.Load(path);
    }

    private static Assembly? ResolveEngine(AssemblyLoadContext context, AssemblyName name)
    {
        return name.Name == EngineName ? Instance.Value.LoadFromAssemblyName(name) : null;
    }
}
