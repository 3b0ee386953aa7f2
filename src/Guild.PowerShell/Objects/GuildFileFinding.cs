using Guild.Engine.GuildFiles;

namespace Guild.PowerShell;

/// <summary>Something in a Guild file that is wrong, or that means perhaps something else than its author wanted.</summary>
public sealed class GuildFileFinding
{
    internal GuildFileFinding(string testedPath, Diagnostic finding)
    {
        TestedPath = testedPath;
        Severity = finding.Severity.ToString();
        Id = finding.Id;
        Path = finding.File;
        Line = finding.Position.Line;
        Column = finding.Position.Column;
        Message = finding.Message;
        IsError = finding.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Error, with which the Guild file cannot be used, or Warning.</summary>
    public string Severity { get; }

    /// <summary>What kind of finding it is, such as UnknownAttribute. Ids stay the same from version to version.</summary>
    public string Id { get; }

    /// <summary>The absolute path of the file that it is in: the Guild file, or one that it includes or inherits from.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }

    /// <summary>What was found and what was expected.</summary>
    public string Message { get; }

    /// <summary>The absolute path of the file or folder that was tested.</summary>
    public string TestedPath { get; }

    internal bool IsError { get; }

    /// <summary>The finding as <c>FILE(LINE,COLUMN): MESSAGE</c>, a form that editors and terminals make clickable.</summary>
    public override string ToString() => $"{Path}({Line},{Column}): {Message}";
}
