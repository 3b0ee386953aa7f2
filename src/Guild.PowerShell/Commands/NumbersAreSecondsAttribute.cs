using System.Globalization;
using System.Management.Automation;

namespace Guild.PowerShell.Commands;

/// <summary>Takes a number for seconds where a time span is wanted. PowerShell itself takes 30 for 30 ticks, and '30' for 30 days.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumbersAreSecondsAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = PlainArgument.Of(inputData);
        return plain switch
        {
            int or long or double or decimal or float => Span(Convert.ToDouble(plain, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) => Span(seconds),
            _ => inputData,
        };
    }

    private static TimeSpan Span(double seconds) => seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentTransformationMetadataException($"{seconds.ToString(CultureInfo.InvariantCulture)} is not a number of seconds from 0 on.");
}
