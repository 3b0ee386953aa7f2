using System.Globalization;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild run --background</c>.</summary>
internal static class Background
{
    /// <summary>Gives a run away and says where it is.</summary>
    public static int Do(Classic.RunCommand command, ClassicSession session, RunInvocation invocation, string name, Func<RunResult> detach)
    {
        var file = command.PidFile is { } path ? session.ResolveInProject(path) : null;
        if (file is not null)
        {
            // A file that cannot be written is told of before there is a run.
            Write(file, "", command.PidFile!);
        }

        var result = detach();
        if (file is not null && result.SupervisorId is { } supervisor)
        {
            Write(file, supervisor.ToString(CultureInfo.InvariantCulture) + "\n", command.PidFile!);
        }

        var code = result.Fault is null ? ClassicExit.Success : RunAction.Finish(invocation, result, session);
        if (code == ClassicExit.Success && !command.IsQuiet)
        {
            session.Note($"{name} started in background as {result.Directory.Id}{(file is null ? "" : $" (pidfile {file})")}");
        }

        return code;
    }

    private static void Write(string file, string text, string typed)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RequestException($"pidfile '{typed}' cannot be written: {error.Message}", typed, "Name a file in a folder that you may write to.");
        }
    }
}
