using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>A script that an operation names as its main.</summary>
internal static class ScriptFile
{
    /// <exception cref="ProgramException">The project has no such file.</exception>
    public static void Require(Project project, OperationDefinition operation, string relativePath, SourceLayout layout)
    {
        var path = layout.SourcePathOf(relativePath);
        if (!File.Exists(path))
        {
            throw new ProgramException(
                relativePath,
                $"Operation '{operation.FullName}' runs '{relativePath}', but there is no file '{path}'.",
                $"Create the file, or correct the main of the operation in '{project.File.Path}'.");
        }
    }
}
