namespace Guild.Engine.Search;

/// <summary>The options of the optimizer <c>gp</c>.</summary>
/// <param name="RandomStarts">How many trials there are before the model is asked.</param>
/// <param name="Function">How the next trial is chosen.</param>
/// <param name="Kappa">How many deviations lower than expected LCB takes values to be.</param>
/// <param name="Xi">The improvement that EI and PI seek, as a part of how far the best quarter of the results goes up from the best.</param>
/// <param name="Noise">The variance of the results' noise, or null to find it.</param>
internal sealed record GpSettings(int RandomStarts, string Function, double Kappa, double Xi, double? Noise)
{
    /// <summary>The settings of checked options.</summary>
    public static GpSettings Of(IReadOnlyDictionary<string, object?> options) => new(
        (int)(long)options["random-starts"]!,
        (string)options["acq-func"]!,
        (double)options["kappa"]!,
        (double)options["xi"]!,
        options["noise"] as double?);

    /// <summary>The function that says how much each trial is wanted.</summary>
    /// <param name="number">The number of the suggestion.</param>
    /// <param name="model">The model.</param>
    public Func<Expectation, Desirability> Choose(int number, GpModel model)
    {
        var target = model.Least - (Xi * model.Spread);
        return Function switch
        {
            "LCB" => expected => Acquisition.LowerBound(expected, Kappa),
            "PI" => expected => Acquisition.Likelihood(expected, target),
            "EI" => expected => Acquisition.Improvement(expected, target),
            _ => (number % 4) switch
            {
                // What is just expected to be the best makes the most of what is known.
                0 => expected => Acquisition.LowerBound(expected, 0),
                1 => expected => Acquisition.LowerBound(expected, Kappa),
                2 => expected => Acquisition.Likelihood(expected, target),
                _ => expected => Acquisition.Improvement(expected, target),
            },
        };
    }
}
