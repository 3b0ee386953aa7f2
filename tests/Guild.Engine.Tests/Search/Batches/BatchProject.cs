using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Search.Batches;

/// <summary>A project whose operations are run as batches.</summary>
internal sealed class BatchProject(string guildFile) : IDisposable
{
    public TempProject Project { get; } = new(guildFile);

    public RunStore Store => Project.Store;

    public BatchResult? Result { get; private set; }

    public BatchPlan Plan(SearchRequest search, string operation, params string[] words) =>
        Assert.IsType<BatchPlan>(Planner.PlanAny(Project.Request(operation, words) with { Search = search }, Project.Context));

    /// <summary>Runs a batch that is kept, one trial after the other unless the search says otherwise.</summary>
    public Run Run(SearchRequest search, string operation, params string[] words) =>
        Carry(new BatchRunner(Project.Context).Run(Plan(search with { KeepsBatch = true, ThrottleLimit = search.ThrottleLimit ?? 1 }, operation, words), new RunOptions(), Project.Events, CancellationToken.None));

    public Run Run(string operation, params string[] words) => Run(new SearchRequest(), operation, words);

    public Run Restart(Run batch, RunOptions? options = null) => Carry(new BatchRunner(Project.Context).Restart(batch, options ?? new RunOptions(), Project.Events, CancellationToken.None));

    /// <summary>The trials in the order of their numbers.</summary>
    public IReadOnlyList<Run> Trials(Run batch) => [.. BatchTrials.Ids(batch.Directory)
        .Select(id => Store.TryRead(id)!)
        .OrderBy(trial => TrialRecord.Read(trial.Directory)?.Number)];

    public static string Flags(Run trial) => string.Join(' ', trial.Flags.Select(flag => $"{flag.Key}={FlagGrammar.Encode(flag.Value)}"));

    public void Dispose() => Project.Dispose();

    private Run Carry(BatchResult result)
    {
        Result = result;
        return Store.TryRead(result.Directory) ?? throw new InvalidOperationException("There is no record of the batch.");
    }
}
