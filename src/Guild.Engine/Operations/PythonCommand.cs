using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;

namespace Guild.Engine.Operations;

/// <summary>Makes the command of an operation whose <c>main</c> is a Python module or file.</summary>
internal static class PythonCommand
{
    /// <summary>The module by which Guild AI runs Python operations, and which the record names in its place.</summary>
    public const string GuildAiRunner = "guild.op_main";

    public static OperationCommand Build(
        Project project,
        OperationDefinition operation,
        BoundFlags flags,
        IReadOnlyList<string> words,
        IReadOnlyList<string> resolved,
        SourceLayout layout,
        EngineContext context)
    {
        var python = PythonChoice.For(operation, context);
        var main = resolved[0];
        var isFile = main.EndsWith(".py", StringComparison.Ordinal);
        if (isFile)
        {
            ScriptFile.Require(project, operation, main, layout);
        }

        var target = isFile ? layout.PathOf(main) : main;
        var destination = operation.FlagsDestination ?? "args";
        List<string> arguments = IsArguments(destination) || destination == "none" || ConfigFlags.FileOf(destination) is not null
            ? [python, .. Direct(target, isFile), .. resolved.Skip(1), .. !IsArguments(destination) ? [] : FlagArguments.Encode(operation, flags)]
            : IsGlobals(destination)
                ? [.. WithGlobals(python, destination, target, resolved.Skip(1), Globals(operation, flags), context)]
                : throw new RequestException(
                    $"Operation '{operation.FullName}' has flags-dest '{destination}', which this version cannot write to yet.",
                    destination,
                    "Use args, globals, global:NAME, dict:NAME, namespace:NAME, config:FILE or none.");

        return new OperationCommand
        {
            Kind = ProgramKind.Python,
            Arguments = arguments,
            Template = ["${python_exe}", "-um", GuildAiRunner, .. words, "--", CommandBuilder.FlagArgumentsMarker, .. ChoiceArguments(operation, flags)],
            PythonPath = [.. PackageFolders(main, isFile, layout), .. layout.PythonPath],
            Python = python,
        };
    }

    /// <summary>True if flags become arguments of the program.</summary>
    public static bool IsArguments(string destination) => destination == "args" || destination.StartsWith("args:", StringComparison.Ordinal);

    /// <summary>True if flags become global variables of the program, or parts of one.</summary>
    public static bool IsGlobals(string destination) => destination == "globals"
        || destination.StartsWith("global:", StringComparison.Ordinal)
        || destination.StartsWith("dict:", StringComparison.Ordinal)
        || destination.StartsWith("namespace:", StringComparison.Ordinal);

    /// <summary>The command that runs a module with global variables set to the given options, <c>--NAME JSON</c>.</summary>
    public static IEnumerable<string> WithGlobals(
        string python, string destination, string module, IEnumerable<string> words, IEnumerable<string> options, EngineContext context) =>
        [python, "-u", Path.Combine(context.RunnersDirectory, "guild_main.py"), destination, module, .. words, "--", .. options];

    // Guild AI knows no options that a choice brings, so its template has them as they are.
    private static IEnumerable<string> ChoiceArguments(OperationDefinition operation, BoundFlags flags) =>
        operation.FlagsDestination == "none"
            ? []
            : flags.ChoiceArgs
                .Where(choice => flags.Values.GetValueOrDefault(choice.Key) is null)
                .SelectMany(choice => FlagArguments.Option(new FlagDefinition { Name = choice.Key }, choice.Value, FlagArguments.TakesYaml(operation.FlagsDestination)));

    // A module may be written as FOLDER/MODULE: the folder goes in front of Python's path, and the module is looked for in it.
    public static string[] Direct(string target, bool isFile) => isFile ? ["-u", target] : ["-um", target[(target.LastIndexOf('/') + 1)..]];

    private static IEnumerable<string> PackageFolders(string main, bool isFile, SourceLayout layout)
    {
        var slash = main.LastIndexOf('/');
        return isFile || slash < 0 ? [] : layout.PythonPath.Select(p => p == "." ? main[..slash] : Path.Combine(p, main[..slash]));
    }

    /// <summary>The flags as options of the runner that sets global variables.</summary>
    public static IEnumerable<string> Globals(OperationDefinition operation, BoundFlags flags)
    {
        var given = flags.Values.Concat(flags.ChoiceArgs.Where(c => !flags.Values.ContainsKey(c.Key)));
        foreach (var (name, value) in given)
        {
            var flag = operation.Flags.FirstOrDefault(f => f.Name == name);
            if (value is null || (flag?.ArgSkip ?? operation.DefaultFlagArgSkip))
            {
                continue;
            }

            if (flag is { ArgSwitch: not null } && !FlagValues.AreEqual(flag.ArgSwitch, value))
            {
                continue;
            }

            yield return "--" + (flag is { ArgName.Length: > 0 } ? flag.ArgName : name);
            yield return JsonLiteral.Write(flag switch
            {
                { ArgSwitch: not null } => true,
                { SplitsArg: true } => FlagArguments.ReadParts(flag, value),
                _ => value,
            });
        }
    }
}
