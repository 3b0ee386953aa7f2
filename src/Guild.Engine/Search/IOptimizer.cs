namespace Guild.Engine.Search;

/// <summary>
/// Chooses the flags of trials, by ask and tell. What it suggests rests on its seed, the number of the suggestion and what it was told, and on
/// nothing else: told again what another one was told, in whatever order, it goes on as that one would.
/// </summary>
internal interface IOptimizer
{
    /// <summary>The next trial, which is pending until <see cref="Tell"/> says how it ended; null if all that there are were suggested.</summary>
    Suggestion? Ask();

    /// <summary>
    /// Says how a trial of this search ended. It can be told of a trial that it did not suggest itself, to go on with a search that another one
    /// began: the trial's number then counts as asked for.
    /// </summary>
    void Tell(Suggestion suggestion, TrialOutcome outcome);

    /// <summary>Says how a trial of an earlier search ended. What is outside of the space, or failed, is ignored.</summary>
    void TellPrior(IReadOnlyDictionary<string, object?> flags, TrialOutcome outcome);
}

/// <summary>A trial that an optimizer suggests.</summary>
/// <param name="Number">How many were suggested before, so from 0.</param>
/// <param name="Flags">All flags of the space with their values, in its order.</param>
internal sealed record Suggestion(int Number, IReadOnlyDictionary<string, object?> Flags);

/// <summary>How a trial ended.</summary>
internal sealed record TrialOutcome
{
    private TrialOutcome(double? value, bool isPending) => (Value, IsPending) = (value, isPending);

    /// <summary>The trial has not ended yet.</summary>
    public static TrialOutcome Pending { get; } = new(null, isPending: true);

    /// <summary>The trial failed, or gave no value.</summary>
    public static TrialOutcome Failed { get; } = new(null, isPending: false);

    /// <summary>What it came to, the less the better; null if it failed or has not ended.</summary>
    public double? Value { get; }

    /// <summary>True if it has not ended.</summary>
    public bool IsPending { get; }

    /// <summary>The trial ended with a value that is to be as small as can be. One that is no number or infinite is a failure.</summary>
    public static TrialOutcome Of(double? value) => value is { } number && double.IsFinite(number) ? new(number, isPending: false) : Failed;
}

/// <summary>How an optimizer is to work.</summary>
/// <param name="Seed">The seed: the same gives the same trials.</param>
/// <param name="MaxTrials">How many trials there will be at most, or null for no limit. It limits a grid; the others are asked as often as one wants.</param>
internal sealed record OptimizerSettings(long Seed, int? MaxTrials = null)
{
    /// <summary>Options of the algorithm, such as <c>random-starts</c>: name to value.</summary>
    public IReadOnlyDictionary<string, object?> Options { get; init; } = new Dictionary<string, object?>();
}
