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
        Token[] tokens;
        ParseError[] errors;
        try
        {
            script = Parser.ParseFile(path, out tokens, out errors);
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
        var parameters = script.ParamBlock?.Parameters.Select(p => new ScriptParameter(p)).ToList() ?? [];
        var comments = ParameterComments.Read(script.ParamBlock, tokens);
        var sets = parameters.SelectMany(p => p.Sets).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new ScriptReading
        {
            Kind = KindOf(script),
            Flags = [.. parameters.Select(p => FlagOf(p, DescriptionOf(p, help, comments), sets))],
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

    private static FlagDefinition FlagOf(ScriptParameter parameter, string description, HashSet<string> sets)
    {
        var type = parameter.Type;
        var (low, high) = parameter.Range(TypeOf(type));
        return new FlagDefinition
        {
            Name = parameter.Name,
            Alias = parameter.Alias,
            Description = description,
            Type = TypeOf(type),
            Default = DefaultOf(parameter.Default, type) ?? (type == typeof(SwitchParameter) ? false : null),
            IsRequired = parameter.IsMandatory(sets),
            IsSecret = type == typeof(SecureString) || type == typeof(PSCredential),
            SplitsArg = type.IsArray,
            Choices = [.. parameter.Choices()],
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

    private static object? DefaultOf(ExpressionAst? written, Type type) => written is null || ScriptLiteral.Of(written) is not { } value
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

    // In the order in which Get-Help has them: the text of .PARAMETER, the comment before the parameter, and what is shown to who is asked for a value.
    private static string DescriptionOf(ScriptParameter parameter, CommentHelpInfo? help, Dictionary<string, string> comments)
    {
        // The names of the parameters are in capitals in the help.
        if (help?.Parameters.TryGetValue(parameter.Name.ToUpperInvariant(), out var text) == true && Trimmed(text).Length > 0)
        {
            return Trimmed(text);
        }

        return comments.GetValueOrDefault(parameter.Name) ?? parameter.HelpMessage;
    }

    private static string Trimmed(string? text) =>
        text is null ? "" : string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim())).Trim();
}
