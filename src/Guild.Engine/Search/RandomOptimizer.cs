namespace Guild.Engine.Search;

/// <summary>Random search: any point, each as likely as any other, and none twice.</summary>
internal sealed class RandomOptimizer(SearchSpace space, OptimizerSettings settings) : SpaceOptimizer(space, settings)
{
    /// <inheritdoc/>
    protected override double[] Propose(int number, SeededRandom random) => Space.Sample(random);
}
