using System.Management.Automation;

namespace Guild.PowerShell.Commands;

/// <summary>Refuses a length of time that cannot be waited for: less than none, or more than timers can measure. The greatest time span stands for no limit.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeLimitAttribute : ValidateArgumentsAttribute
{
    // Timers count milliseconds in 32 bits.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan time && time != TimeSpan.MaxValue && (time < TimeSpan.Zero || time > Longest))
        {
            throw new ValidationMetadataException($"{time} is no limit that can be kept. Give 0 to {Longest.Days} days, or leave the parameter out for no limit.");
        }
    }
}
