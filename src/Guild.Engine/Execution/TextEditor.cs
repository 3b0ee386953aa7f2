using Guild.Engine.Operations;

namespace Guild.Engine.Execution;

/// <summary>Lets the user write a text in an editor.</summary>
public static class TextEditor
{
    /// <summary>Opens the user's editor (<c>VISUAL</c>, else <c>EDITOR</c>, else that of the system) with a text, and waits until it is closed.</summary>
    /// <param name="text">What the editor shows at first.</param>
    /// <param name="extension">The extension of the temporary file, with its dot.</param>
    /// <param name="context">Where the editor is looked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The text as it was saved.</returns>
    /// <exception cref="ProgramException">The editor is not there, or failed.</exception>
    public static string Edit(string text, string extension, EngineContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var folder = Directory.CreateTempSubdirectory("guild-edit-").FullName;
        try
        {
            var file = Path.Join(folder, "text" + extension);
            File.WriteAllText(file, text);
            var editor = Variable(context, "VISUAL") ?? Variable(context, "EDITOR") ?? (OperatingSystem.IsWindows() ? "notepad" : "vi");
            var exit = OpenedPath.OpenWith(editor, file, context, cancellation);
            return exit == 0
                ? File.ReadAllText(file)
                : throw new ProgramException(editor, $"The editor '{editor}' ended with exit code {exit}.", "Set the environment variable EDITOR to another one.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Variable(EngineContext context, string name) => context.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
