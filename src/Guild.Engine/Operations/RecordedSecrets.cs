using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>
/// The secrets that a staged run needs. Its record has their names, in the attributes <c>secret_flags</c> and <c>secret_env</c>, and no value, so whoever
/// starts the run gives them again.
/// </summary>
internal static class RecordedSecrets
{
    /// <summary>The attribute with the names of the secret flags that were given.</summary>
    public const string FlagsAttribute = "secret_flags";

    /// <summary>The attribute with the names of the operation's own variables that look secret.</summary>
    public const string EnvironmentAttribute = "secret_env";

    /// <summary>The environment variables of the secrets, from what is given and from the environment of the session.</summary>
    /// <param name="run">The run.</param>
    /// <param name="given">The secrets by the names of their flags.</param>
    /// <param name="environment">The environment of the session.</param>
    /// <exception cref="FlagException">A secret is missing, or what is given is none of this run.</exception>
    /// <exception cref="RunStateException">A variable of the environment is missing.</exception>
    public static IReadOnlyDictionary<string, string> Variables(
        Run run, IReadOnlyList<KeyValuePair<string, FlagInput>> given, IReadOnlyDictionary<string, string> environment)
    {
        var flags = FlagsOf(run);
        var values = new Dictionary<string, SecretValue>(StringComparer.Ordinal);
        var problems = new List<FlagProblem>();
        foreach (var (name, input) in given)
        {
            if (!flags.ContainsKey(name))
            {
                problems.Add(new FlagProblem(FlagProblemKind.Unknown, name, null, NotOfRun(run, name)));
            }
            else if (SecretValue.Of(input, value => FlagArguments.EncodeForEnvironment(null, value)) is { Text.Length: > 0 } value)
            {
                values[name] = value;
            }
        }

        foreach (var (name, variable) in flags)
        {
            if (values.ContainsKey(name))
            {
                continue;
            }

            if (FromEnvironment(environment, variable) is { } value)
            {
                values[name] = value;
                continue;
            }

            problems.Add(new FlagProblem(
                FlagProblemKind.Missing,
                name,
                null,
                $"Run {run.ShortId} needs flag '{name}', which is a secret, so its record does not have it."));
        }

        if (problems.Count > 0)
        {
            throw new FlagException(problems, Advice(run, flags));
        }

        var secrets = new SecretEnvironment(values, flags);
        foreach (var (name, template) in RecordedOperation.CommandOf(run.Directory)?.GetValueOrDefault("cmd-env") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>())
        {
            secrets.Takes(name, template, run.Flags);
        }

        RequireEnvironment(run, environment);
        return secrets.Variables;
    }

    /// <summary>The variables of the run's flags that are no secrets.</summary>
    public static IReadOnlySet<string> FlagVariables(Run run)
    {
        var command = RecordedOperation.CommandOf(run.Directory);
        return run.Flags.Keys.Except(run.SecretFlags, StringComparer.Ordinal).Select(name => VariableOf(command, name)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The secret flags of a run with their variables.</summary>
    public static Dictionary<string, string> FlagsOf(Run run)
    {
        var command = RecordedOperation.CommandOf(run.Directory);
        return run.SecretFlags.ToDictionary(name => name, name => VariableOf(command, name), StringComparer.Ordinal);
    }

    private static string Advice(Run run, Dictionary<string, string> flags)
    {
        if (flags.Count == 0)
        {
            return "A staged run keeps its flags. Stage the operation again for others.";
        }

        var names = string.Join("; ", flags.Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}' = (Read-Host -AsSecureString)"));
        var variables = string.Join(", ", flags.Values.Order(StringComparer.Ordinal));
        return $"Start it with Start-GuildRun {run.ShortId} -Flag @{{ {names} }}, or set {variables} in the environment.";
    }

    private static string NotOfRun(Run run, string name) => run.SecretFlags.Count == 0
        ? $"Run {run.ShortId} has no secret flags, so '{name}' cannot be given when it is started."
        : $"Only secret flags can be given when run {run.ShortId} is started, and '{name}' is none of them.";

    // A credential in the environment has two variables.
    private static SecretValue? FromEnvironment(IReadOnlyDictionary<string, string> environment, string variable)
    {
        if (environment.GetValueOrDefault(variable) is { Length: > 0 } text)
        {
            return new SecretValue(text);
        }

        var userName = environment.GetValueOrDefault(SecretValue.UserNameOf(variable));
        var password = environment.GetValueOrDefault(SecretValue.PasswordOf(variable));
        return userName is not null && password is { Length: > 0 } ? new SecretValue(password, userName) : null;
    }

    private static void RequireEnvironment(Run run, IReadOnlyDictionary<string, string> environment)
    {
        var names = run.Directory.ReadAttribute(EnvironmentAttribute) as IReadOnlyList<object?> ?? [];
        var missing = names.OfType<string>().Where(name => !environment.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new RunStateException(
                run.Id,
                $"Run {run.ShortId} needs the environment variable {string.Join(" and ", missing)}, whose value was not recorded, because its name or value looks like a secret.",
                "Set it and start the run again.");
        }
    }

    private static string VariableOf(IReadOnlyDictionary<string, object?>? command, string flag)
    {
        var flags = command?.GetValueOrDefault("cmd-flags") as IReadOnlyDictionary<string, object?>;
        var recorded = flags?.GetValueOrDefault(flag) as IReadOnlyDictionary<string, object?>;
        return FlagArguments.VariableName(flag, new FlagDefinition { Name = flag, EnvName = recorded?.GetValueOrDefault("env-name") as string });
    }
}
