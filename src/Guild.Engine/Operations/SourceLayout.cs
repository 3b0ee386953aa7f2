using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>Where a run finds the project's source code: its snapshot in the run directory, or the project itself when none is taken.</summary>
internal sealed record SourceLayout
{
    private SourceLayout(string root, IReadOnlyList<string> pythonPath, bool isSnapshot)
    {
        Root = root;
        PythonPath = pythonPath;
        IsSnapshot = isSnapshot;
    }

    /// <summary>The folder with the code: relative to the run directory if it is a snapshot, else absolute.</summary>
    public string Root { get; }

    /// <summary>The folders in front of Python's path: relative to the run directory, or absolute.</summary>
    public IReadOnlyList<string> PythonPath { get; }

    /// <summary>True if the run has a snapshot of its own.</summary>
    public bool IsSnapshot { get; }

    public static SourceLayout Of(Project project, ModelDefinition model, OperationDefinition operation)
    {
        var definition = operation.SourceCode ?? model.SourceCode;
        var isSnapshot = definition is not { IsDisabled: true };
        var destination = operation.SourceCode?.Destination ?? model.SourceCode?.Destination ?? ".";
        var root = isSnapshot ? destination : project.Directory;
        var folders = operation.PythonPath is null
            ? [root]
            : operation.PythonPath.Select(p => Combine(root, p)).ToList();
        return new SourceLayout(root, folders, isSnapshot);
    }

    /// <summary>The path of one of the project's files, as the program sees it from the run directory.</summary>
    public string PathOf(Project project, string relativePath) => !IsSnapshot || Path.IsPathRooted(relativePath) || ClimbsOut(relativePath)
        ? Path.GetFullPath(relativePath, project.Directory)
        : Combine(Root, relativePath);

    private static string Combine(string folder, string path) => folder == "." ? path : Path.Combine(folder, path);

    private static bool ClimbsOut(string path) => path.Split('/', '\\').Contains("..");
}
