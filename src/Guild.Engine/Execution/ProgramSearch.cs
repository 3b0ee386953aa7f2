namespace Guild.Engine.Execution;

/// <summary>Finds the file of a program by its name, as a shell would, but in a given environment.</summary>
public static class ProgramSearch
{
    private const string DefaultUnixPath = "/usr/local/bin:/usr/bin:/bin";
    private const string DefaultExtensions = ".COM;.EXE;.BAT;.CMD";

    /// <summary>
    /// Finds a program. A name with a directory in it is taken relative to the working directory; any other is looked for on the PATH.
    /// </summary>
    /// <param name="name">The name or path of the program.</param>
    /// <param name="workingDirectory">The absolute path that relative paths, also those in PATH, start from.</param>
    /// <param name="environment">The environment with PATH, and on Windows PATHEXT.</param>
    /// <returns>The absolute path of the file, or null if there is none that can be executed.</returns>
    public static string? Find(string name, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var extensions = OperatingSystem.IsWindows() ? WindowsExtensions(name, environment) : [""];
        if (HasDirectory(name))
        {
            return FindIn(workingDirectory, name, extensions);
        }

        foreach (var directory in SearchPath(environment))
        {
            // An empty entry of PATH means the working directory on Unix, and nothing on Windows.
            if (directory.Length == 0 && OperatingSystem.IsWindows())
            {
                continue;
            }

            if (FindIn(Path.Combine(workingDirectory, directory), name, extensions) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    internal static bool HasDirectory(string name) =>
        name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal);

    private static string? FindIn(string directory, string name, IReadOnlyList<string> extensions)
    {
        foreach (var extension in extensions)
        {
            var path = Path.Combine(directory, name + extension);
            if (IsExecutable(path))
            {
                return Path.GetFullPath(path);
            }
        }

        return null;
    }

    // A folder can be "executed" too.
    private static bool IsExecutable(string path) => (OperatingSystem.IsWindows() || Posix.access(path, Posix.MayExecute) == 0) && File.Exists(path);

    private static string[] SearchPath(IReadOnlyDictionary<string, string> environment) =>
        (Variable(environment, "PATH") ?? (OperatingSystem.IsWindows() ? "" : DefaultUnixPath)).Split(Path.PathSeparator);

    private static List<string> WindowsExtensions(string name, IReadOnlyDictionary<string, string> environment)
    {
        var all = (Variable(environment, "PATHEXT") ?? DefaultExtensions).Split(';', StringSplitOptions.RemoveEmptyEntries);
        var hasOne = all.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        return hasOne ? ["", .. all] : [.. all];
    }

    // The names of variables differ by case on Unix only, whatever comparer the caller's dictionary has.
    private static string? Variable(IReadOnlyDictionary<string, string> environment, string name)
    {
        if (environment.TryGetValue(name, out var value) || !OperatingSystem.IsWindows())
        {
            return value;
        }

        return environment.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
    }
}
