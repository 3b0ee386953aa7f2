using System.Text;

namespace Guild.Engine.Execution;

/// <summary>Says in words why a program could not be started, and what to do about it.</summary>
internal static class SpawnErrors
{
    internal static ProgramException NotFound(ProgramStart start) => ProgramSearch.HasDirectory(start.FileName) switch
    {
        _ when !Directory.Exists(start.WorkingDirectory) => NoDirectory(start),
        true when File.Exists(Path.Combine(start.WorkingDirectory, start.FileName)) => NotExecutable(start),
        true => new ProgramException(start.FileName, $"There is no program '{start.FileName}'.", "Correct the path of the program in the operation."),
        false => new ProgramException(
            start.FileName,
            $"The program '{start.FileName}' is not on the PATH.",
            "Install it, add its folder to PATH, or give its full path in the operation."),
    };

    internal static ProgramException NoDirectory(ProgramStart start) => new(
        start.FileName,
        $"'{start.FileName}' cannot start in '{start.WorkingDirectory}', which is not a folder.",
        "Create the folder, or start the operation in another.");

    internal static ProgramException ZeroCharacter(ProgramStart start, string what) => new(
        start.FileName,
        $"'{start.FileName}' cannot be started: {what} has a zero character, which no program can be passed.",
        "Take the zero character out of the value.");

    internal static ProgramException Describe(string path, ProgramStart start, int error)
    {
        if (!Directory.Exists(start.WorkingDirectory))
        {
            return NoDirectory(start);
        }

        return error switch
        {
            Posix.ENoEntry when File.Exists(path) => NoInterpreter(path, start),
            Posix.ENoEntry => NotFound(start),
            Posix.EAccess or Posix.EIsDirectory => NotExecutable(start),
            Posix.ENotExecutableFormat => new ProgramException(
                start.FileName,
                $"'{path}' is neither a program for this system nor a script that names its interpreter.",
                "Begin a script with a line such as '#!/bin/sh', or name the interpreter first: 'sh script'."),
            Posix.EArgumentsTooLong => new ProgramException(
                start.FileName,
                $"'{start.FileName}' cannot be started: its arguments and environment are longer than the system allows.",
                "Pass long values in a file."),
            _ => new ProgramException(start.FileName, $"'{path}' cannot be started: {Posix.Message(error)}."),
        };
    }

    private static ProgramException NotExecutable(ProgramStart start) => new(
        start.FileName,
        $"'{start.FileName}' may not be executed.",
        "Allow it with 'chmod +x', or name its interpreter first, such as 'python script.py'.");

    private static ProgramException NoInterpreter(string path, ProgramStart start)
    {
        var interpreter = Interpreter(path);
        var windowsEnding = interpreter is not null && interpreter.EndsWith('\r');
        return new ProgramException(
            start.FileName,
            interpreter is null
                ? $"'{path}' cannot be started: its loader is missing from this system."
                : $"'{path}' cannot be started: its interpreter '{interpreter.TrimEnd('\r')}' is missing.",
            windowsEnding ? "Save the script with Unix line endings." : "Install what it needs, or correct its first line.");
    }

    private static string? Interpreter(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[256];
            var text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            return text.StartsWith("#!", StringComparison.Ordinal) ? text[2..].Split('\n')[0].TrimStart(' ') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
