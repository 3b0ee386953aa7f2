using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;

namespace Guild.Engine.Operations;

/// <summary>Makes the command of an operation whose <c>main</c> is a PowerShell script: its parameters get the flags, with their types.</summary>
internal static class PowerShellCommand
{
    public static OperationCommand Build(
        Project project,
        OperationDefinition operation,
        BoundFlags flags,
        IReadOnlyList<string> resolved,
        SourceLayout layout,
        EngineContext context)
    {
        ScriptFile.Require(project, operation, resolved[0], layout);

        List<string> arguments =
        [
            Interpreters.FindPowerShell(context),
            "-NoProfile",
            "-NonInteractive",
            "-File",
            Path.Combine(context.RunnersDirectory, "guild-script.ps1"),
            layout.PathOf(resolved[0]),
            Parameters(operation, flags, resolved),
            .. Secrets(operation, flags),
        ];
        return new OperationCommand
        {
            Kind = ProgramKind.PowerShell,
            Arguments = arguments,
            Template = arguments,
        };
    }

    /// <summary>The parameters of the script with their values, as the text of a table.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="words">The words of its <c>main</c>, the script's name first.</param>
    public static string Parameters(OperationDefinition operation, BoundFlags flags, IReadOnlyList<string> words)
    {
        var parameters = new SortedList<string, object?>(StringComparer.OrdinalIgnoreCase);
        AddWritten(operation, words, parameters);
        AddFlags(operation, flags, parameters);
        return PowerShellLiteral.Table(parameters);
    }

    /// <summary>The name of the parameter that a flag goes to: hyphens are left out, since parameters seldom have them.</summary>
    public static string ParameterName(string flagName) => flagName.Replace("-", "", StringComparison.Ordinal);

    /// <summary>True if the operation runs a PowerShell script.</summary>
    public static bool IsMadeFor(OperationDefinition operation) =>
        operation.Main is { } main && main.Contains(".ps1", StringComparison.OrdinalIgnoreCase) && ScriptTarget.Split(main) is [var script, ..] && IsScript(script);

    /// <summary>True if the name is a PowerShell script's.</summary>
    public static bool IsScript(string path) => path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if PowerShell takes two names for the same parameter: it tells no capitals from small letters, and hyphens are left out.</summary>
    public static bool AreSame(string name, string other) => string.Equals(ParameterName(name), ParameterName(other), StringComparison.OrdinalIgnoreCase);

    // Parameters that get a secret come with the names of the variables that hold it.
    private static IEnumerable<string> Secrets(OperationDefinition operation, BoundFlags flags)
    {
        var parameters = new SortedList<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in flags.Secrets)
        {
            var flag = operation.Flags.FirstOrDefault(f => f.Name == name);
            if (operation.FlagsDestination != "none" && !(flag?.ArgSkip ?? operation.DefaultFlagArgSkip))
            {
                parameters[ParameterName(flag?.ArgName ?? name)] = value.Variables(flags.SecretVariables[name]).Select(v => (object?)v.Key).ToList();
            }
        }

        return parameters.Count == 0 ? [] : [PowerShellLiteral.Table(parameters)];
    }

    private static void AddFlags(OperationDefinition operation, BoundFlags flags, SortedList<string, object?> parameters)
    {
        if (operation.FlagsDestination == "none")
        {
            return;
        }

        foreach (var (name, value) in flags.Values)
        {
            var flag = operation.Flags.FirstOrDefault(f => f.Name == name);
            if (value is null || (flag?.ArgSkip ?? operation.DefaultFlagArgSkip))
            {
                continue;
            }

            if (flag is { ArgSwitch: not null })
            {
                if (FlagValues.AreEqual(flag.ArgSwitch, value))
                {
                    parameters[ParameterName(flag.ArgName ?? name)] = true;
                }

                continue;
            }

            parameters[ParameterName(flag?.ArgName ?? name)] = flag is { SplitsArg: true } ? FlagArguments.ReadParts(flag, value) : value;
        }

        foreach (var (name, value) in flags.ChoiceArgs)
        {
            parameters[ParameterName(name)] = value;
        }
    }

    // What stands behind the script in main: -Name VALUE, -Name:VALUE, or -Switch.
    private static void AddWritten(OperationDefinition operation, IReadOnlyList<string> words, SortedList<string, object?> parameters)
    {
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Length < 2 || word[0] != '-')
            {
                throw new RequestException(
                    $"The main of operation '{operation.FullName}' gives '{word}' to the script without a parameter's name.",
                    word,
                    "Write -Name VALUE for each argument of a PowerShell script.");
            }

            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                parameters[word[1..colon]] = word[(colon + 1)..];
            }
            else if (i + 1 < words.Count && !words[i + 1].StartsWith('-'))
            {
                parameters[word[1..]] = words[++i];
            }
            else
            {
                parameters[word[1..]] = true;
            }
        }
    }
}
