using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Guild.PowerShell.Commands;

/// <summary>
/// Takes <c>30d</c> for 30 days where a time span is wanted. A number without a unit is refused: PowerShell itself takes 30 for 30 ticks, which is older than
/// nothing at all.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class AgeAttribute : ArgumentTransformationAttribute
{
    private const double MostDays = 3_650_000;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = PlainArgument.Of(inputData);
        return plain switch
        {
            TimeSpan span => span >= TimeSpan.Zero ? span : throw Bad(span),

            // PowerShell reads 30d without quotes as a decimal number, and 90s as a short one. Hardly any other number has these types.
            decimal days => Parse(string.Create(CultureInfo.InvariantCulture, $"{days}d")) ?? throw Bad(days),
            short seconds => Parse(string.Create(CultureInfo.InvariantCulture, $"{seconds}s")) ?? throw Bad(seconds),
            string text when Parse(text.Trim()) is { } span => span,
            string text when text.Contains(':', StringComparison.Ordinal) => text,
            _ => throw Bad(plain),
        };
    }

    /// <summary>The span that a text such as <c>30d</c> or <c>1.5 hours</c> means; null for any other.</summary>
    internal static TimeSpan? Parse(string text)
    {
        var match = Age().Match(text);
        if (!match.Success || !double.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var days = number * match.Groups["unit"].Value.ToLowerInvariant()[..1] switch
        {
            "w" => 7,
            "d" => 1,
            "h" => 1 / 24.0,
            "m" => 1 / (24 * 60.0),
            _ => 1 / (24 * 60 * 60.0),
        };
        return days <= MostDays ? TimeSpan.FromDays(days) : null;
    }

    private static ArgumentTransformationMetadataException Bad(object? value) => new(
        $"'{Convert.ToString(value, CultureInfo.InvariantCulture)}' is no age. Give a number with a unit, such as 30d, 12h, 45min or 2w, or a time span (New-TimeSpan -Days 30).");

    [GeneratedRegex(@"\A(?<number>\d+(\.\d+)?)\s*(?<unit>w(eeks?)?|d(ays?)?|h(ours?)?|m(in(utes?)?)?|s(ec(onds?)?)?)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Age();
}
