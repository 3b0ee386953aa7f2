namespace Guild.PowerShell.Tests.Hosting;

/// <summary>Held while a session opens: two that open at once as the first of a process can come out without their built-in commands.</summary>
internal static class SessionStart
{
    internal static Lock Gate { get; } = new();
}
