using Guild.Engine.GuildFiles;

namespace Guild.Engine.Flags;

/// <summary>
/// The secret flags of one binding: those that the Guild file declares, and those that were given as a secret. They are kept apart from all other flags, so
/// that the values that labels, arguments, messages and records are made of never have them.
/// </summary>
internal sealed class SecretSettlement(OperationDefinition operation, FlagBindingOptions options)
{
    private readonly Dictionary<string, FlagDefinition> _definitions = operation.Flags.ToDictionary(flag => flag.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, SecretValue?> _given = new(StringComparer.Ordinal);
    private readonly List<FlagProblem> _unusable = [];
    private readonly FlagChecks _checks = new(options);

    /// <summary>What no force can pass on.</summary>
    public IReadOnlyList<FlagProblem> Unusable => _unusable;

    /// <summary>The secret flags.</summary>
    public IEnumerable<string> Names => _definitions.Values.Where(flag => flag.IsSecret).Select(flag => flag.Name).Union(_given.Keys, StringComparer.Ordinal);

    /// <summary>True if a flag is a secret in this binding.</summary>
    public bool IsSecret(string name) => _given.ContainsKey(name) || _definitions.GetValueOrDefault(name) is { IsSecret: true };

    /// <summary>The secret flags with their environment variables.</summary>
    public SortedList<string, string> Variables() => new(Names.ToDictionary(name => name, VariableOf), StringComparer.Ordinal);

    /// <summary>Takes an input if it is, or is for, a secret.</summary>
    public bool Takes(string name, FlagInput input)
    {
        if (!IsSecret(name) && input is not (FlagSecret or FlagCredential))
        {
            return false;
        }

        var flag = _definitions.GetValueOrDefault(name);
        var value = SecretValue.Of(input, number => FlagArguments.EncodeForEnvironment(flag, number));
        if (value is null && input is not FlagValue { Value: null })
        {
            _unusable.Add(new FlagProblem(FlagProblemKind.WrongType, name, null, $"Flag '{name}' is a secret, which is one text or a credential, but a list or table was given."));
        }

        _given[name] = value;
        return true;
    }

    /// <summary>The values: what was given, else what the session's environment has, else the default. Messages do not show them.</summary>
    /// <param name="others">The values of the other flags, which defaults can refer to.</param>
    /// <param name="problems">What is wrong is added to them.</param>
    public SortedList<string, SecretValue> Settle(IReadOnlyDictionary<string, object?> others, List<FlagProblem> problems)
    {
        var result = new SortedList<string, SecretValue>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            var flag = _definitions.GetValueOrDefault(name);
            var value = _given.TryGetValue(name, out var given) ? given : FromEnvironment(name) ?? Default(flag!, others, problems);
            if (value is not null && flag is not null)
            {
                value = Checked(flag, value, problems);
            }

            if (value is { Text.Length: > 0 })
            {
                result[name] = value;
            }
            else if (flag is { IsRequired: true })
            {
                problems.Add(Missing(flag));
            }
        }

        return result;
    }

    private string VariableOf(string name) => FlagArguments.VariableName(name, _definitions.GetValueOrDefault(name));

    private SecretValue? FromEnvironment(string name) =>
        options.Environment.GetValueOrDefault(VariableOf(name)) is { Length: > 0 } text ? new SecretValue(text) : null;

    private SecretValue? Default(FlagDefinition flag, IReadOnlyDictionary<string, object?> others, List<FlagProblem> problems)
    {
        try
        {
            FlagReferences.RefuseSecrets(flag.Default, Variables());
            var value = FlagReferences.Resolve(FlagValues.Normalize(flag.Default), others);
            return value is null ? null : new SecretValue(FlagArguments.EncodeForEnvironment(flag, value));
        }
        catch (FlagReferenceException error)
        {
            problems.Add(new FlagProblem(FlagProblemKind.BadReference, flag.Name, null, $"Flag '{flag.Name}' cannot be resolved: {error.Message}"));
            return null;
        }
    }

    private SecretValue Checked(FlagDefinition flag, SecretValue value, List<FlagProblem> problems)
    {
        var isFree = flag.Type is FlagType.Auto or FlagType.String && flag.Choices.Count == 0 && flag.Minimum is null && flag.Maximum is null;
        if (isFree || value.IsCredential)
        {
            return value;
        }

        var isAlias = flag.Choices.Any(choice => choice.Alias == value.Text || choice.Value as string == value.Text);
        var outcome = _checks.Check(flag, isAlias ? value.Text : FlagGrammar.Decode(value.Text, flag.Type));
        problems.AddRange(outcome.Problems.Select(problem => new FlagProblem(
            problem.Kind, flag.Name, null, $"Flag '{flag.Name}' has a value that its type, choices or range do not allow. It is a secret, so it is not shown.")));

        // Only a path and what an alias stands for are other text than what was given.
        return outcome switch
        {
            { Problems.Count: > 0 } => value,
            { Choice: not null } => new SecretValue(FlagArguments.EncodeForEnvironment(flag, outcome.Value)),
            { Value: string text } when flag.Type is FlagType.Path or FlagType.ExistingPath => new SecretValue(text),
            _ => value,
        };
    }

    private FlagProblem Missing(FlagDefinition flag) => new(
        FlagProblemKind.Missing,
        flag.Name,
        null,
        $"Flag '{flag.Name}' is required, and it is a secret: give it as a SecureString, or set the environment variable {VariableOf(flag.Name)}.");
}
