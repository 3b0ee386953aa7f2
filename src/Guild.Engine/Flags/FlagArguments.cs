using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>How values of flags reach the program: as arguments and as environment variables.</summary>
public static class FlagArguments
{
    private const string FlagArgsReference = "${flag_args}";

    /// <summary>
    /// The arguments for all flags, in ordinal order of their options' names: <c>--name value</c>. A null is left out. Options that the
    /// operation's own command has already are left out too (<see cref="Shadowed"/>), and there are none if flags go elsewhere.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="flags">The values of its flags.</param>
    public static IReadOnlyList<string> Encode(OperationDefinition operation, BoundFlags flags)
    {
        if (!PassesArguments(operation))
        {
            return [];
        }

        var own = OwnOptions(operation);
        return [.. Options(operation, flags).Where(option => !own.Contains(option.Key)).SelectMany(option => option.Value)];
    }

    /// <summary>The flags that are not passed because the operation's own command has an option of their name, as option names.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="flags">The values of its flags.</param>
    public static IReadOnlyList<string> Shadowed(OperationDefinition operation, BoundFlags flags)
    {
        var own = OwnOptions(operation);
        return own.Count > 0 && PassesArguments(operation) ? [.. Options(operation, flags).Keys.Where(own.Contains)] : [];
    }

    /// <summary>
    /// The environment variables for all flags, null ones as empty text: <c>FLAG_NAME</c>, in capitals and with <c>_</c> for what is
    /// neither a letter nor a digit, or the name that the flag declares; in ordinal order of the flags' names.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="flags">The values of its flags.</param>
    public static IReadOnlyDictionary<string, string> EncodeEnvironment(OperationDefinition operation, BoundFlags flags)
    {
        var definitions = operation.Flags.ToDictionary(flag => flag.Name, StringComparer.Ordinal);
        var result = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in flags.Values)
        {
            var flag = definitions.GetValueOrDefault(name);
            result[VariableName(name, flag)] = EncodeForEnvironment(flag, value);
        }

        return result;
    }

    /// <summary>One value as the text of an environment variable.</summary>
    internal static string EncodeForEnvironment(FlagDefinition? flag, object? value) => Replacement(flag?.EnvEncoding ?? [], value) ?? EncodeDefault(flag, value);

    /// <summary>
    /// One value as the text of an argument: as the flag's <c>arg-encoding</c> says, else true as <c>1</c>, false and null as empty text,
    /// text as it is, a list as words of a shell (or joined by the flag's separator), and other values as Python literals.
    /// </summary>
    /// <param name="flag">The flag's definition, or null for a value without one.</param>
    /// <param name="value">The value.</param>
    public static string EncodeValue(FlagDefinition? flag, object? value) => Replacement(flag?.ArgEncoding ?? [], value) ?? EncodeDefault(flag, value);

    private static SortedList<string, IReadOnlyList<string>> Options(OperationDefinition operation, BoundFlags flags)
    {
        var definitions = operation.Flags.ToDictionary(flag => flag.Name, StringComparer.Ordinal);
        var isYaml = TakesYaml(operation.FlagsDestination);
        var result = new SortedList<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in flags.ChoiceArgs)
        {
            Add(result, name, Option(new FlagDefinition { Name = name }, value, isYaml));
        }

        foreach (var (name, value) in flags.Values)
        {
            var flag = definitions.GetValueOrDefault(name) ?? (flags.IsForced ? new FlagDefinition { Name = name, ArgSkip = false } : null);
            if (flag is not null && !(flag.ArgSkip ?? operation.DefaultFlagArgSkip))
            {
                Add(result, OptionName(flag), Option(flag, value, isYaml));
            }
        }

        return result;
    }

    // A flag without arguments leaves those alone that a choice has brought under the same name.
    private static void Add(SortedList<string, IReadOnlyList<string>> options, string name, IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0)
        {
            options[name] = arguments;
        }
    }

    /// <summary>The arguments for one flag that is passed: its option and what goes with it; empty if nothing is passed for the value.</summary>
    internal static IReadOnlyList<string> Option(FlagDefinition flag, object? value, bool isYaml)
    {
        var option = $"--{OptionName(flag)}";
        if (flag.HasArgSwitch && flag.ArgSwitch is not null)
        {
            return FlagValues.AreEqual(flag.ArgSwitch, value) ? [option] : [];
        }

        if (value is null)
        {
            return [];
        }

        if (!flag.SplitsArg)
        {
            return [option, isYaml ? FlowText.Yaml.Write(value) : EncodeValue(flag, value)];
        }

        var parts = Parts(flag, value);
        if (parts.Count == 0)
        {
            return [];
        }

        return isYaml ? [option, FlowText.Yaml.Write(ReadParts(flag, value))] : [option, .. parts];
    }

    /// <summary>The parts of a value that is split, read as values.</summary>
    internal static IReadOnlyList<object?> ReadParts(FlagDefinition flag, object value) => [.. Parts(flag, value).Select(part => FlowText.ReadYaml(part))];

    private static IReadOnlyList<string> Parts(FlagDefinition flag, object value) => value switch
    {
        IReadOnlyList<object?> items => [.. items.Select(item => EncodeValue(flag, item))],
        _ => FlagParts.Split(flag, value as string ?? EncodeValue(flag, value)),
    };

    private static string? Replacement(IReadOnlyList<KeyValuePair<object?, string>> encoding, object? value) =>
        encoding.Where(entry => FlagValues.AreEqual(FlagValues.Normalize(entry.Key), value)).Select(entry => entry.Value).FirstOrDefault();

    private static string EncodeDefault(FlagDefinition? flag, object? value) => value switch
    {
        true => "1",
        null or false => "",
        string text => text,
        IReadOnlyList<object?> items => FlagParts.Join(flag, items),
        IReadOnlyDictionary<string, object?> map => PythonText.Literal(new SortedList<string, object?>(map.ToDictionary(), StringComparer.Ordinal)),
        _ => PythonText.Literal(value),
    };

    private static string OptionName(FlagDefinition flag) => string.IsNullOrEmpty(flag.ArgName) ? flag.Name : flag.ArgName;

    /// <summary>The environment variable of a flag.</summary>
    internal static string VariableName(string name, FlagDefinition? flag)
    {
        if (!string.IsNullOrEmpty(flag?.EnvName))
        {
            return flag.EnvName;
        }

        var result = new StringBuilder("FLAG_");
        foreach (var character in name.ToUpperInvariant())
        {
            result.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        }

        return result.ToString();
    }

    /// <summary>True if the flags of the operation are passed as arguments at all.</summary>
    internal static bool PassesArguments(OperationDefinition operation) =>
        operation.FlagsDestination is not { } destination
        || (destination != "none" && !destination.StartsWith("config:", StringComparison.Ordinal));

    /// <summary>True if the program's runner reads arguments as YAML.</summary>
    internal static bool TakesYaml(string? destination) => destination is not null
        && (destination == "globals"
            || destination.StartsWith("global:", StringComparison.Ordinal)
            || destination.StartsWith("dict:", StringComparison.Ordinal)
            || destination.StartsWith("namespace:", StringComparison.Ordinal));

    // Options that stand in the command before the place where those of the flags go.
    private static HashSet<string> OwnOptions(OperationDefinition operation)
    {
        IEnumerable<string> words;
        try
        {
            words = operation.Exec is { } exec
                ? ShellWords.Split(exec).TakeWhile(word => word != FlagArgsReference)
                : ShellWords.Split(operation.Main ?? "");
        }
        catch (FormatException)
        {
            // Who splits the command to run it reports what is wrong with it.
            return [];
        }

        return [.. words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word[2..].Split('=')[0])];
    }
}
