using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>
/// Makes the attribute <c>op</c> of a run: all that Guild AI needs to start it again, in Guild AI's own form (measured against version 0.9.1).
/// </summary>
internal static class OperationRecord
{
    /// <summary>The variables of <c>cmd-env</c> that are not the operation's own; beside <c>PYTHONPATH</c>, which Python programs have there.</summary>
    public static readonly IReadOnlyList<string> AddedVariables = ["FLAGS_DEST", "GUILD_PLUGINS", "HANDLE_KEYBOARD_INTERRUPT", "PROJECT_DIR"];

    /// <summary>The variable that keeps the folder of the run among the places where the runner of Guild AI looks for modules.</summary>
    public const string KeepsFolderVariable = "NO_SYS_PATH_MODIFY";

    /// <param name="plan">The plan.</param>
    /// <param name="inherited">The environment that programs inherit.</param>
    public static Dictionary<string, object?> Of(RunPlan plan, IReadOnlyDictionary<string, string> inherited)
    {
        var operation = plan.Operation;
        var operationSources = OperationSourceFlags(plan);
        var result = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["delete-on-success"] = plan.DeletesOnSuccess,
            ["deps"] = plan.Resources.Select(r => (object?)ResourceRecord.Of(r, plan.OperationRuns)).ToList(),
            ["flag-null-labels"] = operation.Flags.Where(f => f.NullLabel is not null)
                .ToDictionary(f => f.Name, f => (object?)f.NullLabel, StringComparer.Ordinal),
            ["flags-extra"] = FlagsExtra(operation, operationSources),
            ["label-template"] = plan.Request.Label ?? operation.Label,
            ["op-cmd"] = Command(plan, operationSources, inherited),
            ["output-attrs"] = null,
            ["output-scalars"] = operation.OutputScalars,
            ["python-requires"] = operation.PythonRequires,
            ["sourcecode"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["dest"] = operation.SourceCode?.Destination ?? plan.Model.SourceCode?.Destination ?? ".",
            },
        };

        AddIf(result, operation.EnvironmentSecrets.Count > 0, "env-secrets", operation.EnvironmentSecrets.Cast<object?>().ToList());

        // Guild AI does not know these two: they are for starting a staged run here.
        AddIf(result, operation.IsStoppable, "stoppable", true);
        AddIf(result, operation.PreProcess is not null, "pre-process", operation.PreProcess);
        return result;
    }

    private static Dictionary<string, object?> Command(RunPlan plan, List<string> operationSources, IReadOnlyDictionary<string, string> inherited)
    {
        var flags = CommandFlags(plan, operationSources);
        var result = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["cmd-args"] = plan.Command.Template.Cast<object?>().ToList(),
            ["cmd-env"] = CommandEnvironment(plan, inherited),
            ["flags-dest"] = plan.Operation.FlagsDestination ?? "args",
        };
        AddIf(result, flags.Count > 0, "cmd-flags", flags);
        return result;
    }

    /// <summary>The names under which runs of other operations stand among the flags, as in <c>operation:train</c>.</summary>
    private static List<string> OperationSourceFlags(RunPlan plan) => [.. plan.OperationRuns.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, object?> FlagsExtra(OperationDefinition operation, List<string> operationSources)
    {
        var result = operation.Flags.Where(f => f.Extra.Count > 0 || f.IsSecret).ToDictionary(f => f.Name, f => (object?)Extra(f), StringComparer.Ordinal);
        foreach (var name in operationSources)
        {
            result[name] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name };
        }

        return result;
    }

    private static Dictionary<string, object?> Extra(FlagDefinition flag)
    {
        var result = new Dictionary<string, object?>(flag.Extra, StringComparer.Ordinal);
        AddIf(result, flag.IsSecret, "secret", true);
        return result;
    }

    private static Dictionary<string, object?> CommandEnvironment(RunPlan plan, IReadOnlyDictionary<string, string> inherited)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in plan.Operation.Environment.Where(e => IsRecorded(plan, e.Key, e.Value)))
        {
            result[name] = value;
        }

        foreach (var name in AddedVariables)
        {
            if (plan.Environment.TryGetValue(name, out var value))
            {
                result[name] = value;
            }
        }

        if (plan.Command.Kind == ProgramKind.Python)
        {
            AddPythonPlaces(result, plan.Command, inherited);
        }

        return result;
    }

    // Guild AI starts the program with just the places of PYTHONPATH. Where these are only the folder of the run, its runner is told to keep that
    // folder, and PYTHONPATH is left to whoever restarts: its package may be found by that variable alone. The folder of a module is found by its runner.
    private static void AddPythonPlaces(Dictionary<string, object?> variables, OperationCommand command, IReadOnlyDictionary<string, string> inherited)
    {
        var places = command.PythonPath;
        var outside = inherited.GetValueOrDefault("PYTHONPATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (outside.Length == 0 && (places is ["."] || (places is [var folder, "."] && IsFolderOfModule(command, folder))))
        {
            variables[KeepsFolderVariable] = "1";
        }
        else
        {
            variables["PYTHONPATH"] = string.Join(Path.PathSeparator, places.Concat(outside).Distinct(StringComparer.Ordinal));
        }
    }

    private static bool IsFolderOfModule(OperationCommand command, string folder) =>
        command.Template is [_, "-um", PythonCommand.GuildAiRunner, var module, ..] && module.LastIndexOf('/') == folder.Length && module.StartsWith(folder, StringComparison.Ordinal);

    // A reference to a flag is no secret; what stands in the Guild file itself can be one.
    private static bool IsRecorded(RunPlan plan, string name, object? value) =>
        FlagReferences.HasReference(value)
        || !(plan.Operation.EnvironmentSecrets.Contains(name, StringComparer.OrdinalIgnoreCase) || SecretNames.IsSecretName(name) || (value is string text && SecretNames.IsSecretValue(text)));

    private static Dictionary<string, object?> CommandFlags(RunPlan plan, List<string> operationSources)
    {
        var result = plan.Operation.Flags.ToDictionary(f => f.Name, f => (object?)CommandFlag(plan, f), StringComparer.Ordinal);
        foreach (var name in operationSources)
        {
            result[name] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["arg-skip"] = true };
        }

        return result;
    }

    // Guild AI, which knows no secrets, must not make arguments of them when it starts the run again.
    private static Dictionary<string, object?> CommandFlag(RunPlan plan, FlagDefinition flag)
    {
        var skips = (flag.ArgSkip ?? plan.Operation.DefaultFlagArgSkip) || plan.Flags.SecretVariables.ContainsKey(flag.Name);
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        AddIf(result, flag.ArgName is not null, "arg-name", flag.ArgName);
        AddIf(result, skips, "arg-skip", true);
        AddIf(result, flag.HasArgSwitch, "arg-switch", flag.ArgSwitch);
        AddIf(result, flag.SplitsArg, "arg-split", flag.ArgSeparator is null ? true : flag.ArgSeparator);
        AddIf(result, flag.EnvName is not null, "env-name", flag.EnvName);
        AddIf(result, flag.ArgEncoding.Count > 0, "arg-encoding", Encoding(flag.ArgEncoding));
        AddIf(result, flag.EnvEncoding.Count > 0, "env-encoding", Encoding(flag.EnvEncoding));
        return result;
    }

    private static void AddIf(Dictionary<string, object?> result, bool condition, string name, object? value)
    {
        if (condition)
        {
            result[name] = value;
        }
    }

    private static Dictionary<string, object?> Encoding(IReadOnlyList<KeyValuePair<object?, string>> encoding) =>
        encoding.ToDictionary(e => FlagGrammar.Encode(e.Key), e => (object?)e.Value, StringComparer.Ordinal);
}
