namespace Guild.PowerShell.Classic;

/// <summary>How many words an argument takes.</summary>
internal enum ArgumentKind
{
    /// <summary>One word, which must be there.</summary>
    Required,

    /// <summary>One word or none.</summary>
    Optional,

    /// <summary>All words that are left.</summary>
    Many,
}

/// <summary>One argument of a command, by its place.</summary>
/// <param name="Name">How messages call it, such as <c>RUN</c>.</param>
/// <param name="Usage">How the usage line shows it, such as <c>[RUN...]</c>.</param>
/// <param name="Kind">How many words it takes.</param>
/// <param name="Word">What each of the words names.</param>
internal sealed record ArgumentSpec(string Name, string Usage, ArgumentKind Kind, WordKind Word = WordKind.Text);
