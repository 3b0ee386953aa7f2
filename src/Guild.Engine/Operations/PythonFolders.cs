using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Finds the folders of Python's path as the environment says it, for Guild files of packages. Python itself is started at most once for each
/// interpreter, and not at all for a virtual environment, whose folders are known.
/// </summary>
public static class PythonFolders
{
    private static readonly string[] Variables = ["GUILD_PYTHON_EXE", "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "PATH"];

    /// <summary>The search for packages in the environment of a context.</summary>
    public static PackageSearch Search(EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var key = string.Join('\n', Variables.Select(v => context.Environment.GetValueOrDefault(v, "")).Prepend(context.WorkingDirectory));
        return new(key, () => Find(context));
    }

    private static List<string> Find(EngineContext context)
    {
        var named = context.Environment.GetValueOrDefault("PYTHONPATH", "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(f => Path.GetFullPath(f, context.WorkingDirectory));
        string python;
        try
        {
            python = Interpreters.FindPython(context);
        }
        catch (ProgramException)
        {
            return [.. named];
        }

        return [.. named.Concat(PythonEnvironment.Folders(python, context)).Distinct(StringComparer.Ordinal)];
    }
}
