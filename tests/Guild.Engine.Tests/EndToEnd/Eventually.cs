using System.Diagnostics;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Waits for what another process or thread does.</summary>
internal static class Eventually
{
    public static async Task Is(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "It did not come about within 30 seconds.");
            await Task.Delay(10);
        }
    }
}
