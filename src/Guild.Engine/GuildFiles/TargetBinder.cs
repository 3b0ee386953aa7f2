using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds where and how resources are placed in the run directory.</summary>
internal static class TargetBinder
{
    /// <summary><c>link</c>, <c>copy</c> or null.</summary>
    public static string? Type(Attributes attributes, string name)
    {
        if (attributes.Node(name) is not { } node)
        {
            return null;
        }

        if (node is YamlScalar { Value: "link" or "copy" } scalar)
        {
            return scalar.Text;
        }

        attributes.Findings.Error(
            DiagnosticIds.InvalidTargetType,
            node.Start,
            $"'{name}' of {attributes.Subject}: expected 'link' or 'copy', found {Findings.Describe(node)}.");
        return null;
    }

    /// <summary>The folder in the run directory, by either of its names, or null.</summary>
    public static string? Path(Attributes attributes)
    {
        var (target, path) = (RelativePath(attributes, "target-path"), RelativePath(attributes, "path"));
        if (target is not null && path is not null)
        {
            attributes.Findings.Warning(
                DiagnosticIds.IgnoredAttribute,
                attributes.Entry("path")!.Key.Start,
                $"'path' of {attributes.Subject} is ignored because 'target-path' is also there.");
        }

        return target ?? path;
    }

    /// <summary>A path that stays in the folder that it is relative to, or null.</summary>
    public static string? RelativePath(Attributes attributes, string name)
    {
        if (attributes.Text(name) is not { } path)
        {
            return null;
        }

        if (StaysInside(path))
        {
            return path;
        }

        attributes.Findings.Error(
            DiagnosticIds.InvalidTargetPath,
            attributes.Node(name)!.Start,
            $"'{name}' of {attributes.Subject}: '{path}' leads out of the run directory. Expected a relative path.");
        return null;
    }

    // A file that is written on one system is used on others, so what is absolute on any is absolute here.
    private static bool StaysInside(string path)
    {
        if (path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':'))
        {
            return false;
        }

        var depth = 0;
        foreach (var part in path.Split('/', '\\'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
            {
                return false;
            }
        }

        return true;
    }
}
