namespace Guild.Engine.Scalars;

/// <summary>Takes a value that was found, without an object for it: a program can print millions of them.</summary>
/// <param name="tag">The scalar's name.</param>
/// <param name="value">The value.</param>
/// <param name="step">The step it belongs to.</param>
/// <param name="wallTime">When it came, in seconds since 1970.</param>
internal delegate void ScalarSink(string tag, double value, long step, double wallTime);
