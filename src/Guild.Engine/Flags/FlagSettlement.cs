using Guild.Engine.GuildFiles;

namespace Guild.Engine.Flags;

/// <summary>One binding of an operation's flags.</summary>
internal sealed class FlagSettlement(OperationDefinition operation, FlagBindingOptions options)
{
    private readonly Dictionary<string, FlagDefinition> definitions = operation.Flags.ToDictionary(flag => flag.Name, StringComparer.Ordinal);
    private readonly SortedList<string, object?> user = new(StringComparer.Ordinal);
    private readonly FlagChecks checks = new(options);
    private readonly SecretSettlement secrets = new(operation, options);
    private readonly List<FlagProblem> inputProblems = [];
    private readonly List<FlagProblem> unusable = [];
    private readonly List<string> warnings = [];

    /// <summary>Takes what the user gave, under the flags' own names.</summary>
    public void Take(IReadOnlyList<KeyValuePair<string, FlagInput>> given)
    {
        var aliases = operation.Flags
            .Where(flag => !string.IsNullOrEmpty(flag.Alias) && !definitions.ContainsKey(flag.Alias))
            .DistinctBy(flag => flag.Alias)
            .ToDictionary(flag => flag.Alias!, StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in given)
        {
            names.Add(name);
        }

        foreach (var (key, input) in given)
        {
            if (!aliases.TryGetValue(key, out var flag))
            {
                TakeInput(key, input);
            }
            else if (!names.Contains(flag.Name))
            {
                TakeInput(flag.Name, input);
            }
            else
            {
                inputProblems.Add(new FlagProblem(
                    FlagProblemKind.GivenTwice, flag.Name, null, $"Flag '{flag.Name}' is given twice: by its name and by its alias '{key}'."));
            }
        }
    }

    /// <summary>The values of all flags.</summary>
    /// <exception cref="FlagException">Something cannot be used.</exception>
    public BoundFlags Complete()
    {
        // A choice can set flags that are choices themselves, so values are settled in rounds; each round can only add one step of such a chain.
        var fromChoices = new Dictionary<string, object?>(StringComparer.Ordinal);
        var round = Settle(fromChoices);
        for (var rounds = 0; rounds <= operation.Flags.Count; rounds++)
        {
            var next = FlagsOfChoices(round);
            if (FlagValues.AreEqual(next, fromChoices))
            {
                break;
            }

            fromChoices = next;
            round = Settle(fromChoices);
        }

        var choiceArgs = ChoiceArgs(round);
        var settled = secrets.Settle(round.Values, round.Problems);
        var problems = inputProblems.Concat(round.Problems)
            .Where(problem => !options.IsForced || problem.Kind == FlagProblemKind.BadReference)
            .Concat(unusable)
            .Concat(secrets.Unusable)
            .OrderBy(problem => problem.Flag, StringComparer.Ordinal)
            .ToList();
        if (problems.Count > 0)
        {
            throw new FlagException(problems, Advice(problems));
        }

        warnings.AddRange(fromChoices.Keys.Where(name => !definitions.ContainsKey(name)).Select(
            name => $"A choice sets flag '{name}', which operation '{operation.FullName}' does not have."));
        return new BoundFlags
        {
            Values = round.Values,
            UserValues = new SortedList<string, object?>(user.Keys.ToDictionary(name => name, name => round.Values[name]), StringComparer.Ordinal),
            ChoiceArgs = choiceArgs,
            SecretVariables = secrets.Variables(),
            Secrets = settled,
            IsForced = options.IsForced,
            Warnings = [.. warnings],
        };
    }

    private static string Advice(List<FlagProblem> problems) => problems.All(problem => problem.Kind == FlagProblemKind.Missing)
        ? "Give these flags a value, as NAME=VALUE, and run again."
        : "Correct the flags and run again; -Force (--force-flags) passes values on as they are.";

    private void TakeInput(string name, FlagInput input)
    {
        var flag = definitions.GetValueOrDefault(name);
        if (flag is null)
        {
            inputProblems.Add(Unknown(name));
        }

        if (secrets.Takes(name, input))
        {
            user.Remove(name);
            return;
        }

        try
        {
            user[name] = input switch
            {
                // A choice 'on' of a file is text, and what a user types for it is that text, not a truth value.
                FlagText { Text: var text } when flag?.Choices.Any(choice => choice.Alias == text || choice.Value as string == text) == true => text,
                FlagText { Text: var text } => FlagGrammar.Decode(text, flag?.Type ?? FlagType.Auto, warnings),
                FlagValue { Value: string text } when flag is not null && IsNumber(flag) && FlagFunctions.Read(text) is { Values: { } values } => values,
                FlagValue { Value: var value } => FlagValues.Normalize(value),
                _ => throw new ArgumentException($"An input of type {input.GetType().Name} is not known.", nameof(input)),
            };
        }
        catch (ArgumentException error) when (input is FlagValue)
        {
            // There is nothing that could be passed on by force.
            unusable.Add(new FlagProblem(FlagProblemKind.WrongType, name, null, $"Flag '{name}' must have another value: {error.Message}."));
            user[name] = null;
        }
    }

    // No text can be the value of such a flag, so that of a sequence means its values.
    private static bool IsNumber(FlagDefinition flag) =>
        flag.Type is FlagType.Int or FlagType.Float or FlagType.Number || (flag.Type == FlagType.Auto && flag.Default is int or long or double);

    private FlagProblem Unknown(string name)
    {
        var nearest = NearestNames.Sort(name, operation.Flags.Select(flag => flag.Name));
        var known = nearest.Count == 0 ? "it has no flags" : $"its flags are, nearest first: {string.Join(", ", nearest)}";
        return new FlagProblem(FlagProblemKind.Unknown, name, null, $"Operation '{operation.FullName}' has no flag '{name}'; {known}.");
    }

    private Round Settle(Dictionary<string, object?> fromChoices)
    {
        var raw = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var flag in definitions.Values)
        {
            raw[flag.Name] = FlagValues.Normalize(flag.Default);
        }

        foreach (var (name, value) in fromChoices)
        {
            raw[name] = value;
        }

        foreach (var (name, value) in user)
        {
            raw[name] = value;
        }

        // From here on a secret is a flag without a value, so that nothing that is made of the values has it.
        foreach (var name in secrets.Names)
        {
            raw[name] = null;
        }

        var round = new Round(new SortedList<string, object?>(raw, StringComparer.Ordinal));

        // What others refer to is the value after its flag's type, such as the absolute path.
        foreach (var (name, value) in raw)
        {
            if (!FlagReferences.HasReference(value))
            {
                Check(round, name, value);
            }
        }

        var referents = new Dictionary<string, object?>(round.Values, StringComparer.Ordinal);
        foreach (var (name, value) in raw)
        {
            if (FlagReferences.HasReference(value) && ResolveReferences(round, name, value, referents) is { } resolved)
            {
                Check(round, name, resolved.Value);
            }
        }

        return round;
    }

    private void Check(Round round, string name, object? value)
    {
        if (!definitions.TryGetValue(name, out var flag) || secrets.IsSecret(name))
        {
            round.Values[name] = value;
            return;
        }

        var outcome = checks.Check(flag, value);
        round.Values[name] = outcome.Value;
        round.Problems.AddRange(outcome.Problems);
        if (outcome.Choice is not null)
        {
            round.Choices[name] = outcome.Choice;
        }
    }

    private Coerced? ResolveReferences(Round round, string name, object? value, IReadOnlyDictionary<string, object?> referents)
    {
        try
        {
            FlagReferences.RefuseSecrets(value, secrets.Variables());
            return new Coerced(FlagReferences.Resolve(value, referents));
        }
        catch (FlagReferenceException error)
        {
            round.Problems.Add(new FlagProblem(FlagProblemKind.BadReference, name, value, $"Flag '{name}' cannot be resolved: {error.Message}"));
            return null;
        }
    }

    private Dictionary<string, object?> FlagsOfChoices(Round round)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var choice in round.Choices.Values)
        {
            foreach (var (name, value) in choice.Flags)
            {
                if (!user.ContainsKey(name))
                {
                    result[name] = FlagValues.Normalize(value);
                }
            }
        }

        return result;
    }

    private SortedList<string, object?> ChoiceArgs(Round round)
    {
        var result = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var (flag, choice) in round.Choices)
        {
            foreach (var (name, value) in choice.Args)
            {
                result[name] = ResolveReferences(round, flag, value, round.Values)?.Value;
            }
        }

        return result;
    }

    private sealed record Round(SortedList<string, object?> Values)
    {
        public List<FlagProblem> Problems { get; } = [];

        public SortedList<string, FlagChoice> Choices { get; } = new(StringComparer.Ordinal);
    }
}
