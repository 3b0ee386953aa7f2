using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>Where a run finds the project's source code: its snapshot in the run directory, or the project itself when none is taken.</summary>
internal sealed record SourceLayout
{
    private readonly string _source;

    private SourceLayout(string source, string root, IReadOnlyList<string> pythonPath, bool isSnapshot)
    {
        _source = source;
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
        var source = Path.GetFullPath(operation.SourceCode?.Root ?? model.SourceCode?.Root ?? ".", project.Directory);
        var layout = new SourceLayout(isSnapshot ? source : project.Directory, root, [root, .. model.PackageDirectories], isSnapshot);
        return operation.PythonPath is null
            ? layout
            : new SourceLayout(layout._source, root, [.. operation.PythonPath.Select(layout.PathOf), .. model.PackageDirectories], isSnapshot);
    }

    /// <summary>The absolute path that one of the project's files has before the run is made.</summary>
    public string SourcePathOf(string relativePath) => Path.GetFullPath(relativePath, _source);

    /// <summary>The path of one of the project's files, as the program sees it from the run directory.</summary>
    public string PathOf(string relativePath) => !IsSnapshot || Path.IsPathRooted(relativePath) || ClimbsOut(relativePath)
        ? SourcePathOf(relativePath)
        : Combine(Root, relativePath);

    private static string Combine(string folder, string path) => folder == "." ? path : Path.Combine(folder, path);

    private bool ClimbsOut(string path) => Path.GetRelativePath(_source, SourcePathOf(path)).Split('/', '\\')[0] == "..";
}
