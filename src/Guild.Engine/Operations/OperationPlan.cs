namespace Guild.Engine.Operations;

/// <summary>What comes of a request: the plan of one run (<see cref="RunPlan"/>), or of a batch of them (<see cref="Search.Batches.BatchPlan"/>).</summary>
public abstract record OperationPlan
{
    private protected OperationPlan()
    {
    }
}
