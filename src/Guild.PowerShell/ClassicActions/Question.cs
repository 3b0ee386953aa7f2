using System.Management.Automation;
using System.Management.Automation.Host;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary>What came of a question.</summary>
internal enum Answer
{
    /// <summary>Nobody is there to be asked.</summary>
    None,

    /// <summary>Go on.</summary>
    Yes,

    /// <summary>Do not go on.</summary>
    No,
}

/// <summary>Asks the person at the keyboard, if there is one.</summary>
internal static class Question
{
    // The hosts that read answers from the standard input of the process. Others, such as editors, have an input of their own.
    private static readonly string[] ConsoleHosts = ["ConsoleHost", "GuildHost"];

    /// <summary>Asks and reads the answer.</summary>
    /// <param name="session">The session.</param>
    /// <param name="text">The question, ready for the answer behind it.</param>
    /// <param name="byDefault">What an empty answer means.</param>
    public static Answer Ask(ClassicSession session, string text, DefaultAnswer byDefault)
    {
        var host = session.Cmdlet.Host;
        if (!HasPerson(host))
        {
            return Answer.None;
        }

        session.Ask(text);
        try
        {
            return ConfirmPrompt.IsYes(host.UI.ReadLine(), byDefault) ? Answer.Yes : Answer.No;
        }
        catch (Exception error) when (error is HostException or PSInvalidOperationException or PSNotImplementedException)
        {
            // How hosts say that they were started without anybody to answer.
            return Answer.None;
        }
    }

    /// <summary>Whether somebody is there who could be asked.</summary>
    public static bool CanAsk(ClassicSession session) => HasPerson(session.Cmdlet.Host);

    private static bool HasPerson(PSHost? host) => host?.UI is not null
        && !string.Equals(host.Name, "Default Host", StringComparison.Ordinal)
        && !(ConsoleHosts.Contains(host.Name, StringComparer.Ordinal) && (!Environment.UserInteractive || Console.IsInputRedirected));
}
