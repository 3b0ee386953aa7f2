namespace Guild.Engine.Pipelines;

/// <summary>How the steps of a pipeline are carried out, and whether a run is made at all where one is there already.</summary>
public sealed record PipelineOptions
{
    /// <summary>One step after the other, each made anew.</summary>
    public static PipelineOptions Default { get; } = new();

    /// <summary>True if what is as a completed run has it is not run again.</summary>
    public bool IsNeededOnly { get; init; }

    /// <summary>How many steps run at the same time, of those that do not depend on each other.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>True if, when a step fails, those go on that do not depend on it; false if no other step is started.</summary>
    public bool KeepsGoing { get; init; }

    /// <summary>True if, when the pipeline is started again, a completed step is made anew whose source code is another now, as with <c>force-sourcecode: yes</c>.</summary>
    public bool ForcesSourceCode { get; init; }
}
