namespace Guild.Engine.Flags;

/// <summary>What a user gives for a flag.</summary>
public abstract record FlagInput;

/// <summary>Text as typed in <c>NAME=VALUE</c>; it is read with Guild's grammar and the flag's type.</summary>
/// <param name="Text">The text after the <c>=</c>.</param>
public sealed record FlagText(string Text) : FlagInput;

/// <summary>A value that has a type already, as from PowerShell. Text stays text unless the flag's type says otherwise.</summary>
/// <param name="Value">The value: null, a bool, a number, text, a list or a dictionary.</param>
public sealed record FlagValue(object? Value) : FlagInput;

/// <summary>Text that is not to be seen: it makes its flag a secret of this run, also where the Guild file does not declare it one.</summary>
/// <param name="Text">The text, taken as it is.</param>
public sealed record FlagSecret(string Text) : FlagInput
{
    /// <summary>The name of the type: a secret is in no message.</summary>
    public override string ToString() => nameof(FlagSecret);
}

/// <summary>A user name with a password, which makes its flag a secret of this run.</summary>
/// <param name="UserName">The user name.</param>
/// <param name="Password">The password.</param>
public sealed record FlagCredential(string UserName, string Password) : FlagInput
{
    /// <summary>The name of the type: a secret is in no message.</summary>
    public override string ToString() => nameof(FlagCredential);
}

/// <summary>An assignment <c>NAME=VALUE</c>.</summary>
/// <param name="Name">What is before the first <c>=</c>; never empty.</param>
/// <param name="Text">What is after it.</param>
public sealed record FlagAssignment(string Name, string Text);
