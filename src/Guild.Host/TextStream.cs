using System.Management.Automation.Host;
using System.Text;

namespace Guild.Host;

/// <summary>Standard output or standard error. Colours are left out where nobody can see them.</summary>
internal sealed class TextStream
{
    private readonly TextWriter _writer;

    private TextStream(Func<Stream> open, Func<TextWriter> console, bool isRedirected)
    {
        IsTerminal = !isRedirected;
        HasColour = IsTerminal
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";

        // Console's own writers would first ask the terminal about itself, which takes time; on Windows they know its code page.
        _writer = OperatingSystem.IsWindows()
            ? console()
            : new StreamWriter(open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
    }

    /// <summary>Whether somebody may be looking.</summary>
    internal bool IsTerminal { get; }

    /// <summary>Whether colours are wanted and can be shown.</summary>
    internal bool HasColour { get; }

    /// <summary>Opens the standard output of the process.</summary>
    internal static TextStream StandardOutput() => new(Console.OpenStandardOutput, () => Console.Out, Console.IsOutputRedirected);

    /// <summary>Opens the standard error of the process.</summary>
    internal static TextStream StandardError() => new(Console.OpenStandardError, () => Console.Error, Console.IsErrorRedirected);

    /// <summary>Writes at once, from any thread.</summary>
    internal void Write(string text)
    {
        lock (_writer)
        {
            _writer.Write(PSHostUserInterface.GetOutputString(text, HasColour));
        }
    }
}
