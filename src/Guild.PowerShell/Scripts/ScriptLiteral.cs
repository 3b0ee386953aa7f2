using System.Collections.ObjectModel;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Scripts;

/// <summary>Reads values that are written out in a script. An expression has its value when the script runs, and none here.</summary>
internal static class ScriptLiteral
{
    /// <summary>The value; null if it is none that is written out.</summary>
    public static object? Of(ExpressionAst expression) => expression switch
    {
        StringConstantExpressionAst text => text.Value,
        ConstantExpressionAst { Value: int or long or double or decimal or float } number => number.Value,
        VariableExpressionAst { VariablePath.UserPath: var name } when name.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        VariableExpressionAst { VariablePath.UserPath: var name } when name.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        UnaryExpressionAst { TokenKind: TokenKind.Minus, Child: var child } => Of(child) switch
        {
            int number => -(long)number,
            long number => -number,
            double number => -number,
            decimal number => -number,
            _ => null,
        },
        ConvertExpressionAst convert => Of(convert.Child),
        ArrayLiteralAst list => Items(list.Elements),
        ArrayExpressionAst { SubExpression.Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: var inner }] }] } =>
            inner is ArrayLiteralAst ? Of(inner) : Of(inner) is { } item ? new List<object> { item } : null,
        _ => null,
    };

    private static List<object>? Items(ReadOnlyCollection<ExpressionAst> elements)
    {
        var items = elements.Select(Of).OfType<object>().ToList();
        return items.Count == elements.Count ? items : null;
    }
}
