using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Guild.Engine.SourceCode;

/// <summary>Asks git about a folder. Git is told to change nothing.</summary>
internal static class GitProgram
{
    /// <summary>What git writes when it is asked. Raises <see cref="GitListingException"/> if git cannot tell.</summary>
    public static string Ask(string directory, SourceSnapshotOptions options, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(options.GitProgram ?? "git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        SetEnvironment(start, options.Environment);
        try
        {
            using var git = Process.Start(start) ?? throw new GitListingException("git did not start");
            using var stop = cancellation.Register(() => git.Kill(entireProcessTree: true));
            git.StandardInput.Close();
            var errors = git.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return git.ExitCode == 0 ? output : throw new GitListingException(errors.GetAwaiter().GetResult().Trim());
        }
        catch (Win32Exception error)
        {
            throw new GitListingException(error.Message, error);
        }
    }

    // A session that was started by git itself, as a hook is, must not point this git at another repository.
    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            if (!name.StartsWith("GIT_", StringComparison.Ordinal))
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
    }
}

/// <summary>Git could not tell which files a folder has. The message is git's, or the system's.</summary>
internal sealed class GitListingException(string message, Exception? inner = null) : Exception(message, inner);
