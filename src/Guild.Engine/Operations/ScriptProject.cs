using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>Makes a project of a script that a user names in place of an operation.</summary>
internal static class ScriptProject
{
    /// <summary>The project of the script that a name means; null if it means none, or an operation of the folder's Guild file.</summary>
    public static Project? Find(string directoryOrFile, string name, PackageSearch? packages)
    {
        if (!IsScriptName(name))
        {
            return null;
        }

        var directory = Directory.Exists(directoryOrFile) ? directoryOrFile : Path.GetDirectoryName(directoryOrFile) ?? directoryOrFile;
        var path = Path.GetFullPath(name, directory);
        return File.Exists(path) && !IsDeclared(directoryOrFile, name, packages) ? Of(path) : null;
    }

    private static bool IsScriptName(string name) =>
        name.EndsWith(".py", StringComparison.Ordinal) || name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);

    // A path can only mean a file; a bare name can be an operation's, and the Guild file knows better.
    private static bool IsDeclared(string directoryOrFile, string name, PackageSearch? packages)
    {
        if (name.AsSpan().ContainsAny('/', '\\'))
        {
            return false;
        }

        try
        {
            return Project.Open(directoryOrFile, packages).Operations.Any(o => o.Name == name || o.FullName == name);
        }
        catch (GuildFileNotFoundException)
        {
            return false;
        }
    }

    // The script's own folder is the project: its modules and data lie beside it, wherever the command is given.
    private static Project Of(string path)
    {
        var file = Path.GetFileName(path);
        var operation = new OperationDefinition
        {
            Name = file,
            ModelName = "",
            IsDefault = true,
            Main = Text.ShellWords.Quote(file),
            FlagsImport = true,
        };
        return Project.FromScript(new GuildFile
        {
            Path = path,
            Digest = "",
            Models = [new ModelDefinition { Name = "", IsDefault = true, Operations = [operation] }],
            Warnings = [],
        });
    }
}
