namespace Guild.Engine.Packages;

/// <summary>
/// Names that Guild AI's own plugins answer to, though no Guild file declares them. They mean nothing here, and whoever uses one is told so rather than that it is misspelled.
/// </summary>
internal static class BuiltinNames
{
    private static readonly string[] Names = ["+", "random", "skopt", "gp", "forest", "gbrt", "bayesian", "queue", "dask", "tensorboard", "r-script"];

    /// <summary>True if a name is one of Guild AI's own, with or without an operation behind it.</summary>
    public static bool Has(string name) => Names.Contains(name.Split(':', 2)[0].TrimStart('_'), StringComparer.Ordinal);
}
