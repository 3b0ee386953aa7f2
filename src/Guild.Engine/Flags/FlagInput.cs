namespace Guild.Engine.Flags;

/// <summary>What a user gives for a flag.</summary>
public abstract record FlagInput;

/// <summary>Text as typed in <c>NAME=VALUE</c>; it is read with Guild's grammar and the flag's type.</summary>
/// <param name="Text">The text after the <c>=</c>.</param>
public sealed record FlagText(string Text) : FlagInput;

/// <summary>A value that has a type already, as from PowerShell. Text stays text unless the flag's type says otherwise.</summary>
/// <param name="Value">The value: null, a bool, a number, text, a list or a dictionary.</param>
public sealed record FlagValue(object? Value) : FlagInput;

/// <summary>An assignment <c>NAME=VALUE</c>.</summary>
/// <param name="Name">What is before the first <c>=</c>; never empty.</param>
/// <param name="Text">What is after it.</param>
public sealed record FlagAssignment(string Name, string Text);
