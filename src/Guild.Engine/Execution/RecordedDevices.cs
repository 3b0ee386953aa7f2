using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Which devices the program of a run sees, as its record has it for the next start.</summary>
internal static class RecordedDevices
{
    /// <summary>The variable that says so to programs.</summary>
    public const string Variable = "CUDA_VISIBLE_DEVICES";

    /// <summary>Writes other devices than the run had.</summary>
    /// <param name="directory">The run, which this process has claimed.</param>
    /// <param name="devices">The devices; null to leave them as they are.</param>
    public static void Write(RunDirectory directory, string? devices)
    {
        if (devices is null)
        {
            return;
        }

        Change(directory, "run_params", "gpus", devices);
        if (StagedEnvironment.IsThere(directory))
        {
            StagedEnvironment.Add(directory, Variable, devices);
        }
        else
        {
            Change(directory, EnvironmentRecord.Attribute, Variable, devices);
        }
    }

    private static void Change(RunDirectory directory, string attribute, string name, string value)
    {
        var recorded = directory.ReadAttribute(attribute) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        directory.WriteAttribute(attribute, new Dictionary<string, object?>(recorded, StringComparer.Ordinal) { [name] = value });
    }
}
