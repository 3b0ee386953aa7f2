namespace Guild.PowerShell.Classic;

/// <summary>What may follow an option.</summary>
internal enum OptionKind
{
    /// <summary>Nothing: it is given or not.</summary>
    Switch,

    /// <summary>Nothing; how often it is given counts.</summary>
    Count,

    /// <summary>One value; the last one given holds.</summary>
    Value,

    /// <summary>One value each time; all hold.</summary>
    Values,
}

/// <summary>
/// One option of a command. The same object declares it, is asked for in what was parsed, and appears in help.
/// </summary>
internal sealed record OptionSpec
{
    /// <summary>The names, short ones first, with their dashes. A name of one dash and several letters (<c>-Fo</c>) is one name, not several options.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What may follow.</summary>
    public required OptionKind Kind { get; init; }

    /// <summary>What the option does, as one or two sentences for help.</summary>
    public required string Help { get; init; }

    /// <summary>How help calls the value, such as <c>VAL</c>; null without one.</summary>
    public string? Metavar { get; init; }

    /// <summary>What the value names.</summary>
    public WordKind Word { get; init; }

    /// <summary>Names that mean the opposite, such as <c>--not-running</c>.</summary>
    public IReadOnlyList<string> NegativeNames { get; init; } = [];

    /// <summary>Names of earlier versions of Guild: understood where the command has no other use for them, and not in help.</summary>
    public IReadOnlyList<string> OldNames { get; init; } = [];

    /// <summary>Whether Guild has the option and this version has not: giving it is an error that says so, and help leaves it out.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Whether help leaves the option out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The name that messages use: the longest of them by custom, the last.</summary>
    public string DisplayName => Names[^1];

    /// <summary>Whether a value follows.</summary>
    public bool TakesValue => Kind is OptionKind.Value or OptionKind.Values;

    /// <summary>Declares an option without a value.</summary>
    public static OptionSpec Switch(string help, params string[] names) => new() { Names = names, Kind = OptionKind.Switch, Help = help };

    /// <summary>Declares an option with one value.</summary>
    public static OptionSpec Value(string metavar, string help, params string[] names) =>
        new() { Names = names, Kind = OptionKind.Value, Metavar = metavar, Help = help };

    /// <summary>Declares an option with a value that may be given several times.</summary>
    public static OptionSpec Values(string metavar, string help, params string[] names) =>
        new() { Names = names, Kind = OptionKind.Values, Metavar = metavar, Help = help };

    /// <summary>Declares a switch of Guild that this version has not.</summary>
    public static OptionSpec Absent(params string[] names) => Switch("", names) with { IsAbsent = true };

    /// <summary>Declares an option of Guild with a value that this version has not.</summary>
    public static OptionSpec AbsentValue(params string[] names) => Value("VAL", "", names) with { IsAbsent = true };

    /// <summary>The left column of help: <c>-l, --label TEXT</c>.</summary>
    public string Usage()
    {
        string names = string.Join(", ", Names);
        string opposites = NegativeNames.Count == 0 ? "" : $" / {string.Join(", ", NegativeNames)}";
        return Metavar is null ? names + opposites : $"{names} {Metavar}";
    }
}
