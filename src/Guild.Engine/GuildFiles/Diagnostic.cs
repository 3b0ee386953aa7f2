namespace Guild.Engine.GuildFiles;

/// <summary>A place in a text file. Lines and columns count from 1.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The absolute path of the file, if it is another than the Guild file itself: one that it includes or inherits from; else null.</summary>
    public string? File { get; init; }
}

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The file works, but means perhaps something else than its author wanted.</summary>
    Warning,

    /// <summary>The file cannot be used.</summary>
    Error,
}

/// <summary>A finding in a Guild file.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Id">A stable PascalCase id, such as <c>UnknownAttribute</c>.</param>
/// <param name="File">The absolute path of the file.</param>
/// <param name="Position">Where in the file.</param>
/// <param name="Message">What was found and what was expected.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Id, string File, TextPosition Position, string Message)
{
    /// <summary>The finding as <c>FILE(LINE,COLUMN): MESSAGE</c>, a form that editors and terminals make clickable.</summary>
    public override string ToString() => $"{File}({Position.Line},{Position.Column}): {Message}";
}
