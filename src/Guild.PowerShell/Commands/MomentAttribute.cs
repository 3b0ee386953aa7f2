using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs.Queries;

namespace Guild.PowerShell.Commands;

/// <summary>
/// Takes what Guild calls a time, such as <c>2 hours ago</c> or <c>yesterday</c>, for the moment at which it begins, where a date and time is wanted. A text that
/// PowerShell reads as a date is left to it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var plain = PlainArgument.Of(inputData);
        if (plain is not string text || LanguagePrimitives.TryConvertTo<DateTimeOffset>(text, out _))
        {
            return inputData;
        }

        try
        {
            return TimeRange.ParseSince(text, TimeProvider.System).Start ?? throw new ArgumentTransformationMetadataException($"'{text}' has no beginning. Give a moment, such as '2 hours ago' or '2026-01-31 14:30'.");
        }
        catch (TimeRangeException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
