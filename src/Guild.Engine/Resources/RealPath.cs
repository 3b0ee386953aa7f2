namespace Guild.Engine.Resources;

/// <summary>Paths without links in any of their parts.</summary>
internal static class RealPath
{
    /// <summary>Resolves the links in every part of an absolute path: a link's target can lie below other links.</summary>
    public static string Of(string path)
    {
        var real = Path.GetPathRoot(path) ?? "";
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Target(Path.Join(real, part));
        }

        return real;
    }

    /// <summary>Whether a path is a folder or lies below it; both as they are written.</summary>
    public static bool IsWithin(string path, string directory)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return path.StartsWith(directory, comparison)
            && (path.Length == directory.Length || Path.EndsInDirectorySeparator(directory) || path[directory.Length] == Path.DirectorySeparatorChar);
    }

    private static string Target(string path)
    {
        try
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName is { } target ? Of(target) : path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
