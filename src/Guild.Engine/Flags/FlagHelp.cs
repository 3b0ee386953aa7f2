using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>A choice as help shows it.</summary>
/// <param name="Text">What to type for it.</param>
/// <param name="Description">What it means; can be empty.</param>
public sealed record FlagChoiceHelp(string Text, string Description);

/// <summary>A flag as help shows it.</summary>
public sealed record FlagHelp
{
    private FlagHelp()
    {
    }

    /// <summary>The flag's name.</summary>
    public required string Name { get; init; }

    /// <summary>The first line of its description; can be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>The further lines of its description; can be empty.</summary>
    public required string Details { get; init; }

    /// <summary>What holds if the flag is not given: <c>(default is VALUE)</c>, <c>(required)</c>, <c>(secret)</c>, or empty.</summary>
    public required string Suffix { get; init; }

    /// <summary>What to choose from, in file order; empty if any value goes.</summary>
    public required IReadOnlyList<FlagChoiceHelp> Choices { get; init; }

    /// <summary>
    /// How the program gets the flag where that is not <c>--name VALUE</c>, for example <c>--fast for yes, nothing otherwise</c>; empty
    /// if it is.
    /// </summary>
    public required string Passing { get; init; }

    /// <summary>The summary with what holds if the flag is not given, on one line.</summary>
    public string Line => string.Join(' ', new[] { Summary, Suffix }.Where(part => part.Length > 0));

    /// <summary>The choices on one line, such as <c>sgd, adam</c>; empty if there are none.</summary>
    public string ChoiceLine => string.Join(", ", Choices.Select(choice => choice.Text));

    /// <summary>The line and the choices as one text, short enough for the message of a parameter.</summary>
    public string Message => string.Join(' ', new[] { Line, Choices.Count == 0 ? "" : $"Choices: {ChoiceLine}" }.Where(part => part.Length > 0));

    /// <summary>Describes a flag of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="flag">One of its flags.</param>
    public static FlagHelp Of(OperationDefinition operation, FlagDefinition flag)
    {
        var lines = flag.Description.Trim().Split('\n', 2);
        return new FlagHelp
        {
            Name = flag.Name,
            Summary = lines[0].Trim(),
            Details = lines.Length > 1 ? lines[1].Trim() : "",
            Suffix = SuffixOf(flag),
            Choices = [.. flag.Choices.Select(choice => new FlagChoiceHelp(FlagDisplay.Show(choice.Alias ?? choice.Value), choice.Description.Trim()))],
            Passing = PassingOf(operation, flag),
        };
    }

    private static string SuffixOf(FlagDefinition flag)
    {
        if (flag.IsSecret)
        {
            return flag.IsRequired ? "(secret, required)" : "(secret)";
        }

        if (flag.Default is not null)
        {
            return $"(default is {FlagDisplay.Show(flag.Default)})";
        }

        return flag.IsRequired ? "(required)"
            : flag.NullLabel is { Length: > 0 } label ? $"(default is {label})"
            : "";
    }

    private static string PassingOf(OperationDefinition operation, FlagDefinition flag)
    {
        if (flag.IsSecret)
        {
            return $"environment variable {FlagArguments.VariableName(flag.Name, flag)}";
        }

        if (!FlagArguments.PassesArguments(operation) || (flag.ArgSkip ?? operation.DefaultFlagArgSkip))
        {
            return "not passed as an argument";
        }

        var isYaml = FlagArguments.TakesYaml(operation.FlagsDestination);
        if (flag.HasArgSwitch && flag.ArgSwitch is not null)
        {
            return $"{Shown(flag, flag.ArgSwitch, isYaml)} for {FlagDisplay.Show(flag.ArgSwitch)}, nothing otherwise";
        }

        if (flag.ArgEncoding.Count > 0 && !isYaml)
        {
            return string.Join(", ", flag.ArgEncoding.Select(entry => $"{Shown(flag, FlagValues.Normalize(entry.Key), isYaml)} for {FlagDisplay.Show(FlagValues.Normalize(entry.Key))}"));
        }

        if (flag.Type == FlagType.Boolean || flag.Default is bool)
        {
            return $"{Shown(flag, true, isYaml)} for yes, {Shown(flag, false, isYaml)} for no";
        }

        return string.IsNullOrEmpty(flag.ArgName) ? "" : $"--{flag.ArgName} VALUE";
    }

    private static string Shown(FlagDefinition flag, object? value, bool isYaml) => ShellWords.Join(FlagArguments.Option(flag, value, isYaml));
}
