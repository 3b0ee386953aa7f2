using Guild.Engine.Resources;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Tests.Resources.Archives;

internal static class Meters
{
    public static UnpackMeter Unlimited() => With(new UnpackLimits(), archiveSize: 1);

    public static UnpackMeter With(UnpackLimits limits, long archiveSize)
    {
        var file = new FileStream(typeof(Meters).Assembly.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var progress = new UnpackProgress(NullEventSink.Instance, "", file, TimeProvider.System, TimeSpan.MaxValue);
        return new UnpackMeter(limits, archiveSize, progress, CancellationToken.None);
    }
}
