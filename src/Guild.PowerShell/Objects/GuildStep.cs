using System.Collections;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.PowerShell;

/// <summary>A step of a pipeline: an operation that it runs, and how.</summary>
public sealed class GuildStep
{
    internal GuildStep(StepDefinition step)
    {
        Name = step.Name;
        Operation = step.Operation;
        Command = step.Run;
        Flags = Table.Of(step.Flags.Select(f => KeyValuePair.Create(f.Key, f.Value is FlagValue value ? value.Value : (f.Value as FlagText)?.Text)));
        TrialFiles = [.. step.TrialFiles];
        Checks = [.. step.Checks.Select(Text)];
        Isolated = step.IsIsolated;
        Needed = step.IsNeededOnly;
        Label = step.Label;
        Tags = [.. step.Tags];
        Gpus = step.Gpus;
        Remote = step.Remote;
        Optimizer = step.Search.Optimizer;
        Objective = step.Search.Objective?.ToString();
        MaxTrials = step.Search.MaxTrials;
    }

    /// <summary>The name of the step.</summary>
    public string Name { get; }

    /// <summary>The operation that it runs, as the Guild file has it; without a model it is one of the pipeline's own model.</summary>
    public string Operation { get; }

    /// <summary>The command line as the Guild file has it.</summary>
    public string Command { get; }

    /// <summary>The flags of the operation; <c>${flag}</c> in them stands for a flag of the pipeline.</summary>
    public IDictionary Flags { get; }

    /// <summary>Files with flag values of trials.</summary>
    public string[] TrialFiles { get; }

    /// <summary>What must hold after the step, in words.</summary>
    public string[] Checks { get; }

    /// <summary>True if runs that the operation requires are those of the same run of the pipeline.</summary>
    public bool Isolated { get; }

    /// <summary>True if a run with the same flags that is completed already is not made again.</summary>
    public bool Needed { get; }

    /// <summary>The label of the run, or null for the pipeline's.</summary>
    public string? Label { get; }

    /// <summary>The tags of the run.</summary>
    public string[] Tags { get; }

    /// <summary>The GPUs that the run sees; empty for none, null for all.</summary>
    public string? Gpus { get; }

    /// <summary>Where the run is to run, or null for this machine.</summary>
    public string? Remote { get; }

    /// <summary>The optimizer, or null.</summary>
    public string? Optimizer { get; }

    /// <summary>The scalar that is minimized, or with <c>-</c> before it maximized; null for the operation's.</summary>
    public string? Objective { get; }

    /// <summary>How many trials there are at most, or null.</summary>
    public long? MaxTrials { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static string Text(StepCheck check)
    {
        if (check.Output is not null)
        {
            return $"the output has '{check.Output}'";
        }

        var equals = check.CompareTo is null ? "" : $" and equals '{check.CompareTo}'";
        return check.Contains is null ? $"'{check.File}' is there{equals}" : $"'{check.File}' has '{check.Contains}'{equals}";
    }
}

/// <summary>An optimizer of an operation: what chooses the flag values of trials.</summary>
public sealed class GuildOptimizer
{
    internal GuildOptimizer(OptimizerDefinition optimizer)
    {
        Name = optimizer.Name;
        Algorithm = optimizer.Algorithm;
        Default = optimizer.IsDefault;
        Flags = Table.Of(optimizer.Flags);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The algorithm, or the operation that does the search.</summary>
    public string Algorithm { get; }

    /// <summary>True if it is meant when no optimizer is named.</summary>
    public bool Default { get; }

    /// <summary>Flags of the algorithm.</summary>
    public IDictionary Flags { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
