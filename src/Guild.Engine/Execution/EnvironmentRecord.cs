using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Decides which variables of a program's environment are written down.</summary>
internal sealed record EnvironmentRecord
{
    /// <summary>The attribute with the variables.</summary>
    public const string Attribute = "env";

    // Shorter texts are words or numbers that stand in many values by chance.
    private const int ShortestEqual = 4;
    private const int ShortestPart = 8;

    /// <summary>The names of the operation's <c>env-secrets</c>.</summary>
    public required IReadOnlyCollection<string> Declared { get; init; }

    /// <summary>The variables of flags that are no secrets, or have no value: the record has their values in any case, so a name such as FLAG_MAX_TOKENS hides nothing.</summary>
    public required IReadOnlySet<string> FlagVariables { get; init; }

    /// <summary>The variables that hold secrets.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public static EnvironmentRecord Of(RunPlan plan) => new()
    {
        Declared = plan.Operation.EnvironmentSecrets,
        FlagVariables = plan.RecordedFlags.Keys
            .Where(name => !plan.Flags.Secrets.ContainsKey(name))
            .Select(name => FlagArguments.VariableName(name, plan.Operation.Flags.FirstOrDefault(f => f.Name == name)))
            .ToHashSet(StringComparer.Ordinal),
        Secrets = plan.SecretEnvironment,
    };

    /// <summary>What of an environment is written down.</summary>
    /// <param name="environment">The whole environment of the program.</param>
    /// <param name="own">The names that the operation adds, whose values are its own and not copies of a secret.</param>
    public IReadOnlyDictionary<string, string> Recorded(IReadOnlyDictionary<string, string> environment, IReadOnlySet<string> own)
    {
        var result = new Dictionary<string, string>(SecretNames.WithoutSecrets(environment, Declared), StringComparer.Ordinal);
        foreach (var name in FlagVariables.Where(environment.ContainsKey).Except(Declared, StringComparer.OrdinalIgnoreCase))
        {
            result[name] = environment[name];
        }

        // A dictionary can be enumerated while entries are removed from it.
        foreach (var (name, value) in result)
        {
            if (Secrets.ContainsKey(name) || (!own.Contains(name) && CarriesSecret(value)))
            {
                result.Remove(name);
            }
        }

        return result;
    }

    // Whoever passes a secret on from a variable of another name would find it recorded under that name.
    private bool CarriesSecret(string value) => Secrets.Values.Any(secret =>
        (secret.Length >= ShortestEqual && value == secret) || (secret.Length >= ShortestPart && value.Contains(secret, StringComparison.Ordinal)));
}
