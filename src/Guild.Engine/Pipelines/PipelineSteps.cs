using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>The runs of a pipeline's steps, as the links in its folder have them.</summary>
public static class PipelineSteps
{
    /// <summary>True if the run is that of a pipeline. Reads nothing.</summary>
    public static bool IsPipeline(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return PipelineCommand.Is(run.Command);
    }

    /// <summary>The full ids of the runs by the names of their links, in ordinal order; none for what is no pipeline. Reads the folder of the run.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Run run) =>
        IsPipeline(run) ? [.. PipelineLinks.All(run.Directory).OrderBy(link => link.Key, StringComparer.Ordinal)] : [];
}
