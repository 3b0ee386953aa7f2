using Guild.Engine.Flags;

namespace Guild.Engine.Operations;

/// <summary>The environment variables that hold secrets: those of the secret flags themselves, and those of an operation that refer to such flags.</summary>
internal sealed class SecretEnvironment
{
    private readonly IReadOnlyDictionary<string, SecretValue> _values;
    private readonly IReadOnlyDictionary<string, string> _flags;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <param name="values">The values of the secret flags that have one.</param>
    /// <param name="flags">All secret flags: name to environment variable.</param>
    public SecretEnvironment(IReadOnlyDictionary<string, SecretValue> values, IReadOnlyDictionary<string, string> flags)
    {
        _values = values;
        _flags = flags;
        foreach (var (flag, value) in values)
        {
            foreach (var (name, text) in value.Variables(flags[flag]))
            {
                _variables[name] = text;
            }
        }
    }

    /// <summary>The variables.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Takes a variable of an operation's <c>env</c> if its value refers to a secret flag. Of a credential the password is meant.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="template">Its value in the Guild file.</param>
    /// <param name="flags">The values of all flags.</param>
    public bool Takes(string name, object? template, IReadOnlyDictionary<string, object?> flags)
    {
        if (template is not string text || !FlagReferences.Names(text).Any(_flags.ContainsKey))
        {
            return false;
        }

        // A secret is put in as it is: what looks like a reference in it is none.
        var values = new Dictionary<string, object?>(flags, StringComparer.Ordinal);
        foreach (var flag in _flags.Keys)
        {
            values[flag] = (_values.GetValueOrDefault(flag)?.Text ?? "").Replace("${", "\\${", StringComparison.Ordinal);
        }

        _variables.TryAdd(name, FlagReferences.ResolveText(text, values));
        return true;
    }
}
