using System.Collections;
using Guild.Engine.Pipelines;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell;

/// <summary>A step of a pipeline that would be run, and why it is needed or not.</summary>
public sealed class GuildPlannedStep
{
    internal GuildPlannedStep(PlannedStep step)
    {
        Name = step.Name;
        Operation = step.Operation;
        Flags = Table.Of(step.Flags);
        Needed = step.Needed.IsNeeded;
        WillRun = step.IsRun;
        Reason = NeededText.Of(step.Needed.Reason);
        Detail = step.Needed.Detail;
        RunId = step.Needed.Run?.Id;
        DependsOn = [.. step.DependsOn];
        Command = step.CommandLine;
        Batch = step.IsBatch;
    }

    /// <summary>The name of the step; of the step of a pipeline that is a step itself, with that one's name and <c>/</c> before it.</summary>
    public string Name { get; }

    /// <summary>The operation with its model.</summary>
    public string Operation { get; }

    /// <summary>The flags with the values that they would have.</summary>
    public IDictionary Flags { get; }

    /// <summary>True if no completed run is as this step's would be. With -Needed, the others are not run.</summary>
    public bool Needed { get; }

    /// <summary>True if it is run: because it is needed, or because it is run whether it is needed or not, as without -Needed.</summary>
    public bool WillRun { get; }

    /// <summary>Why it is needed: new, flag changed, source changed, resource changed, upstream changed, check failed or unknown; or up to date.</summary>
    public string Reason { get; }

    /// <summary>What differs, such as <c>lr: 0.1 → 0.2</c>, or null.</summary>
    public string? Detail { get; }

    /// <summary>The run that makes it unnecessary, or else the one that it was compared with; null if there is none.</summary>
    public string? RunId { get; }

    /// <summary>The names of the steps whose files it takes.</summary>
    public string[] DependsOn { get; }

    /// <summary>The command line of <c>guild run</c> that would do the same.</summary>
    public string Command { get; }

    /// <summary>True if the step is a batch of trials.</summary>
    public bool Batch { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
