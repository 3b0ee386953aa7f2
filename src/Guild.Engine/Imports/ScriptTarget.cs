using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Text;

namespace Guild.Engine.Imports;

/// <summary>The script that an operation runs, as a file of its project.</summary>
internal sealed record ScriptTarget
{
    /// <summary>The absolute path of the script.</summary>
    public required string Path { get; init; }

    /// <summary>The name by which messages call it: its path from the project's folder.</summary>
    public required string Name { get; init; }

    /// <summary>The words that come before the flags; they can name one of the script's commands.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The name of the Python module, or null for a file.</summary>
    public string? Module { get; init; }

    /// <summary>Absolute paths of the folders in front of Python's path.</summary>
    public IReadOnlyList<string> PythonPath { get; init; } = [];

    /// <summary>The absolute path of the project's folder.</summary>
    public required string Root { get; init; }

    /// <summary>True for a PowerShell script.</summary>
    public bool IsPowerShell => PowerShellCommand.IsScript(Path);

    /// <summary>Finds the script; null if the operation runs none, or one that the project does not have.</summary>
    public static ScriptTarget? Of(Project project, OperationDefinition operation)
    {
        if (operation.Main is null || operation.Exec is not null || Split(operation.Main) is not { Length: > 0 } parts || FlagReferences.HasReference(parts[0]))
        {
            return null;
        }

        var main = parts[0];
        var layout = SourceLayout.Of(project, project.ModelOf(operation), operation);
        var places = (operation.PythonPath ?? ["."]).Select(layout.SourcePathOf).ToList();
        var isFile = main.EndsWith(".py", StringComparison.Ordinal) || main.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);
        var slash = isFile ? -1 : main.LastIndexOf('/');
        var folders = slash < 0 ? places : [.. places.Select(p => System.IO.Path.Combine(p, main[..slash])), .. places];
        var path = isFile ? Existing(layout.SourcePathOf(main)) : ModuleFile(folders, main[(slash + 1)..]);
        return path is null ? null : new ScriptTarget
        {
            Path = path,
            Name = System.IO.Path.GetRelativePath(project.Directory, path).Replace('\\', '/'),
            Words = [.. parts.Skip(1).Where(w => !FlagReferences.HasReference(w))],
            Module = isFile ? null : main[(slash + 1)..],
            PythonPath = folders,
            Root = project.Directory,
        };
    }

    private static string? ModuleFile(IEnumerable<string> folders, string module)
    {
        var path = module.Replace('.', System.IO.Path.DirectorySeparatorChar);
        return folders
            .SelectMany(f => new[] { System.IO.Path.Combine(f, path + ".py"), System.IO.Path.Combine(f, path, "__main__.py") })
            .FirstOrDefault(File.Exists);
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    /// <summary>The words of a <c>main</c>; none if they cannot be told.</summary>
    public static string[] Split(string main)
    {
        try
        {
            return [.. ShellWords.Split(main)];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
