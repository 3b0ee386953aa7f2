using System.Diagnostics;
using System.Runtime.Versioning;
using Guild.Engine.Tests.Execution;

namespace Guild.Engine.Tests.Faults;

/// <summary>The test program with the rights of an ordinary user: the system refuses nothing to root.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Nobody
{
    private const string UserId = "65534";

    /// <summary>True where there is an ordinary user to be.</summary>
    public static bool IsPossible => !OperatingSystem.IsWindows() && (!Environment.IsPrivilegedProcess || FindSetPriv() is not null);

    /// <summary>Runs an operation of a project and gives what is said of its end.</summary>
    public static async Task<string> Run(string project, string home, string operation)
    {
        string[] words = [ProgramTests.TestProgram, "run", project, home, operation];
        if (Environment.IsPrivilegedProcess)
        {
            words = [FindSetPriv()!, $"--reuid={UserId}", $"--regid={UserId}", "--clear-groups", .. words];
        }

        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        return output.TrimEnd('\n');
    }

    /// <summary>Lets anybody read what is in a folder, and nobody write to it.</summary>
    public static void LetIn(string folder)
    {
        for (var directory = new DirectoryInfo(folder); directory.FullName != Path.TrimEndingDirectorySeparator(Path.GetTempPath()) && directory.Parent is not null; directory = directory.Parent)
        {
            if (directory.UnixFileMode != (directory.UnixFileMode | UnixFileMode.OtherRead | UnixFileMode.OtherExecute))
            {
                directory.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            }
        }
    }

    /// <summary>Lets anybody do anything in a folder.</summary>
    public static string LetWrite(string folder)
    {
        LetIn(folder);
        new DirectoryInfo(folder).UnixFileMode |= UnixFileMode.OtherWrite;
        return folder;
    }

    private static string? FindSetPriv() => Array.Find(["/usr/bin/setpriv", "/bin/setpriv"], File.Exists);
}

/// <summary>A test that needs an ordinary user.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NobodyFactAttribute : FactAttribute
{
    public NobodyFactAttribute() => Skip = Reason;

    public static string? Reason => OperatingSystem.IsWindows() || !Nobody.IsPossible ? "This process cannot be another user." : null;
}

/// <summary>A test with several cases that needs an ordinary user.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NobodyTheoryAttribute : TheoryAttribute
{
    public NobodyTheoryAttribute() => Skip = NobodyFactAttribute.Reason;
}
