using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Pipelines;

/// <summary>Reads the links of a pipeline.</summary>
internal static class StepLinks
{
    /// <summary>The id of the run that a step is linked to.</summary>
    public static string Target(Run pipeline, string name) => Path.GetFileName(new FileInfo(Path.Combine(pipeline.Directory.Path, name)).LinkTarget ?? "none");

    /// <summary>The run of a step.</summary>
    public static Run Step(this TempProject project, Run pipeline, string name) =>
        project.Store.TryRead(Target(pipeline, name)) ?? throw new InvalidOperationException($"There is no run of step '{name}'.");
}
