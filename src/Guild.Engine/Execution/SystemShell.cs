using System.Text;

namespace Guild.Engine.Execution;

/// <summary>How a command of the system's shell is started: <c>/bin/sh</c>, on Windows <c>cmd</c>.</summary>
internal static class SystemShell
{
    /// <summary>The program and its arguments.</summary>
    /// <param name="command">The command.</param>
    /// <param name="script">The path of a file that <c>cmd</c> reads it from; elsewhere none is written. Ends with <c>.cmd</c>.</param>
    /// <param name="environment">The environment that the shell is looked up in.</param>
    public static (string FileName, string[] Arguments) Of(string command, string script, IReadOnlyDictionary<string, string> environment)
    {
        if (!OperatingSystem.IsWindows())
        {
            return ("/bin/sh", ["-c", command]);
        }

        // cmd has rules of its own for quotes in arguments, so the command comes from a file.
        File.WriteAllText(script, $"@{command}\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return (environment.GetValueOrDefault("ComSpec") ?? "cmd.exe", ["/d", "/c", script]);
    }
}
