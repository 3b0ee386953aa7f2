using Guild.Engine.Yaml;

namespace Guild.Engine.Operations;

/// <summary>
/// The command of a staged run, ready to be carried out. Guild AI stages Python operations for its own runner, <c>python -um guild.op_main MODULE</c>;
/// they are started with the runner of this module, so that Guild AI need not be installed where Python looks.
/// </summary>
/// <param name="Arguments">The program and its arguments.</param>
/// <param name="Environment">The whole environment of the program.</param>
internal sealed record RecordedCommand(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    private const string PythonPathVariable = "PYTHONPATH";

    /// <summary>True if the program is a Python that runs a module or a file, as this module and Guild AI start one.</summary>
    public bool IsPython => Arguments is [_, "-u" or "-um", ..];

    /// <exception cref="ProgramException">The recorded Python is gone, and there is no other.</exception>
    public static RecordedCommand Of(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, EngineContext context)
    {
        if (command.Count < 4 || command[1] != "-um" || command[2] != PythonCommand.GuildAiRunner)
        {
            return new RecordedCommand(command, environment);
        }

        var python = File.Exists(command[0]) ? command[0] : Interpreters.FindPython(context);
        var module = command[3];
        var rest = command.Skip(4).ToList();
        var end = rest.LastIndexOf("--");
        var words = end < 0 ? rest : rest[..end];
        List<string> flags = end < 0 ? [] : rest[(end + 1)..];
        var destination = environment.GetValueOrDefault("FLAGS_DEST") ?? "args";
        if (PythonCommand.IsGlobals(destination))
        {
            return new RecordedCommand([.. PythonCommand.WithGlobals(python, destination, module, words, Globals(flags), context)], environment);
        }

        var isPassed = PythonCommand.IsArguments(destination);
        return new RecordedCommand(
            [python, .. PythonCommand.Direct(module, module.EndsWith(".py", StringComparison.Ordinal)), .. words, .. isPassed ? flags : []],
            WithPackageFolder(environment, module));
    }

    // Guild AI writes values for global variables as YAML, and a true switch as its name alone.
    private static IEnumerable<string> Globals(List<string> flags)
    {
        for (var i = 0; i < flags.Count; i++)
        {
            yield return flags[i];
            var isAlone = i + 1 == flags.Count || flags[i + 1].StartsWith("--", StringComparison.Ordinal);
            yield return JsonLiteral.Write(isAlone ? true : Value(flags[++i]));
        }
    }

    private static object? Value(string yaml)
    {
        try
        {
            return YamlText.Read(yaml);
        }
        catch (YamlTextException)
        {
            return yaml;
        }
    }

    // A module written as FOLDER/MODULE is looked for in that folder of each place of Python's path.
    private static IReadOnlyDictionary<string, string> WithPackageFolder(IReadOnlyDictionary<string, string> environment, string module)
    {
        var slash = module.EndsWith(".py", StringComparison.Ordinal) ? -1 : module.LastIndexOf('/');
        if (slash < 0)
        {
            return environment;
        }

        // With NO_SYS_PATH_MODIFY, the runner of Guild AI looks into the folder of the run as well, in front of PYTHONPATH.
        var places = (environment.GetValueOrDefault(PythonPathVariable) ?? ".").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (environment.GetValueOrDefault(OperationRecord.KeepsFolderVariable) == "1" && !places.Contains(".", StringComparer.Ordinal))
        {
            places = [".", .. places];
        }

        return new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            [PythonPathVariable] = string.Join(Path.PathSeparator, places.Select(p => Path.Combine(p, module[..slash])).Concat(places)),
        };
    }
}
