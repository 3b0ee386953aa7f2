using System.Globalization;
using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Takes an id, the first digits of an id, a place in the list, a range of places or a pattern for the runs that it names, where runs are wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RunReferencesAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // A row of a table, such as Import-Csv gives, names its run by its column.
        var named = inputData is PSObject { BaseObject: PSCustomObject } row ? row.Properties["Id"]?.Value : inputData;
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
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
