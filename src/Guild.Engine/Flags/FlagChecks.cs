using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>What a check of one flag found.</summary>
/// <param name="Value">The value with the flag's type, and of a choice rather than its alias.</param>
/// <param name="Choice">The choice that the value is, or null; a list is none.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record FlagOutcome(object? Value, FlagChoice? Choice, IReadOnlyList<FlagProblem> Problems);

/// <summary>Checks values against what their flag declares.</summary>
internal sealed class FlagChecks(FlagBindingOptions options)
{
    private readonly FlagCoercion coercion = new(options);

    /// <summary>Checks one flag's value, a list item by item.</summary>
    public FlagOutcome Check(FlagDefinition flag, object? value)
    {
        if (flag.IsRequired && value is null or "")
        {
            var summary = flag.Description.Split('\n')[0].Trim();
            var about = summary.Length == 0 ? "." : $": {summary}";
            return new FlagOutcome(value, null, [new FlagProblem(FlagProblemKind.Missing, flag.Name, null, $"Flag '{flag.Name}' is required{about}")]);
        }

        if (value is not IReadOnlyList<object?> items)
        {
            var single = CheckItem(flag, value);
            return new FlagOutcome(single.Value, single.Choice, single.Problem is null ? [] : [single.Problem]);
        }

        var outcomes = items.Select(item => CheckItem(flag, item)).ToList();
        return new FlagOutcome(
            outcomes.ConvertAll(outcome => outcome.Value),
            null,
            [.. outcomes.Select(outcome => outcome.Problem).OfType<FlagProblem>()]);
    }

    private ItemOutcome CheckItem(FlagDefinition flag, object? value)
    {
        // What a search draws from is checked when it is drawn.
        if (value is null || (value is string space && flag.Type != FlagType.String && FlagFunctions.IsSearchSpace(space)))
        {
            return new ItemOutcome(value);
        }

        if (FindAlias(flag, value) is { } byAlias)
        {
            return new ItemOutcome(coercion.Coerce(flag, FlagValues.Normalize(byAlias.Value)).Value, byAlias);
        }

        var coerced = coercion.Coerce(flag, value);
        if (coerced.Problem is not null)
        {
            return new ItemOutcome(value, null, new FlagProblem(FlagProblemKind.WrongType, flag.Name, value, $"Flag '{flag.Name}' {coerced.Problem}."));
        }

        var choice = FindChoice(flag, coerced.Value);
        return new ItemOutcome(coerced.Value, choice, CheckChoice(flag, coerced.Value, choice) ?? CheckRange(flag, coerced.Value));
    }

    private static FlagChoice? FindAlias(FlagDefinition flag, object? value) =>
        value is string text ? flag.Choices.FirstOrDefault(choice => choice.Alias == text) : null;

    private FlagChoice? FindChoice(FlagDefinition flag, object? value) =>
        flag.Choices.FirstOrDefault(choice => FlagValues.AreEqual(coercion.Coerce(flag, FlagValues.Normalize(choice.Value)).Value, value));

    private FlagProblem? CheckChoice(FlagDefinition flag, object? value, FlagChoice? choice)
    {
        if (flag.Choices.Count == 0 || flag.AllowsOther || choice is not null)
        {
            return null;
        }

        if (flag.SplitsArg && value is string text)
        {
            var wrong = FlagParts.Split(flag, text).Select(part => FlagGrammar.Decode(part, flag.Type)).FirstOrDefault(part => FindChoice(flag, part) is null && FindAlias(flag, part) is null);
            return wrong is null ? null : NotAChoice(flag, wrong);
        }

        return NotAChoice(flag, value);
    }

    private static FlagProblem NotAChoice(FlagDefinition flag, object? value)
    {
        var choices = string.Join(", ", flag.Choices.Select(choice => FlagDisplay.Show(choice.Alias ?? choice.Value)));
        return new FlagProblem(
            FlagProblemKind.NotAChoice, flag.Name, value, $"Flag '{flag.Name}' must be one of {choices}, but {FlagDisplay.Show(value)} is not.");
    }

    private static FlagProblem? CheckRange(FlagDefinition flag, object? value)
    {
        if (flag.Minimum is null && flag.Maximum is null)
        {
            return null;
        }

        IEnumerable<object?> parts = flag.SplitsArg && value is string text ? FlagParts.Split(flag, text).Select(part => FlagGrammar.Decode(part)) : [value];
        return parts.Select(part => CheckRangeOf(flag, part)).FirstOrDefault(problem => problem is not null);
    }

    private static FlagProblem? CheckRangeOf(FlagDefinition flag, object? value)
    {
        double? number = value switch
        {
            long integer => integer,
            double real => real,
            _ => null,
        };
        if (number is null)
        {
            return new FlagProblem(
                FlagProblemKind.WrongType, flag.Name, value, $"Flag '{flag.Name}' must be a number, since it has a range, but {FlagDisplay.Show(value)} is not.");
        }

        var why = number < flag.Minimum ? $"less than min {Bound(flag.Minimum.Value)}"
            : number > flag.Maximum ? $"greater than max {Bound(flag.Maximum.Value)}"
            : null;
        return why is null
            ? null
            : new FlagProblem(FlagProblemKind.OutOfRange, flag.Name, value, $"Flag '{flag.Name}' is out of range ({why}): {FlagDisplay.Show(value)}.");
    }

    // Bounds are held as floats; a whole one is shown as it stands in the file.
    private static string Bound(double bound)
    {
        var text = PythonText.Float(bound);
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private sealed record ItemOutcome(object? Value, FlagChoice? Choice = null, FlagProblem? Problem = null);
}
