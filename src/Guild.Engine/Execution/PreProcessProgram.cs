using Guild.Engine.Flags;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Makes the program that an operation's <c>pre-process</c> asks for: the system's shell with the command, in the run directory.</summary>
internal static class PreProcessProgram
{
    public static ProgramStart? Of(string? command, RunDirectory directory, IReadOnlyDictionary<string, object?> flags, ProgramStart program)
    {
        if (string.IsNullOrWhiteSpace(command))
        {
            return null;
        }

        var environment = new Dictionary<string, string>(program.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in flags.Where(f => f.Value is not null))
        {
            environment[VariableName(name)] = FlagArguments.EncodeValue(null, value);
        }

        var (shell, arguments) = SystemShell.Of(command, Path.Combine(directory.GuildPath, "pre-process.cmd"), environment);
        return program with { FileName = shell, Arguments = arguments, Environment = environment, InheritsInput = false };
    }

    // A shell knows no variable with a hyphen in its name.
    private static string VariableName(string flag) =>
        string.Concat(flag.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
