using System.ComponentModel;
using System.Diagnostics;
using Guild.Engine.Operations;
using Guild.Engine.Text;

namespace Guild.Engine.Execution;

/// <summary>Opens files and folders in programs of the user's own. They are no part of a run, and nothing is recorded of them.</summary>
public static class OpenedPath
{
    /// <summary>Opens a path with what the system opens such paths with, and does not wait.</summary>
    /// <returns>False if the system has nothing of the kind, as on a server.</returns>
    /// <exception cref="ProgramException">It cannot be started.</exception>
    public static bool Open(string path, EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (OperatingSystem.IsWindows())
        {
            Start(new ProcessStartInfo(path) { UseShellExecute = true }).Dispose();
            return true;
        }

        if (ProgramSearch.Find(OperatingSystem.IsMacOS() ? "open" : "xdg-open", context.WorkingDirectory, context.Environment) is not { } opener)
        {
            return false;
        }

        Start(new ProcessStartInfo(opener, [path])).Dispose();
        return true;
    }

    /// <summary>Opens a path with a program at this terminal, and waits until it has ended.</summary>
    /// <param name="command">The program and its first arguments, as shell words; the path follows them.</param>
    /// <param name="path">The path.</param>
    /// <param name="context">Where programs are looked for.</param>
    /// <param name="cancellation">Ends the waiting; the program gets Ctrl-C by itself.</param>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="RequestException">The command is no list of shell words, or empty.</exception>
    /// <exception cref="ProgramException">The program is not there, or cannot be started.</exception>
    public static int OpenWith(string command, string path, EngineContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Words(command) is not [var program, .. var arguments])
        {
            throw new RequestException("there is no program to open it with", command, "Name one, such as: less -R");
        }

        var found = ProgramSearch.Find(program, context.WorkingDirectory, context.Environment)
            ?? throw new ProgramException(program, $"Program '{program}' was not found.", "Check its name, or give its whole path.");
        using var process = Start(new ProcessStartInfo(found, [.. arguments, path]) { WorkingDirectory = context.WorkingDirectory });
        process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        return process.ExitCode;
    }

    private static string[] Words(string command)
    {
        try
        {
            return [.. ShellWords.Split(command)];
        }
        catch (FormatException error)
        {
            throw new RequestException($"'{command}' is no command: {error.Message}", command, "Close each quote.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new ProgramException(start.FileName, $"'{start.FileName}' could not be started.");
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException)
        {
            throw new ProgramException(start.FileName, $"'{start.FileName}' could not be started: {error.Message}", inner: error);
        }
    }
}
