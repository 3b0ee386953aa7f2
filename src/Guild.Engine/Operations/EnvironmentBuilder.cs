using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Metrics;

namespace Guild.Engine.Operations;

/// <summary>What an operation adds to the environment of its program.</summary>
/// <param name="Plain">The variables that anybody may see.</param>
/// <param name="Secret">The variables that hold secrets.</param>
internal sealed record OperationEnvironment(IReadOnlyDictionary<string, string> Plain, IReadOnlyDictionary<string, string> Secret);

/// <summary>Makes the environment that an operation adds to what its program inherits.</summary>
internal static class EnvironmentBuilder
{
    /// <summary>The variable by which the program of a step, and Guild AI, knows of which pipeline's run it is a part.</summary>
    public const string ParentVariable = "GUILD_RUNS_PARENT";

    // Python's number for the level INFO.
    private const string DefaultLogLevel = "20";

    public static OperationEnvironment Build(
        RunRequest request,
        OperationDefinition operation,
        BoundFlags flags,
        OperationCommand command,
        IReadOnlyDictionary<string, string> operationRuns,
        EngineContext context)
    {
        var result = new SortedList<string, string>(StringComparer.Ordinal);
        var secrets = new SecretEnvironment(flags.Secrets, flags.SecretVariables);
        foreach (var (name, value) in operation.Environment)
        {
            if (!secrets.Takes(name, value, flags.Values))
            {
                result[name] = FlagArguments.EncodeValue(null, FlagReferences.Resolve(value, flags.Values));
            }
        }

        foreach (var (name, value) in FlagArguments.EncodeEnvironment(operation, flags))
        {
            result[name] = value;
        }

        foreach (var (source, runId) in operationRuns)
        {
            result.TryAdd(FlagArguments.VariableName(source, null), runId);
        }

        result["CMD_DIR"] = context.WorkingDirectory;
        result["GUILD_HOME"] = context.Home.Path;
        result["GUILD_OP"] = request.Project.NameOf(operation);
        result[MetricPlugins.Variable] = string.Join(',', Plugins(command, operation, context));
        result["GUILD_SOURCECODE"] = string.Join(Path.PathSeparator, command.PythonPath);
        result["LOG_LEVEL"] = context.Environment.TryGetValue("LOG_LEVEL", out var level) ? level : DefaultLogLevel;
        result["MODEL_DIR"] = request.Project.Directory;
        result["PROJECT_DIR"] = request.Project.Directory;
        if (operation.FlagsDestination is not null || command.Kind == ProgramKind.Python)
        {
            result["FLAGS_DEST"] = operation.FlagsDestination ?? "args";
        }

        if (operation.HandlesKeyboardInterrupt)
        {
            result["HANDLE_KEYBOARD_INTERRUPT"] = "1";
        }

        if (request.Gpus is not null)
        {
            result[RecordedDevices.Variable] = request.Gpus;
        }

        if (request.ParentRunId is not null)
        {
            result[ParentVariable] = request.ParentRunId;
        }

        foreach (var name in secrets.Variables.Keys)
        {
            result.Remove(name);
        }

        return new OperationEnvironment(result, secrets.Variables);
    }

    /// <summary>The names of the plugins that are active for a command, in ordinal order.</summary>
    public static IReadOnlyList<string> Plugins(OperationCommand command, OperationDefinition operation, EngineContext context)
    {
        string[] own = command.Kind == ProgramKind.Python ? ["python_script"] : [];
        return operation.Plugins is null ? own : [.. MetricPlugins.Of(operation.Plugins, context), .. own];
    }

    /// <summary>The whole environment of a run's program: what is inherited, what the operation adds, and where the run is.</summary>
    public static Dictionary<string, string> ForRun(RunPlan plan, string runDirectory, string runId, EngineContext context)
    {
        var result = new Dictionary<string, string>(context.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in plan.Environment)
        {
            result[name] = value;
        }

        foreach (var (name, value) in plan.SecretEnvironment)
        {
            result[name] = value;
        }

        if (plan.Command.PythonPath.Count > 0)
        {
            result["PYTHONPATH"] = PythonPath(plan.Command.PythonPath, runDirectory, context);
        }

        result["RUN_DIR"] = runDirectory;
        result["RUN_ID"] = runId;
        return result;
    }

    private static string PythonPath(IReadOnlyList<string> folders, string runDirectory, EngineContext context)
    {
        var inherited = context.Environment.TryGetValue("PYTHONPATH", out var text) ? text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) : [];
        return string.Join(Path.PathSeparator, folders.Select(f => Path.GetFullPath(f, runDirectory)).Concat(inherited).Distinct(StringComparer.Ordinal));
    }
}
