using System.Globalization;
using System.Management.Automation;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Takes an id, the first digits of an id, or a place in the list for the run that it names, where a run is wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RunReferenceAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var plain = PlainArgument.Of(inputData);
        if (plain is not (string { Length: > 0 } or int or long))
        {
            return inputData;
        }

        var reference = Convert.ToString(plain, CultureInfo.InvariantCulture)!;
        try
        {
            var session = new SessionContext(engineIntrinsics.SessionState.Path.CurrentFileSystemLocation.ProviderPath);
            return new GuildRun(session.EngineContext().Runs.Find(reference));
        }
        catch (Exception error) when (plain is not string && ErrorRecords.IsExpected(error))
        {
            // A number that comes by the pipeline may be meant for another parameter, whose error says more.
            return inputData;
        }
        catch (Exception error) when (ErrorRecords.IsExpected(error))
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
