using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text.RegularExpressions;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Scalars;
using Guild.Engine.Text;

namespace Guild.PowerShell.ClassicActions;

/// <summary>The <c>--test-</c> options of <c>guild run</c>: they show what an operation makes of output, source code and flags, and run nothing.</summary>
internal static class OperationChecks
{
    private const string StandardInput = "-";

    /// <summary>The flags of an operation with all that is defined of each.</summary>
    public static IEnumerable<string> FlagLines(OperationDefinition operation)
    {
        yield return Line("", "flags-dest", operation.FlagsDestination);
        yield return Line("", "flags-import", operation.FlagsImport);
        yield return "flags:";
        foreach (var flag in operation.Flags)
        {
            yield return $"  {flag.Name}:";
            foreach (var (name, value) in Attributes(flag))
            {
                yield return Line("    ", name, value);
            }
        }
    }

    /// <summary>Which files a run of the operation would get, and by which rules.</summary>
    public static IEnumerable<string> SourceCodeLines(RunRequest request, ClassicSession session)
    {
        // What flags are given, or lack, is another matter.
        var plan = Planner.Plan(request with { ForcesFlags = true, Flags = [], TrialFiles = [], Search = null }, session.Engine, session.Stop);
        var sources = RunStager.ExplainSources(plan, session.Engine, session.Stop);
        foreach (var warning in sources.Warnings)
        {
            session.Cmdlet.WriteWarning(warning);
        }

        yield return $"Copying from {(sources.Root == session.Location ? "the current directory" : $"'{sources.Root}'")}";
        yield return "Rules:";
        foreach (var rule in sources.Rules)
        {
            yield return $"  {rule}";
        }

        if (sources.IsDisabled)
        {
            yield return "Source code copy disabled";
            yield break;
        }

        yield return "Selected for copy:";
        foreach (var file in sources.Files)
        {
            yield return $"  {file.Path}";
        }

        yield return "Skipped:";
        foreach (var path in sources.Skipped)
        {
            yield return $"  {path}";
        }
    }

    /// <summary>What the patterns for scalars find in each line of a file, or of what is typed.</summary>
    public static void PrintOutputScalars(OperationDefinition operation, string path, ClassicSession session)
    {
        var events = new CollectedEvents();
        var scalars = OutputScalars.Create(operation.OutputScalars, [], events, session.Engine.Time);
        foreach (var warning in events.Warnings)
        {
            session.Cmdlet.WriteWarning(warning);
        }

        if (scalars is null)
        {
            session.Note("Output scalars disabled, nothing to test");
            return;
        }

        foreach (var line in path == StandardInput ? TypedLines(session) : LinesOf(path, session))
        {
            session.Print([line.TrimEnd(), .. Looks(scalars, line)]);
        }
    }

    private static IEnumerable<string> Looks(OutputScalars scalars, string line)
    {
        try
        {
            return scalars.Look(line).Select(Text);
        }
        catch (RegexMatchTimeoutException error)
        {
            return [$"  {PythonText.Literal(error.Pattern)}: <took too long>"];
        }
    }

    private static string Text(OutputPatternLook look)
    {
        var pattern = PythonText.Literal(look.Pattern);
        if (look.Matches.Count == 0)
        {
            return $"  {pattern}: <no matches>";
        }

        var values = string.Join(", ", look.Values.Select(value => $"{value.Key}={PythonText.Float(value.Value)}"));
        return $"  {pattern}: [{string.Join(", ", look.Matches.Select(Tuple))}] ({values})";
    }

    private static string Tuple(IReadOnlyList<string?> groups) => $"({string.Join(", ", groups.Select(PythonText.Literal))}{(groups.Count == 1 ? "," : "")})";

    private static IEnumerable<string> LinesOf(string path, ClassicSession session)
    {
        var full = session.ResolveInProject(path);
        try
        {
            return File.ReadLines(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RequestException(File.Exists(full) ? $"error opening {path}: {error.Message}" : $"{path} does not exist", path);
        }
    }

    private static IEnumerable<string> TypedLines(ClassicSession session)
    {
        if (Question.CanAsk(session))
        {
            session.Note("Type patterns and press Enter to test. Use Ctrl-c or empty line to exit.");
        }

        while (ReadLine(session) is { Length: > 0 } line)
        {
            yield return line;
        }
    }

    private static string? ReadLine(ClassicSession session)
    {
        try
        {
            return session.Cmdlet.Host.UI.ReadLine();
        }
        catch (Exception error) when (error is HostException or PSInvalidOperationException or PSNotImplementedException or EndOfStreamException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, object? Value)> Attributes(FlagDefinition flag)
    {
        yield return ("default", flag.IsSecret ? null : flag.Default);
        yield return ("type", flag.Type == FlagType.Auto ? null : GuildFlag.TypeName(flag.Type));
        yield return ("required", flag.IsRequired);
        yield return ("arg-name", flag.ArgName);
        yield return ("arg-skip", flag.ArgSkip);
        yield return ("arg-switch", flag.ArgSwitch);
        yield return ("arg-split", flag.SplitsArg ? flag.ArgSeparator ?? (object)true : null);
        yield return ("arg-encoding", Encoding(flag.ArgEncoding));
        yield return ("env-name", flag.EnvName);
        yield return ("env-encoding", Encoding(flag.EnvEncoding));
        yield return ("choices", flag.Choices.Select(choice => choice.Value).ToList());
        yield return ("allow-other", flag.AllowsOther);
        yield return ("distribution", flag.Distribution);
        yield return ("max", Number(flag.Maximum));
        yield return ("min", Number(flag.Minimum));
        yield return ("null-label", flag.NullLabel);
    }

    private static Dictionary<string, object?>? Encoding(IReadOnlyList<KeyValuePair<object?, string>> encoding) =>
        encoding.Count == 0 ? null : encoding.ToDictionary(entry => FlagGrammar.Encode(entry.Key), entry => (object?)entry.Value, StringComparer.Ordinal);

    // A limit is mostly a whole number, and was written as one.
    private static object? Number(double? value) => value is { } number && number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (object)(long)number : value;

    private static string Line(string indent, string name, object? value) => value is null ? $"{indent}{name}:" : $"{indent}{name}: {FlagGrammar.Encode(value)}";

    private sealed class CollectedEvents : IEventSink
    {
        public List<string> Warnings { get; } = [];

        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is WarningEvent warning)
            {
                Warnings.Add(warning.Text);
            }
        }
    }
}
