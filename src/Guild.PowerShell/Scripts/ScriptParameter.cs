using System.Globalization;
using System.Management.Automation.Language;
using Guild.Engine.GuildFiles;

namespace Guild.PowerShell.Scripts;

/// <summary>A parameter of a script, as it is written.</summary>
internal sealed class ScriptParameter(ParameterAst parameter)
{
    private const string AllSets = "__AllParameterSets";

    private readonly List<AttributeAst> _attributes = [.. parameter.Attributes.OfType<AttributeAst>()];

    /// <summary>The name.</summary>
    public string Name { get; } = parameter.Name.VariablePath.UserPath;

    /// <summary>The type, as far as it is known without running the script.</summary>
    public Type Type { get; } = parameter.StaticType;

    /// <summary>The expression of the default, or null.</summary>
    public ExpressionAst? Default => parameter.DefaultValue;

    /// <summary>Its first other name, or null.</summary>
    public string? Alias => Find("Alias")?.PositionalArguments.Select(ScriptLiteral.Of).OfType<string>().FirstOrDefault();

    /// <summary>The names of the parameter sets that it is in.</summary>
    public IEnumerable<string> Sets => Parameters.Select(SetOf).OfType<string>();

    /// <summary>What is shown to who is asked for a value; can be empty.</summary>
    public string HelpMessage => Parameters
        .Select(a => Named(a, "HelpMessage") is { } message ? ScriptLiteral.Of(message.Argument) as string : null)
        .FirstOrDefault(m => m is not null) ?? "";

    private IEnumerable<AttributeAst> Parameters => _attributes.Where(a => IsNamed(a, "Parameter"));

    /// <summary>True if a script cannot be run without it, whichever of its parameter sets is meant.</summary>
    /// <param name="sets">The names of all parameter sets of the script.</param>
    public bool IsMandatory(IReadOnlyCollection<string> sets)
    {
        var mandatory = Parameters.Where(IsMandatory).Select(SetOf).ToList();
        return mandatory.Count > 0 && (mandatory.Contains(null) || sets.All(s => mandatory.Contains(s, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>The values to choose from; none if any value goes.</summary>
    public IEnumerable<FlagChoice> Choices()
    {
        // A set can be made by a class, which only the running script has.
        var values = Find("ValidateSet")?.PositionalArguments.Select(ScriptLiteral.Of).ToList() ?? [];
        if (values.Count > 0 && !values.Contains(null))
        {
            return values.Select(v => new FlagChoice { Value = v is int number ? (long)number : v });
        }

        var type = (Type.IsArray ? Type.GetElementType() : Nullable.GetUnderlyingType(Type)) ?? Type;

        // The members of an enumeration of bits can be put together.
        return type.IsEnum && !type.IsDefined(typeof(FlagsAttribute), inherit: false) ? Enum.GetNames(type).Select(n => new FlagChoice { Value = n }) : [];
    }

    /// <summary>The least and the greatest value.</summary>
    /// <param name="type">The type of the values: beside zero, the next whole number is 1, and the next fraction has no name.</param>
    public (double? Low, double? High) Range(FlagType type)
    {
        var next = type == FlagType.Int ? 1 : 0;
        return Find("ValidateRange")?.PositionalArguments.Select(RangePart).ToList() switch
        {
            [IConvertible low, IConvertible high] and not [string, _] and not [_, string] =>
                (Convert.ToDouble(low, CultureInfo.InvariantCulture), Convert.ToDouble(high, CultureInfo.InvariantCulture)),
            [string kind] => kind.ToUpperInvariant() switch
            {
                "POSITIVE" => (next, null),
                "NONNEGATIVE" => (0, null),
                "NEGATIVE" => (null, -next),
                "NONPOSITIVE" => (null, 0),
                _ => (null, null),
            },
            _ => (null, null),
        };
    }

    // A kind of range is text, or a member: [ValidateRangeKind]::Positive.
    private static object? RangePart(ExpressionAst part) =>
        part is MemberExpressionAst { Static: true, Member: StringConstantExpressionAst member } ? member.Value : ScriptLiteral.Of(part);

    private static bool IsMandatory(AttributeAst attribute) =>
        Named(attribute, "Mandatory") is { } mandatory && (mandatory.ExpressionOmitted || ScriptLiteral.Of(mandatory.Argument) is true);

    private static string? SetOf(AttributeAst attribute) =>
        Named(attribute, "ParameterSetName") is { } set && ScriptLiteral.Of(set.Argument) is string name && !name.Equals(AllSets, StringComparison.OrdinalIgnoreCase) ? name : null;

    private static NamedAttributeArgumentAst? Named(AttributeAst attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.ArgumentName.Equals(name, StringComparison.OrdinalIgnoreCase));

    private AttributeAst? Find(string name) => _attributes.Find(a => IsNamed(a, name));

    private static bool IsNamed(AttributeAst attribute, string name)
    {
        var written = attribute.TypeName.Name;
        written = written[(written.LastIndexOf('.') + 1)..];
        return written.Equals(name, StringComparison.OrdinalIgnoreCase) || written.Equals(name + "Attribute", StringComparison.OrdinalIgnoreCase);
    }
}
