using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Guild.Bench;

/// <summary>A session with the module as it is built, in this process. It opens when it is first used.</summary>
internal sealed class Session
{
    private readonly Func<string> _home;
    private readonly Lazy<Runspace> _runspace;

    /// <summary>A session in a project.</summary>
    /// <param name="home">The Guild home of the next command.</param>
    /// <param name="project">The folder that it stands in.</param>
    internal Session(Func<string> home, Func<string> project)
    {
        _home = home;
        _runspace = new(() => Open(project()));
    }

    /// <summary>Runs a command. What it shows is seen and forgotten, as by a terminal.</summary>
    internal void Invoke(string command)
    {
        Environment.SetEnvironmentVariable("GUILD_HOME", _home());
        using var shell = PowerShell.Create(_runspace.Value);
        shell.Streams.Information.DataAdded += (_, _) => shell.Streams.Information.Clear();
        shell.AddScript(command).Invoke();
        if (shell.HadErrors)
        {
            throw new InvalidOperationException(shell.Streams.Error[0].ToString());
        }
    }

    private static Runspace Open(string project)
    {
        Runspace session = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        session.ThreadOptions = PSThreadOptions.UseCurrentThread;
        session.Open();
        using var shell = PowerShell.Create(session);
        shell.AddCommand("Import-Module").AddArgument(BuiltFiles.Manifest).Invoke();
        session.SessionStateProxy.Path.SetLocation(project);
        return session;
    }
}
