using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Text;

namespace Guild.PowerShell.Scripts;

/// <summary>Reads the parameters of PowerShell scripts from their syntax. Nothing of a script is run.</summary>
internal sealed class PowerShellScriptReader : IScriptReader
{
    /// <inheritdoc/>
    public ScriptReading Read(string path)
    {
        ScriptBlockAst script;
        ParseError[] errors;
        try
        {
            script = Parser.ParseFile(path, out _, out errors);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ParseException)
        {
            return new ScriptReading { Problem = $"it cannot be read: {error.Message}" };
        }

        if (errors.Length > 0)
        {
            return new ScriptReading
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"it is no valid PowerShell: line {errors[0].Extent.StartLineNumber}: {errors[0].Message}"),
            };
        }

        var help = script.GetHelpContent();
        return new ScriptReading
        {
            Kind = KindOf(script),
            Flags = [.. (script.ParamBlock?.Parameters ?? Enumerable.Empty<ParameterAst>()).Select(p => FlagOf(p, help))],
            Description = Trimmed(help?.Synopsis) is { Length: > 0 } synopsis ? synopsis : Trimmed(help?.Description),
        };
    }

    // A script that has functions and nothing else is there for others to load.
    private static ScriptKind KindOf(ScriptBlockAst script)
    {
        var statements = new[] { script.BeginBlock, script.ProcessBlock, script.EndBlock }
            .OfType<NamedBlockAst>()
            .SelectMany(b => b.Statements)
            .ToList();
        return statements.Count > 0 && !statements.TrueForAll(s => s is FunctionDefinitionAst or TypeDefinitionAst) ? ScriptKind.Program : ScriptKind.Module;
    }

    private static FlagDefinition FlagOf(ParameterAst parameter, CommentHelpInfo? help)
    {
        var name = parameter.Name.VariablePath.UserPath;
        var type = parameter.StaticType;
        var attributes = parameter.Attributes.OfType<AttributeAst>().ToList();
        var (low, high) = Range(attributes);
        var isSwitch = type == typeof(SwitchParameter);
        return new FlagDefinition
        {
            Name = name,
            Description = DescriptionOf(name, attributes, help),
            Type = TypeOf(type),
            Default = DefaultOf(parameter, type) ?? (isSwitch ? false : null),
            IsRequired = attributes.Any(IsMandatory),
            IsSecret = type == typeof(SecureString) || type == typeof(PSCredential),
            SplitsArg = type.IsArray,
            Choices = [.. Choices(attributes, type)],
            Minimum = low,
            Maximum = high,
        };
    }

    private static FlagType TypeOf(Type type) => Type.GetTypeCode(type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type) switch
    {
        _ when type == typeof(SwitchParameter) => FlagType.Boolean,
        _ when type.IsEnum => FlagType.Auto,
        TypeCode.Boolean => FlagType.Boolean,
        TypeCode.String => FlagType.String,
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => FlagType.Float,
        >= TypeCode.SByte and <= TypeCode.UInt64 => FlagType.Int,
        _ => FlagType.Auto,
    };

    private static object? DefaultOf(ParameterAst parameter, Type type) => parameter.DefaultValue is not { } written || Literal(written) is not { } value
        ? null
        : value switch
        {
            IReadOnlyList<object> items => type.IsArray || type == typeof(object) ? ShellWords.Join(items.Select(i => Convert.ToString(i, CultureInfo.InvariantCulture) ?? "")) : null,
            string text => text,
            bool truth => truth,
            _ when TypeOf(type) == FlagType.Float => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        };

    // Only what is written out is a default: an expression has its value when the script runs.
    private static object? Literal(ExpressionAst expression) => expression switch
    {
        StringConstantExpressionAst text => text.Value,
        ConstantExpressionAst { Value: int or long or double or decimal or float } number => number.Value,
        VariableExpressionAst { VariablePath.UserPath: var name } when name.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        VariableExpressionAst { VariablePath.UserPath: var name } when name.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        UnaryExpressionAst { TokenKind: TokenKind.Minus, Child: var child } => Literal(child) switch
        {
            int number => -(long)number,
            long number => -number,
            double number => -number,
            decimal number => -number,
            _ => null,
        },
        ConvertExpressionAst convert => Literal(convert.Child),
        ArrayLiteralAst list => Items(list.Elements),
        ArrayExpressionAst { SubExpression.Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: var inner }] }] } =>
            inner is ArrayLiteralAst ? Literal(inner) : Literal(inner) is { } item ? new List<object> { item } : null,
        _ => null,
    };

    private static List<object>? Items(ReadOnlyCollection<ExpressionAst> elements)
    {
        var items = elements.Select(Literal).OfType<object>().ToList();
        return items.Count == elements.Count ? items : null;
    }

    private static IEnumerable<FlagChoice> Choices(List<AttributeAst> attributes, Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(n => new FlagChoice { Value = n });
        }

        // A set can be made by a class, which only the running script has.
        var set = attributes.Find(a => IsNamed(a, "ValidateSet"));
        var values = set?.PositionalArguments.Select(Literal).ToList();
        return values is null || values.Contains(null) ? [] : values.Select(v => new FlagChoice { Value = v is int number ? (long)number : v });
    }

    private static (double? Low, double? High) Range(List<AttributeAst> attributes)
    {
        var range = attributes.Find(a => IsNamed(a, "ValidateRange"))?.PositionalArguments.Select(Literal).ToList();
        return range is [IConvertible low, IConvertible high] and not [string, _] and not [_, string]
            ? (Convert.ToDouble(low, CultureInfo.InvariantCulture), Convert.ToDouble(high, CultureInfo.InvariantCulture))
            : (null, null);
    }

    private static bool IsMandatory(AttributeAst attribute) => IsNamed(attribute, "Parameter")
        && attribute.NamedArguments.FirstOrDefault(a => a.ArgumentName.Equals("Mandatory", StringComparison.OrdinalIgnoreCase)) is { } mandatory
        && (mandatory.ExpressionOmitted || Literal(mandatory.Argument) is true);

    private static string DescriptionOf(string name, List<AttributeAst> attributes, CommentHelpInfo? help)
    {
        // The names of the parameters are in capitals in the help.
        if (help?.Parameters.TryGetValue(name.ToUpperInvariant(), out var text) == true && Trimmed(text).Length > 0)
        {
            return Trimmed(text);
        }

        var message = attributes.Where(a => IsNamed(a, "Parameter")).SelectMany(a => a.NamedArguments)
            .FirstOrDefault(a => a.ArgumentName.Equals("HelpMessage", StringComparison.OrdinalIgnoreCase));
        return message is null ? "" : Literal(message.Argument) as string ?? "";
    }

    private static bool IsNamed(AttributeAst attribute, string name)
    {
        var written = attribute.TypeName.Name;
        written = written[(written.LastIndexOf('.') + 1)..];
        return written.Equals(name, StringComparison.OrdinalIgnoreCase) || written.Equals(name + "Attribute", StringComparison.OrdinalIgnoreCase);
    }

    private static string Trimmed(string? text) =>
        text is null ? "" : string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim())).Trim();
}
