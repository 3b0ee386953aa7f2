using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>One session for all tests of a class, which run one after the other: opening a session takes longer than most tests.</summary>
public sealed class SharedSession : IDisposable
{
    internal ModuleSession Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
