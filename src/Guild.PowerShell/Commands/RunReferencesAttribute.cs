using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Guild.Engine.Runs;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Takes an id, the first digits of an id, a place in the list, a range of places or a pattern for the runs that it names, where runs are wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RunReferencesAttribute : ArgumentTransformationAttribute
{
    // An error of its own would be PowerShell's, with another id than the same words have elsewhere.
    private static readonly ConditionalWeakTable<GuildRun[], Fault> Faults = [];

    /// <summary>Why no runs were found, and by which words; null if there is nothing wrong with them.</summary>
    public static (object Reference, Exception Error)? FaultOf(GuildRun[] runs) => Faults.TryGetValue(runs, out var fault) ? (fault.Reference, fault.Error) : null;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var named = inputData is PSObject item && IsRow(item) ? item.Properties["Id"]?.Value : inputData;
        if (PlainArgument.Of(named) is not { } plain || plain is not (string { Length: > 0 } or int or long))
        {
            return inputData;
        }

        var reference = Convert.ToString(plain, CultureInfo.InvariantCulture)!;
        try
        {
            var session = new SessionContext(engineIntrinsics.SessionState.Path.CurrentFileSystemLocation.ProviderPath);
            return new RunLookup(session.EngineContext().Runs).Select(reference).Select(run => new GuildRun(run)).ToArray();
        }
        catch (Exception error) when (ErrorRecords.IsExpected(error))
        {
            var none = (GuildRun[])Array.CreateInstance(typeof(GuildRun), 0);
            Faults.Add(none, new Fault(plain, error));
            return none;
        }
    }

    // What Import-Csv or Compare-GuildRun gives names its run by its column.
    private static bool IsRow(PSObject item) => item.BaseObject is not (GuildRun or string or int or long or Array);

    private sealed record Fault(object Reference, Exception Error);
}
