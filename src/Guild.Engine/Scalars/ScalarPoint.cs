namespace Guild.Engine.Scalars;

/// <summary>One value of a scalar.</summary>
/// <param name="Tag">The scalar's name in its file, such as <c>loss</c>.</param>
/// <param name="Value">The value; event files hold most with the precision of a float.</param>
/// <param name="Step">The step of the program that it belongs to.</param>
/// <param name="WallTime">When it was written, in seconds since 1970.</param>
public sealed record ScalarPoint(string Tag, double Value, long Step, double WallTime);
