using System.Diagnostics;

namespace Guild.Engine.Tests.SourceCode;

/// <summary>Files that the framework cannot make: with names that are no text, and pipes.</summary>
internal static class RawFile
{
    public static void CreateWithInvalidName(string directory) => Shell("printf x > \"$(printf 'b\\377.py')\"", directory);

    public static void DeleteAll(string directory, string glob) => Shell($"rm -rf {glob}", directory);

    public static void CreatePipe(string directory, string name) => Shell($"mkfifo {name}", directory);

    private static void Shell(string command, string directory)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = directory })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
