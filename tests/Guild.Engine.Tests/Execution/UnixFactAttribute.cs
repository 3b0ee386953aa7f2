namespace Guild.Engine.Tests.Execution;

/// <summary>A test that rests on Unix: signals, sessions, the shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Rests on Unix." : null;
}

/// <summary>A test with several cases that rests on Unix.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Rests on Unix." : null;
}
