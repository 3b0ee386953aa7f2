namespace Guild.Engine.Runs.Queries;

/// <summary>What a word of a filter is.</summary>
internal enum FilterTokenKind
{
    End,
    Name,
    Value,
    And,
    Or,
    Not,
    In,
    Is,
    Contains,
    True,
    False,
    Undefined,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
}

/// <summary>A word of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins in the text, from 0.</param>
/// <param name="Text">What stands there.</param>
/// <param name="Value">For a value what it means, else null.</param>
internal sealed record FilterToken(FilterTokenKind Kind, int Offset, string Text, object? Value = null);
