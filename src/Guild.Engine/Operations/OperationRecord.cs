using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Makes the attribute <c>op</c> of a run: all that Guild AI needs to start it again, in Guild AI's own form (measured against version 0.9.1).
/// </summary>
internal static class OperationRecord
{
    /// <param name="plan">The plan.</param>
    /// <param name="inherited">The environment that programs inherit.</param>
    public static Dictionary<string, object?> Of(RunPlan plan, IReadOnlyDictionary<string, string> inherited)
    {
        var operation = plan.Operation;
        var operationSources = OperationSourceFlags(plan);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["delete-on-success"] = operation.DeletesOnSuccess,
            ["deps"] = plan.Resources.Select(r => (object?)ResourceRecord.Of(r, plan.OperationRuns)).ToList(),
            ["env-secrets"] = operation.EnvironmentSecrets.Count == 0 ? null : operation.EnvironmentSecrets.Cast<object?>().ToList(),
            ["flag-null-labels"] = operation.Flags.Where(f => f.NullLabel is not null)
                .ToDictionary(f => f.Name, f => (object?)f.NullLabel, StringComparer.Ordinal),
            ["flags-extra"] = FlagsExtra(operation, operationSources),
            ["label-template"] = plan.Request.Label ?? operation.Label,
            ["op-cmd"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["cmd-args"] = plan.Command.Template.Cast<object?>().ToList(),
                ["cmd-env"] = CommandEnvironment(plan, inherited),
                ["cmd-flags"] = CommandFlags(operation, operationSources),
                ["flags-dest"] = operation.FlagsDestination ?? "args",
            },
            ["output-attrs"] = null,
            ["output-scalars"] = operation.OutputScalars,
            ["python-requires"] = operation.PythonRequires,
            ["sourcecode"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["dest"] = operation.SourceCode?.Destination ?? plan.Model.SourceCode?.Destination ?? ".",
            },
        };
    }

    /// <summary>The names under which runs of other operations stand among the flags, as in <c>operation:train</c>.</summary>
    private static List<string> OperationSourceFlags(RunPlan plan) => [.. plan.OperationRuns.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, object?> FlagsExtra(OperationDefinition operation, List<string> operationSources)
    {
        var result = operation.Flags.Where(f => f.Extra.Count > 0).ToDictionary(f => f.Name, f => (object?)f.Extra, StringComparer.Ordinal);
        foreach (var name in operationSources)
        {
            result[name] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name };
        }

        return result;
    }

    private static Dictionary<string, object?> CommandEnvironment(RunPlan plan, IReadOnlyDictionary<string, string> inherited)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in plan.Operation.Environment)
        {
            result[name] = value;
        }

        foreach (var name in new[] { "FLAGS_DEST", "GUILD_PLUGINS", "HANDLE_KEYBOARD_INTERRUPT", "PROJECT_DIR" })
        {
            if (plan.Environment.TryGetValue(name, out var value))
            {
                result[name] = value;
            }
        }

        if (plan.Command.PythonPath.Count > 0)
        {
            // Guild AI starts the program with just these places, so those that are inherited are kept too.
            var outside = inherited.GetValueOrDefault("PYTHONPATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
            result["PYTHONPATH"] = string.Join(Path.PathSeparator, plan.Command.PythonPath.Concat(outside).Distinct(StringComparer.Ordinal));
        }

        return result;
    }

    private static Dictionary<string, object?> CommandFlags(OperationDefinition operation, List<string> operationSources)
    {
        var result = operation.Flags.ToDictionary(f => f.Name, f => (object?)CommandFlag(operation, f), StringComparer.Ordinal);
        foreach (var name in operationSources)
        {
            result[name] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["arg-skip"] = true };
        }

        return result;
    }

    private static Dictionary<string, object?> CommandFlag(OperationDefinition operation, FlagDefinition flag)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        AddIf(flag.ArgName is not null, "arg-name", flag.ArgName);
        AddIf(flag.ArgSkip ?? operation.DefaultFlagArgSkip, "arg-skip", true);
        AddIf(flag.HasArgSwitch, "arg-switch", flag.ArgSwitch);
        AddIf(flag.SplitsArg, "arg-split", flag.ArgSeparator is null ? true : flag.ArgSeparator);
        AddIf(flag.EnvName is not null, "env-name", flag.EnvName);
        AddIf(flag.ArgEncoding.Count > 0, "arg-encoding", Encoding(flag.ArgEncoding));
        AddIf(flag.EnvEncoding.Count > 0, "env-encoding", Encoding(flag.EnvEncoding));
        return result;

        void AddIf(bool condition, string name, object? value)
        {
            if (condition)
            {
                result[name] = value;
            }
        }
    }

    private static Dictionary<string, object?> Encoding(IReadOnlyList<KeyValuePair<object?, string>> encoding) =>
        encoding.ToDictionary(e => Flags.FlagGrammar.Encode(e.Key), e => (object?)e.Value, StringComparer.Ordinal);
}
