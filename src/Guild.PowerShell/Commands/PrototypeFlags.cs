using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.PowerShell.Commands;

/// <summary>The flags that a new run has from the run which it is to be like.</summary>
internal static class PrototypeFlags
{
    /// <summary>
    /// The flags of the run that the operation still has and that are not given anew. The runs that it took files from stand among its flags too; the new run
    /// takes the latest ones.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, FlagInput>> Of(GuildRun prototype, OperationDefinition operation, IReadOnlyCollection<string> given)
    {
        var known = operation.Flags;
        return FlagInputs.OfTable(prototype.IsBatch ? Table.Of(prototype.Record.ProtoFlags) : prototype.Flags).Where(flag => !given.Contains(flag.Key)
            && known.Any(f => f.Name == flag.Key && !(f.Alias is { } alias && given.Contains(alias)))
            && !prototype.SecretFlags.Contains(flag.Key, StringComparer.Ordinal));
    }

    /// <summary>The operation that the run is of; of a batch, what its trials run: <c>m:train</c> of <c>m:train+skopt:tpe</c>.</summary>
    public static string OperationOf(GuildRun prototype) => prototype.IsBatch ? prototype.Operation.Split('+')[0] : prototype.Operation;

    /// <summary>The optimizer of a batch; null for a run, and for a batch that had none.</summary>
    public static string? OptimizerOf(GuildRun prototype) =>
        prototype.IsBatch && Engine.Search.Batches.BatchRunner.CanCarryOut(prototype.Record) && prototype.Record.OperationName is not "+" and var name ? name : null;
}
