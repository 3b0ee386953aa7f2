using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Operations;

/// <summary>Makes the command of an operation: the program and its arguments, with flags put in.</summary>
internal static class CommandBuilder
{
    /// <summary>The word that stands for the arguments of flags in the recorded template; Guild AI's own.</summary>
    public const string FlagArgumentsMarker = "__flag_args__";

    /// <exception cref="RequestException">The operation cannot be run by this version, or its command line cannot be split.</exception>
    /// <exception cref="ProgramException">The interpreter or the script is missing.</exception>
    /// <exception cref="FlagReferenceException">The command refers to something that is not a flag.</exception>
    public static OperationCommand Build(Project project, OperationDefinition operation, BoundFlags flags, SourceLayout layout, EngineContext context)
    {
        if (operation.Exec is not null)
        {
            return BuildExec(project, operation, flags, layout, context);
        }

        if (operation.Main is null)
        {
            return PipelineCommand.Build(context);
        }

        var words = Split(operation, operation.Main);
        RefuseSecrets(words, flags);
        if (words.Count == 0)
        {
            throw new RequestException($"The main of operation '{operation.FullName}' is empty.", operation.FullName, "Name a Python module, a .py file or a .ps1 file.");
        }

        var resolved = words.Select(w => FlagReferences.ResolveText(w, Encoded(flags))).ToList();
        return resolved[0].EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? PowerShellCommand.Build(project, operation, flags, resolved, layout, context)
            : PythonCommand.Build(project, operation, flags, words, resolved, layout, context);
    }

    private static OperationCommand BuildExec(Project project, OperationDefinition operation, BoundFlags flags, SourceLayout layout, EngineContext context)
    {
        var words = Split(operation, operation.Exec!);
        RefuseSecrets(words, flags);
        if (words.Count == 0)
        {
            throw new RequestException($"The exec of operation '{operation.FullName}' is empty.", operation.FullName, "Name a program and its arguments.");
        }

        var python = words.Any(w => w.Contains("python_exe}", StringComparison.Ordinal)) ? PythonChoice.For(operation, context) : null;
        var values = new Dictionary<string, object?>(Encoded(flags), StringComparer.Ordinal)
        {
            ["project_dir"] = project.Directory,
            ["python_exe"] = python,
            ["guild_python_exe"] = python,
        };

        var arguments = new List<string>();
        var template = new List<string>();
        foreach (var word in words)
        {
            switch (word)
            {
                case "${flag_args}":
                    arguments.AddRange(FlagArguments.Encode(operation, flags));
                    template.Add(FlagArgumentsMarker);
                    break;
                case "${main_args}":
                    var main = operation.Main is null ? [] : Split(operation, operation.Main);
                    RefuseSecrets(main, flags);
                    arguments.AddRange(main.Select(w => FlagReferences.ResolveText(w, values)));
                    template.AddRange(main);
                    break;
                default:
                    arguments.Add(FlagReferences.ResolveText(word, values));
                    template.Add(word.Replace("${project_dir}", project.Directory, StringComparison.Ordinal));
                    break;
            }
        }

        return new OperationCommand
        {
            Kind = ProgramKind.Exec,
            Arguments = arguments,
            Template = template,
            PythonPath = layout.PythonPath,
            Python = python,
        };
    }

    // Everybody on the machine can read the arguments of a program.
    private static void RefuseSecrets(IReadOnlyList<string> words, BoundFlags flags)
    {
        foreach (var word in words)
        {
            FlagReferences.RefuseSecrets(word, flags.SecretVariables);
        }
    }

    /// <summary>The flags' values as texts, the way they stand in a command line.</summary>
    internal static Dictionary<string, object?> Encoded(BoundFlags flags) =>
        flags.Values.Keys.ToDictionary(name => name, name => (object?)FlagArguments.EncodeValue(null, flags.Values[name]), StringComparer.Ordinal);

    private static IReadOnlyList<string> Split(OperationDefinition operation, string commandLine)
    {
        try
        {
            return ShellWords.Split(commandLine);
        }
        catch (FormatException e)
        {
            throw new RequestException(
                $"The command line of operation '{operation.FullName}' cannot be split into words: {e.Message}",
                commandLine,
                "Close every quote in it.");
        }
    }
}
