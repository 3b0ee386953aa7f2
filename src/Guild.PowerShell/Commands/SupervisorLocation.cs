using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Operations;

namespace Guild.PowerShell.Commands;

/// <summary>Finds the program that supervises detached runs: the <c>guild</c> that came with this module, which needs little memory, else a PowerShell.</summary>
internal static class SupervisorLocation
{
    private const string Word = "--supervise";

    // Nothing but the engine is loaded into it, so that no version of a package can be in the way. The words come as arguments and are not read as a script.
    private const string Script = "[void][Reflection.Assembly]::LoadFrom($args[0]); exit [Guild.Engine.Execution.DetachedSupervisor]::Run($args[1], $args[2], \"$input\")";

    /// <exception cref="ProgramException">There is none.</exception>
    public static SupervisorProgram Find(EngineContext context) =>
        Find(System.IO.Path.GetDirectoryName(typeof(SupervisorLocation).Assembly.Location)!, Environment.ProcessPath, context);

    /// <param name="moduleDirectory">The folder of the module.</param>
    /// <param name="process">The program of this process.</param>
    /// <param name="context">The surroundings.</param>
    internal static SupervisorProgram Find(string moduleDirectory, string? process, EngineContext context)
    {
        var name = OperatingSystem.IsWindows() ? "guild.exe" : "guild";
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(moduleDirectory, "..", "..", "bin", name));
        if (File.Exists(beside))
        {
            return new SupervisorProgram(beside, [Word]);
        }

        var own = System.IO.Path.GetFileNameWithoutExtension(process);
        if (own == "guild")
        {
            return new SupervisorProgram(process!, [Word]);
        }

        var pwsh = own == "pwsh" ? process : ProgramSearch.Find("pwsh", context.WorkingDirectory, context.Environment);
        var engine = System.IO.Path.Combine(moduleDirectory, "Dependencies", "Guild.Engine.dll");
        return pwsh is not null
            ? new SupervisorProgram(pwsh, ["-NoProfile", "-NonInteractive", "-CommandWithArgs", Script, engine])
            : throw new ProgramException("guild", $"A run cannot be started in the background: '{beside}', which would supervise it, is not there, and no pwsh is on the PATH.", "Install the module with its program, or put pwsh on the PATH.");
    }
}
