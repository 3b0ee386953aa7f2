using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>Reads back the attribute <c>op</c>, as <see cref="OperationRecord"/> and Guild AI write it.</summary>
internal static class RecordedOperation
{
    /// <summary>The whole attribute; null if it is not there or no mapping.</summary>
    public static IReadOnlyDictionary<string, object?>? Of(RunDirectory directory) => directory.ReadAttribute("op") as IReadOnlyDictionary<string, object?>;

    /// <summary>The part that says how the command and its environment are made of flags; null if there is none.</summary>
    public static IReadOnlyDictionary<string, object?>? CommandOf(RunDirectory directory) => Of(directory)?.GetValueOrDefault("op-cmd") as IReadOnlyDictionary<string, object?>;
}
