using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Finds the folders of Python's path and of PowerShell's module path as the environment says them, for Guild files of packages. Python itself is
/// started at most once for each interpreter, and not at all for a virtual environment, whose folders are known.
/// </summary>
public static class PythonFolders
{
    private const string ModulePath = "PSModulePath";

    private static readonly string[] Variables = ["GUILD_PYTHON_EXE", "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "PATH", ModulePath];

    /// <summary>The search for packages in the environment of a context.</summary>
    public static PackageSearch Search(EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var key = string.Join('\n', Variables.Select(v => context.Environment.GetValueOrDefault(v, "")).Prepend(context.WorkingDirectory));
        return new(key, () => Find(context), () => Paths(context, ModulePath));
    }

    private static List<string> Find(EngineContext context)
    {
        var named = Paths(context, "PYTHONPATH");
        string python;
        try
        {
            python = Interpreters.FindPython(context);
        }
        catch (ProgramException)
        {
            return named;
        }

        return [.. named.Concat(PythonEnvironment.Folders(python, context)).Distinct(StringComparer.Ordinal)];
    }

    private static List<string> Paths(EngineContext context, string variable) =>
    [
        .. context.Environment.GetValueOrDefault(variable, "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(f => Path.GetFullPath(f, context.WorkingDirectory))
            .Distinct(StringComparer.Ordinal),
    ];
}
