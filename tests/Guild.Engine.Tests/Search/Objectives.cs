namespace Guild.Engine.Tests.Search;

/// <summary>What tests minimize.</summary>
internal static class Objectives
{
    /// <summary>A model with best values lr = 10^-2.5, layers = 3, units = 96, relu; it is 0 there.</summary>
    public static double Mixed(IReadOnlyDictionary<string, object?> flags)
    {
        var activation = flags["activation"] switch { "relu" => 0, "tanh" => 0.15, _ => 0.4 };
        return (0.3 * Math.Pow(Math.Log10((double)flags["lr"]!) + 2.5, 2)) + (0.08 * Math.Abs((long)flags["layers"]! - 3)) + Math.Pow(((long)flags["units"]! - 96) / 128.0, 2) + activation;
    }
}
