using Guild.Engine.GuildFiles;

namespace Guild.Engine.Flags;

/// <summary>Gives every flag of an operation its value: what the user gave, what choices bring with them, or the default.</summary>
public static class FlagBinder
{
    /// <summary>
    /// Binds what a user gave. Aliases become names; references (<c>${other}</c>) are resolved; values get their flag's type and are
    /// checked against choices and range, lists item by item. Of a name that is given twice the last value counts.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="given">Names or aliases of flags, with what was given for them.</param>
    /// <param name="options">How to bind.</param>
    /// <exception cref="FlagException">Something cannot be used; the error has all problems at once. By force, only references that lead nowhere.</exception>
    public static BoundFlags Bind(
        OperationDefinition operation,
        IReadOnlyList<KeyValuePair<string, FlagInput>> given,
        FlagBindingOptions options)
    {
        var settlement = new FlagSettlement(operation, options);
        settlement.Take(given);
        return settlement.Complete();
    }
}
