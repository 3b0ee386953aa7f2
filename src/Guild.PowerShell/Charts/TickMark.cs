namespace Guild.PowerShell.Charts;

/// <summary>A place on an axis that has a number.</summary>
/// <param name="Value">The place.</param>
/// <param name="Text">What is written there.</param>
internal sealed record TickMark(double Value, string Text);
