using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine;

/// <summary>A Guild file cannot be used. Carries all findings of the file, in file order.</summary>
public sealed class GuildFileException : GuildException
{
    /// <summary>Creates the error from the findings; its message lists each with file, line and column.</summary>
    public GuildFileException(string path, IReadOnlyList<Diagnostic> diagnostics)
        : base(
            string.Join(Environment.NewLine, diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)),
            path,
            "Correct the file and try again.")
    {
        Path = path;
        Diagnostics = diagnostics;
    }

    /// <summary>The absolute path of the Guild file.</summary>
    public string Path { get; }

    /// <summary>Every finding, errors and warnings, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}

/// <summary>A folder holds no Guild file, where one is needed.</summary>
/// <param name="directory">The absolute path of the folder.</param>
/// <param name="more">What else there is to say, as sentences; null for nothing.</param>
public sealed class GuildFileNotFoundException(string directory, string? more = null) : GuildException(
    $"There is no guild.yml in '{directory}'.{(more is null ? "" : " " + more)}",
    directory,
    "Change to the folder of a project, or name one with -Path (or -C for guild).")
{
    /// <summary>The absolute path of the folder that was looked at.</summary>
    public string DirectoryPath { get; } = directory;
}

/// <summary>A folder has a Guild file already, and it is not to be replaced.</summary>
public sealed class GuildFileExistsException(string path) : GuildException(
    $"There is a Guild file '{path}' already. It was not changed.",
    path,
    "Give -Force to replace it, or edit it.")
{
    /// <summary>The absolute path of the file.</summary>
    public string Path { get; } = path;
}

/// <summary>What kind of thing a name was meant to name.</summary>
public enum NameKind
{
    /// <summary>An operation, such as <c>mlp:train</c>.</summary>
    Operation,

    /// <summary>A model, such as <c>mlp</c>.</summary>
    Model,

    /// <summary>A required resource.</summary>
    Resource,

    /// <summary>A run, by id, prefix or index.</summary>
    Run,

    /// <summary>An installed package.</summary>
    Package,

    /// <summary>A scalar of a run.</summary>
    Scalar,
}

/// <summary>A name that does not name exactly one thing.</summary>
public abstract class NameException : GuildException
{
    private protected NameException(NameKind kind, string name, string message, IReadOnlyList<string> candidates, string? recommendedAction)
        : base(message, name, recommendedAction)
    {
        Kind = kind;
        Name = name;
        Candidates = candidates;
    }

    /// <summary>What the name was meant to name.</summary>
    public NameKind Kind { get; }

    /// <summary>The name as it was given.</summary>
    public string Name { get; }

    /// <summary>The names that could have been meant, nearest first.</summary>
    public IReadOnlyList<string> Candidates { get; }
}

/// <summary>A name that names nothing. Carries what exists, nearest first.</summary>
public sealed class NameNotFoundException(NameKind kind, string name, string message, IReadOnlyList<string> candidates, string? recommendedAction = null)
    : NameException(kind, name, message, candidates, recommendedAction);

/// <summary>A name that names more than one thing. Carries all that it could mean.</summary>
public sealed class AmbiguousNameException(NameKind kind, string name, string message, IReadOnlyList<string> candidates, string? recommendedAction = null)
    : NameException(kind, name, message, candidates, recommendedAction);

/// <summary>One or more flags cannot be used as given. Carries every problem, not only the first.</summary>
public sealed class FlagException : GuildException
{
    /// <summary>Creates the error; its message has one line a problem.</summary>
    public FlagException(IReadOnlyList<FlagProblem> problems, string? recommendedAction = null)
        : base(
            string.Join(Environment.NewLine, problems.Select(p => p.Message)),
            problems.Count == 1 ? problems[0].Flag : null,
            recommendedAction)
    {
        Problems = problems;
    }

    /// <summary>The problems, in the order of the flags' names.</summary>
    public IReadOnlyList<FlagProblem> Problems { get; }
}

/// <summary>A required resource could not be resolved, so the operation was not started.</summary>
public sealed class ResourceException(string resource, string? source, string message, string? help = null, Exception? inner = null)
    : GuildException(
        source is null ? $"Resource '{resource}' could not be resolved: {message}" : $"Source '{source}' of resource '{resource}' could not be resolved: {message}",
        resource,
        help,
        inner)
{
    /// <summary>The name of the resource, as the operation requires it.</summary>
    public string Resource { get; } = resource;

    /// <summary>The source that failed, such as <c>file:data.csv</c>, or null when it was the resource as a whole.</summary>
    public string? FailedSource { get; } = source;
}

/// <summary>A program, module or interpreter that an operation needs could not be found or started.</summary>
public sealed class ProgramException(string program, string message, string? recommendedAction = null, Exception? inner = null)
    : GuildException(message, program, recommendedAction, inner)
{
    /// <summary>The program as the operation names it.</summary>
    public string Program { get; } = program;
}

/// <summary>A run is not in a state in which this can be done, such as deleting one that is running.</summary>
public sealed class RunStateException(string runId, string message, string? recommendedAction = null)
    : GuildException(message, runId, recommendedAction)
{
    /// <summary>The full id of the run.</summary>
    public string RunId { get; } = runId;
}

/// <summary>The Guild home, or something in it, cannot be read or written.</summary>
public sealed class HomeException(string path, string message, string? recommendedAction = null, Exception? inner = null)
    : GuildException(message, path, recommendedAction, inner)
{
    /// <summary>The path that could not be used.</summary>
    public string Path { get; } = path;
}

/// <summary>A request contradicts itself or names something that cannot be asked for.</summary>
public sealed class RequestException(string message, object? subject = null, string? recommendedAction = null)
    : GuildException(message, subject, recommendedAction);

/// <summary>Columns of a comparison cannot be understood. Carries where.</summary>
public sealed class ColumnException(string text, int position, string message) : GuildException(
    message,
    text,
    "A column is KEY, 'min KEY' (also max, first, last, avg, total, count), 'KEY step', =FLAG or .ATTRIBUTE, each with 'as HEADING' or without; columns are separated by commas.")
{
    /// <summary>Where in the text it went wrong, from 1.</summary>
    public int Position { get; } = position;
}
