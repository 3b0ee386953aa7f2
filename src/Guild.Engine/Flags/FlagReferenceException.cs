namespace Guild.Engine.Flags;

/// <summary>A text refers to a flag that is not there, or to itself by way of others.</summary>
public sealed class FlagReferenceException : GuildException
{
    /// <summary>Creates the error.</summary>
    /// <param name="reference">The name that cannot be resolved.</param>
    /// <param name="path">The names that led to it, outermost first, with the name itself at the end.</param>
    /// <param name="message">What is wrong, in one sentence.</param>
    /// <param name="recommendedAction">What to do next; null for the advice that fits a name that is not there.</param>
    public FlagReferenceException(string reference, IReadOnlyList<string> path, string message, string? recommendedAction = null)
        : base(message, reference, recommendedAction ?? "Define the flag, or write \\${NAME} where the text itself is meant.")
    {
        Reference = reference;
        ReferencePath = path;
    }

    /// <summary>The name that cannot be resolved, without <c>${</c> and <c>}</c>.</summary>
    public string Reference { get; }

    /// <summary>The names that led to it, outermost first, with the name itself at the end.</summary>
    public IReadOnlyList<string> ReferencePath { get; }
}
