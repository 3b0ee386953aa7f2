using System.Management.Automation.Host;
using System.Text;

namespace Guild.Host;

/// <summary>Standard output or standard error. Colours are left out where nobody can see them.</summary>
internal sealed class TextStream
{
    private readonly TextWriter _writer;

    /// <summary>Creates a stream.</summary>
    /// <param name="writer">Where the text goes; it must not keep any back.</param>
    /// <param name="hasColour">Whether colours are wanted and can be shown.</param>
    internal TextStream(TextWriter writer, bool hasColour)
    {
        _writer = writer;
        HasColour = hasColour;
    }

    /// <summary>Whether colours are wanted and can be shown.</summary>
    internal bool HasColour { get; }

    /// <summary>Opens the standard output of the process.</summary>
    internal static TextStream StandardOutput() => Open(Console.OpenStandardOutput, () => Console.Out, Console.IsOutputRedirected);

    /// <summary>Opens the standard error of the process.</summary>
    internal static TextStream StandardError() => Open(Console.OpenStandardError, () => Console.Error, Console.IsErrorRedirected);

    /// <summary>Writes at once, from any thread.</summary>
    internal void Write(string text)
    {
        lock (_writer)
        {
            _writer.Write(PSHostUserInterface.GetOutputString(text, HasColour));
        }
    }

    private static TextStream Open(Func<Stream> open, Func<TextWriter> console, bool isRedirected)
    {
        bool hasColour = !isRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";

        // Console's own writers would first ask the terminal about itself, which takes time; on Windows they know its code page.
        TextWriter writer = OperatingSystem.IsWindows()
            ? console()
            : new StreamWriter(open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        return new TextStream(writer, hasColour);
    }
}
