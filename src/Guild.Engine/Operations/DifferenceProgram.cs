using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Guild.Engine.Text;

namespace Guild.Engine.Operations;

/// <summary>A program of the user's own that shows in what two files or folders differ.</summary>
public static class DifferenceProgram
{
    private const string Default = "default";

    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The program that the user configuration names for a file under <c>diff: command</c>: for all, or by ending, pattern of an ending and <c>default</c>; null if it
    /// names none.
    /// </summary>
    /// <exception cref="RequestException">The configuration cannot be read.</exception>
    public static IReadOnlyList<string>? Configured(EngineContext context, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(path);
        var command = (UserConfiguration.Read(context).Diff as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("command") switch
        {
            string text => text,
            IReadOnlyDictionary<string, object?> map => For(map, Path.GetExtension(path)) as string,
            _ => null,
        };
        return string.IsNullOrWhiteSpace(command) ? null : Words(command);
    }

    /// <summary>The program and its arguments out of one text.</summary>
    /// <exception cref="RequestException">A quotation mark has no end.</exception>
    public static IReadOnlyList<string> Words(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        try
        {
            return ShellWords.Split(command);
        }
        catch (FormatException error)
        {
            throw new RequestException($"The command '{command}' that shows differences cannot be read: {error.Message}", command, "Put words with spaces in quotes.");
        }
    }

    /// <summary>Runs a program on two files or folders and gives each line that it prints. What it exits with says only whether they differ.</summary>
    /// <exception cref="ProgramException">It cannot be started.</exception>
    public static void Run(IReadOnlyList<string> program, string before, string after, EngineContext context, Action<string> print, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(print);
        var start = new ProcessStartInfo(program[0], [.. program.Skip(1), before, after])
        {
            WorkingDirectory = context.WorkingDirectory,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in context.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var running = Process.Start(start) ?? throw new Win32Exception("it did not start");
            using var stop = cancellation.Register(() => running.Kill(entireProcessTree: true));
            while (running.StandardOutput.ReadLine() is { } line)
            {
                cancellation.ThrowIfCancellationRequested();
                print(line);
            }

            running.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
        }
        catch (Win32Exception error)
        {
            throw new ProgramException(program[0], $"The program '{program[0]}' that shows differences cannot be started: {error.Message}", "Name another one with --cmd, or leave it out.", error);
        }
    }

    private static object? For(IReadOnlyDictionary<string, object?> commands, string ending)
    {
        foreach (var (pattern, command) in commands)
        {
            if (pattern != Default && (pattern == ending || Matches(pattern, ending)))
            {
                return command;
            }
        }

        return commands.GetValueOrDefault(Default);
    }

    private static bool Matches(string pattern, string ending)
    {
        try
        {
            return Regex.IsMatch(ending, pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            // What is no expression fits nothing.
            return false;
        }
    }
}
