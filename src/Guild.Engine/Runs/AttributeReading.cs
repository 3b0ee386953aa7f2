namespace Guild.Engine.Runs;

/// <summary>What reading an attribute gave.</summary>
/// <param name="Value">The value; null if it is missing, null, or unreadable.</param>
/// <param name="Problem">Why it cannot be read, as the end of a sentence; null if it was read or is missing.</param>
/// <param name="IsCut">True if the last line has no end: every tool writes one, so the text may have been read while it was written.</param>
internal readonly record struct AttributeReading(object? Value, string? Problem, bool IsCut = false);
