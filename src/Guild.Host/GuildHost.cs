using System.Globalization;
using System.Management.Automation.Host;

namespace Guild.Host;

/// <summary>What PowerShell calls to reach the outside of the session.</summary>
internal sealed class GuildHost : PSHost
{
    /// <summary>Creates the host.</summary>
    /// <param name="consoleInterface">Where text goes to and comes from.</param>
    internal GuildHost(ConsoleInterface consoleInterface)
    {
        Interface = consoleInterface;
    }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "GuildHost";

    /// <inheritdoc/>
    public override PSHostUserInterface UI => Interface;

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(GuildHost).Assembly.GetName().Version!;

    /// <summary>The same as <see cref="UI"/>, with the host's own members.</summary>
    internal ConsoleInterface Interface { get; }

    /// <summary>The code that a script gave to <c>exit</c>; null if none did.</summary>
    internal int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("The guild host has no prompt to nest.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("The guild host has no prompt to nest.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
