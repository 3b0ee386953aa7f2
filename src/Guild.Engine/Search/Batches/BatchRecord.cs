using Guild.Engine.Execution;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;

namespace Guild.Engine.Search.Batches;

/// <summary>A batch as its record has it: all that carrying it out needs.</summary>
internal sealed class BatchRecord
{
    /// <summary>The attribute that says that trials are made and left staged.</summary>
    public const string StagesTrialsAttribute = "stage_trials";

    private BatchRecord(Run batch, Run prototype, BatchSettings settings, TrialSource source)
    {
        (Batch, Prototype, Settings, Source) = (batch, prototype, settings, source);
        var request = batch.Directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?>;
        StopsOnError = request?.GetValueOrDefault("fail_on_trial_error") is true;
        StagesTrials = batch.Directory.ReadAttribute(StagesTrialsAttribute) is true;
        DeletesOnSuccess = RecordedDeletion.IsOrdered(batch.Directory);
        var text = batch.Directory.ReadAttribute("objective") as string ?? "loss";
        Objective = text.StartsWith('-') ? new ObjectiveDefinition(text[1..], IsMaximized: true) : new ObjectiveDefinition(text, IsMaximized: false);
        Column = ObjectiveColumn.Parse(Objective);
    }

    public Run Batch { get; }

    public Run Prototype { get; }

    public BatchSettings Settings { get; }

    public TrialSource Source { get; }

    public ObjectiveDefinition Objective { get; }

    public ColumnSpec Column { get; }

    public bool StopsOnError { get; }

    public bool StagesTrials { get; }

    public bool DeletesOnSuccess { get; }

    /// <summary>The prototype of a batch; null if there is none that can be read.</summary>
    public static Run? PrototypeOf(Run batch, RunStore store) => store.TryRead(new RunDirectory(batch.Directory.PrototypePath));

    /// <exception cref="RunStateException">The record lacks something that is needed, or it is one of an optimizer that is not built in.</exception>
    public static BatchRecord Read(Run batch, RunStore store)
    {
        var prototype = PrototypeOf(batch, store) ?? throw new RunStateException(batch.Id, $"The prototype of batch {batch.ShortId} cannot be read.", "Run the operation again.");
        var settings = BatchSettings.Read(batch.Directory, batch.OpRef, RecordedFlags.Of(prototype));
        var algorithm = OptimizerAlgorithms.TryFind(settings.Optimizer) ?? throw new RunStateException(
            batch.Id, $"Batch {batch.ShortId} was made by the optimizer '{settings.Optimizer}', which is not built in here.", "Run the operation again with another optimizer, such as 'tpe'.");
        var flags = batch.Flags.Where(flag => algorithm.Options.Any(option => option.Name == flag.Key)).ToDictionary(flag => flag.Key, flag => flag.Value, StringComparer.Ordinal);
        return new BatchRecord(batch, prototype, settings, new TrialSource
        {
            Algorithm = algorithm,
            Flags = prototype.Flags,
            UserFlags = prototype.Directory.ReadAttribute("user_flags") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
            Rows = [.. (prototype.Directory.ReadAttribute("trials") as IReadOnlyList<object?> ?? []).OfType<IReadOnlyDictionary<string, object?>>()],
            Order = settings.Order,
            Definitions = settings.Flags,
            Options = flags,
            Seed = batch.Directory.ReadAttribute("random_seed") as long? ?? 0,
            MaxTrials = batch.Directory.ReadAttribute("max_trials") as long? ?? algorithm.DefaultMaxTrials,
        });
    }
}
