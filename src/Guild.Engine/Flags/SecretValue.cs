namespace Guild.Engine.Flags;

/// <summary>The value of a secret flag. It is no record, so that no text is ever made of it by accident.</summary>
internal sealed class SecretValue(string text, string? userName = null)
{
    /// <summary>What stands where a secret is not shown.</summary>
    public const string Mask = "***";

    /// <summary>True if there is a user name with it.</summary>
    public bool IsCredential => userName is not null;

    /// <summary>The secret itself; of a credential the password.</summary>
    public string Text => text;

    /// <summary>
    /// The environment variables that hold it: the flag's own, or for a credential that with <c>_USERNAME</c> and with <c>_PASSWORD</c>.
    /// </summary>
    /// <param name="variable">The environment variable of the flag.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Variables(string variable) => userName is null
        ? [new(variable, text)]
        : [new(UserNameOf(variable), userName), new(PasswordOf(variable), text)];

    /// <summary>The variable that holds the user name of a credential.</summary>
    public static string UserNameOf(string variable) => variable + "_USERNAME";

    /// <summary>The variable that holds the password of a credential.</summary>
    public static string PasswordOf(string variable) => variable + "_PASSWORD";

    /// <summary>The value of an input that is text, or a credential; null for any other.</summary>
    public static SecretValue? Of(FlagInput input, Func<object, string> encode) => input switch
    {
        FlagSecret secret => new SecretValue(secret.Text),
        FlagCredential credential => new SecretValue(credential.Password, credential.UserName),
        FlagText typed => new SecretValue(typed.Text),
        FlagValue { Value: string value } => new SecretValue(value),
        FlagValue { Value: bool or long or double } value => new SecretValue(encode(value.Value)),
        _ => null,
    };
}
