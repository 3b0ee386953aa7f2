using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>Reads back how the flags of a run reach its program, as its attribute <c>op</c> has it.</summary>
internal static class RecordedFlags
{
    /// <summary>The flags with their names and how they become arguments and variables; the rest of their definitions is not recorded.</summary>
    public static IReadOnlyList<FlagDefinition> Of(Run run)
    {
        var flags = Mapping(RecordedOperation.CommandOf(run.Directory)?.GetValueOrDefault("cmd-flags"));
        return flags is null ? [] : [.. flags.Keys.Select(name => Of(name, Mapping(flags[name])))];
    }

    private static FlagDefinition Of(string name, IReadOnlyDictionary<string, object?>? recorded)
    {
        var split = recorded?.GetValueOrDefault("arg-split");
        return new FlagDefinition
        {
            Name = name,
            ArgName = recorded?.GetValueOrDefault("arg-name") as string,
            ArgSkip = FlagValues.AreEqual(recorded?.GetValueOrDefault("arg-skip"), true) ? true : null,
            SplitsArg = split is not null and not false,
            ArgSeparator = split as string is { } separator and not "shlex" ? separator : null,
            HasArgSwitch = recorded?.ContainsKey("arg-switch") == true,
            ArgSwitch = recorded?.GetValueOrDefault("arg-switch"),
            EnvName = recorded?.GetValueOrDefault("env-name") as string,
            ArgEncoding = Encoding(recorded?.GetValueOrDefault("arg-encoding")),
            EnvEncoding = Encoding(recorded?.GetValueOrDefault("env-encoding")),
        };
    }

    private static IReadOnlyList<KeyValuePair<object?, string>> Encoding(object? recorded) =>
        Mapping(recorded) is { Count: > 0 } map ? [.. map.Select(entry => KeyValuePair.Create(FlagGrammar.Decode(entry.Key), FlagArguments.EncodeValue(null, entry.Value)))] : [];

    private static IReadOnlyDictionary<string, object?>? Mapping(object? value) => value as IReadOnlyDictionary<string, object?>;
}
