using System.Text.RegularExpressions;

namespace Guild.Engine.Runs;

/// <summary>Decides which values of an environment are not to be recorded.</summary>
public static partial class SecretNames
{
    private static readonly HashSet<string> SecretWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACCESSKEY", "APIKEY", "AUTH", "AUTHKEY", "AUTHTOKEN", "CRED", "CREDENTIAL", "CREDENTIALS", "CREDS", "KEY", "KEYS",
        "PASS", "PASSPHRASE", "PASSWD", "PASSWORD", "PASSWORDS", "PAT", "PGPASSWORD", "PRIVATEKEY", "PWD", "SECRET", "SECRETKEY", "SECRETS",
        "SSHPASS", "TOKEN", "TOKENS",
    };

    // Names that hold such a word and say where something is, or how much of it there is, not what it is.
    private static readonly HashSet<string> HarmlessNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "HANDLE_KEYBOARD_INTERRUPT", "OLDPWD", "PWD", "SSH_AUTH_SOCK", "TOKENIZERS_PARALLELISM",
    };

    private static readonly char[] WordBreaks = ['_', '-', '.'];

    /// <summary>
    /// True if the name of a variable says that its value is a secret: if one of its words, as divided by <c>_</c>, is
    /// PASSWORD, TOKEN, SECRET, KEY, CREDENTIAL or the like. <c>API_KEY</c> does; <c>KEYBOARD</c> does not.
    /// </summary>
    public static bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !HarmlessNames.Contains(name) && name.Split(WordBreaks).Any(SecretWords.Contains);
    }

    /// <summary>True if a value carries a secret, whatever its name: a URL with a password, a connection string with a password or key, a private key.</summary>
    public static bool IsSecretValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);

        // Few values have the characters that such a text cannot do without, so the expressions are mostly not needed.
        return (value.Contains("://", StringComparison.Ordinal) && value.Contains('@', StringComparison.Ordinal) && UrlWithPassword().IsMatch(value))
            || (value.Contains('=', StringComparison.Ordinal) && ConnectionStringWithSecret().IsMatch(value))
            || value.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
    }

    /// <summary>What of an environment can be recorded: without secret names, secret values and the names that an operation lists as secret.</summary>
    /// <param name="environment">The environment: name to value.</param>
    /// <param name="declared">The names of an operation's <c>env-secrets</c>.</param>
    public static IReadOnlyDictionary<string, string> WithoutSecrets(IReadOnlyDictionary<string, string> environment, IReadOnlyCollection<string> declared)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(declared);

        // Windows does not tell names apart by case.
        var result = new Dictionary<string, string>(environment.Count, StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            if (!declared.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsSecretName(name) && !IsSecretValue(value))
            {
                result.Add(name, value);
            }
        }

        return result;
    }

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^\s/?#:@]*:[^\s/?#]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UrlWithPassword();

    [GeneratedRegex(
        @"(?:^|[;\s])(?:password|pwd|account\s?key|access\s?key|shared\s?access\s?key|shared\s?access\s?signature|secret\s?key|client\s?secret)\s*=\s*[^;\s]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConnectionStringWithSecret();
}
