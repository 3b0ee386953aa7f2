using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// The environment of a run that is started from its record: what is inherited now, and over it what the operation added when the run was made. Of a staged run
/// that is the file <c>ENV</c>; of one that was started, the attribute <c>env</c>; of one that came no further than its resources, it is made anew from <c>op</c>.
/// </summary>
internal static class RecordedEnvironment
{
    private static readonly string[] Own =
    [
        "CMD_DIR", "FLAGS_DEST", "GUILD_OP", "GUILD_PLUGINS", "GUILD_SOURCECODE", "HANDLE_KEYBOARD_INTERRUPT", "LOG_LEVEL", "MODEL_DIR", "PROJECT_DIR", "PYTHONPATH",
    ];

    public static Dictionary<string, string> Read(Run run, EngineContext context)
    {
        var directory = run.Directory;
        var result = StagedEnvironment.IsThere(directory) ? StagedEnvironment.Read(directory, context.Environment) : FromRecord(run, context);

        // The folder may have been moved, or copied to another home, since.
        result["GUILD_HOME"] = context.Home.Path;
        result["RUN_DIR"] = directory.Path;
        result["RUN_ID"] = run.Id;
        return result;
    }

    private static Dictionary<string, string> FromRecord(Run run, EngineContext context)
    {
        var result = new Dictionary<string, string>(context.Environment, StringComparer.Ordinal);
        var ours = Made(run, context);
        foreach (var (name, value) in ours)
        {
            result[name] = value;
        }

        var recorded = Mapping(run.Directory.ReadAttribute(EnvironmentRecord.Attribute));
        var names = Own.Concat(ours.Keys).Concat(HasDevices(run) ? [RecordedDevices.Variable] : []);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (recorded?.GetValueOrDefault(name) is { } value)
            {
                result[name] = FlagArguments.EncodeValue(null, value);
            }
        }

        if (recorded?.GetValueOrDefault("RUN_DIR") is string earlier && earlier.Length > 0 && result.TryGetValue("PYTHONPATH", out var path))
        {
            result["PYTHONPATH"] = path.Replace(earlier, run.Directory.Path, StringComparison.Ordinal);
        }

        return result;
    }

    private static Dictionary<string, string> Made(Run run, EngineContext context)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var command = RecordedOperation.CommandOf(run.Directory);
        var flags = Mapping(command?.GetValueOrDefault("cmd-flags"));
        foreach (var (name, value) in run.Flags.Where(f => !run.SecretFlags.Contains(f.Key, StringComparer.Ordinal)))
        {
            var definition = new FlagDefinition { Name = name, EnvName = Mapping(flags?.GetValueOrDefault(name))?.GetValueOrDefault("env-name") as string };
            result[FlagArguments.VariableName(name, definition)] = FlagArguments.EncodeForEnvironment(definition, value);
        }

        foreach (var (name, template) in Mapping(command?.GetValueOrDefault("cmd-env")) ?? new Dictionary<string, object?>())
        {
            if (Resolved(template, run) is { } value)
            {
                result[name] = value;
            }
        }

        result["CMD_DIR"] = context.WorkingDirectory;
        result["GUILD_OP"] = run.FullName;
        result["LOG_LEVEL"] = context.Environment.GetValueOrDefault("LOG_LEVEL") ?? "20";
        if ((result.GetValueOrDefault("PROJECT_DIR") ?? run.ProjectPath) is { } project)
        {
            result["MODEL_DIR"] = project;
            result["PROJECT_DIR"] = project;
        }

        return result;
    }

    // A variable that refers to a secret comes with the secrets.
    private static string? Resolved(object? template, Run run)
    {
        if (template is string text && FlagReferences.Names(text).Any(name => run.SecretFlags.Contains(name, StringComparer.Ordinal)))
        {
            return null;
        }

        try
        {
            return FlagArguments.EncodeValue(null, FlagReferences.Resolve(template, run.Flags));
        }
        catch (FlagReferenceException)
        {
            return null;
        }
    }

    private static bool HasDevices(Run run) => Mapping(run.Directory.ReadAttribute("run_params"))?.GetValueOrDefault("gpus") is not null;

    private static IReadOnlyDictionary<string, object?>? Mapping(object? value) => value as IReadOnlyDictionary<string, object?>;
}
