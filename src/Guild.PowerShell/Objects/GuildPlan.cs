using System.Collections;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Resources;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell;

/// <summary>What running an operation would do: its command, flags, environment, resources and files.</summary>
public sealed class GuildPlan
{
    private readonly BatchPlan? _batch;
    private readonly IReadOnlyList<NeededResult> _neededTrials = [];
    private GuildPlannedTrial[]? _trials;

    /// <summary>What is shown in the place of a secret.</summary>
    internal const string SecretMask = "***";

    internal GuildPlan(BatchPlan batch, EngineContext context, CancellationToken cancellation)
        : this(TrialPlans.First(batch, context, cancellation), context, cancellation)
    {
        _batch = batch;
        Flags = Table.Of(batch.Prototype.RecordedFlags);
        Optimizer = batch.Optimizer.Name;
        OptimizerFlags = Table.Of(batch.Optimizer.Flags.OrderBy(f => f.Key, StringComparer.Ordinal));
        Objective = BatchText.Objective(batch.Objective);
        TrialCount = batch.TrialCount;
        ThrottleLimit = batch.ThrottleLimit;
        RandomSeed = batch.RandomSeed;
        Label = batch.Search.BatchLabel;
        Tags = [.. batch.Search.BatchTags];
        Warnings = [.. batch.Warnings.Concat(Warnings).Distinct(StringComparer.Ordinal)];
        if (!batch.Prototype.Request.Pipeline.IsNeededOnly)
        {
            return;
        }

        var runs = new NeededRuns(context, cancellation);
        var needed = runs.Of(batch);
        _neededTrials = NeededTrials.Of(batch, runs, context, cancellation);
        (Needed, Reason, Detail, RunId) = (needed.IsNeeded, NeededText.Of(needed.Reason), needed.Detail, needed.Run?.Id);
    }

    internal GuildPlan(RunPlan plan, EngineContext context, CancellationToken cancellation)
    {
        Plan = plan;
        Operation = plan.FullName;
        Flags = Table.Of(plan.RecordedFlags);
        Command = [.. plan.Command.Arguments];
        SecretFlags = [.. plan.Flags.GivenSecrets];
        Environment = Table.Of(plan.Environment
            .Concat(plan.SecretVariables.Select(name => KeyValuePair.Create(name, SecretMask)))
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => KeyValuePair.Create(e.Key, (object?)e.Value)));
        Resources = [.. Planner.Preview(plan, context, cancellation).SelectMany(GuildPlannedResource.Of)];
        Label = plan.Label;
        Tags = [.. plan.Tags];
        ProjectPath = plan.Request.Project.Directory;
        RunsPath = plan.Request.RunDirectory ?? context.Home.RunsDirectory;
        var sources = RunStager.PreviewSources(plan, context, cancellation);
        SourceFiles = [.. sources.Files.Select(f => f.Path)];
        SourceBytes = sources.TotalSize;
        Warnings = [.. plan.Warnings.Concat(sources.Warnings)];
        Steps = [.. PipelinePreview.Of(plan, context, cancellation).Select(step => new GuildPlannedStep(step))];
        if (!plan.Request.Pipeline.IsNeededOnly)
        {
            return;
        }

        if (plan.Operation.IsPipeline)
        {
            var first = Array.Find(Steps, step => step.Needed);
            (Needed, Reason, Detail) = (first is not null, first?.Reason ?? NeededText.Of(NeededReason.UpToDate), first?.Name);
        }
        else
        {
            var needed = new NeededRuns(context, cancellation).Of(plan);
            (Needed, Reason, Detail, RunId) = (needed.IsNeeded, NeededText.Of(needed.Reason), needed.Detail, needed.Run?.Id);
        }
    }

    /// <summary>Whether each trial is needed, if the plan was made with -Needed; else empty.</summary>
    internal IReadOnlyList<NeededResult> TrialNeeds => _neededTrials;

    /// <summary>The operation with its model.</summary>
    public string Operation { get; }

    /// <summary>The flags with the values that they would have; null for secrets.</summary>
    public IDictionary Flags { get; }

    /// <summary>The names of the flags that are secrets and have a value.</summary>
    public string[] SecretFlags { get; }

    /// <summary>The program and its arguments.</summary>
    public string[] Command { get; }

    /// <summary>The environment variables that the operation adds; <c>RUN_ID</c> and <c>RUN_DIR</c> come when there is a run. A secret is <c>***</c>.</summary>
    public IDictionary Environment { get; }

    /// <summary>The sources of the required resources, and what each would bring.</summary>
    public GuildPlannedResource[] Resources { get; }

    /// <summary>The files of the project that would be copied into the run, as paths relative to the project.</summary>
    public string[] SourceFiles { get; }

    /// <summary>The size of these files in bytes.</summary>
    public long SourceBytes { get; }

    /// <summary>True if trials would be run rather than a single run. Its flags then have their lists and ranges; command and environment are those of the first trial, where it is known.</summary>
    public bool IsBatch => _batch is not null;

    /// <summary>The trials in their order; empty where there is no batch, or where they are chosen while it runs. Made when first asked for.</summary>
    public GuildPlannedTrial[] Trials => _trials ??= [.. (_batch?.Trials ?? []).Select((t, i) => new GuildPlannedTrial(t, i < _neededTrials.Count ? _neededTrials[i] : null))];

    /// <summary>How many trials there would be at most; null where there is no batch.</summary>
    public long? TrialCount { get; }

    /// <summary>What would choose the trials: grid, random, another optimizer, or an operation; null where there is no batch.</summary>
    public string? Optimizer { get; }

    /// <summary>The flags of the optimizer.</summary>
    public IDictionary OptimizerFlags { get; } = Table.Of([]);

    /// <summary>What the search aims for, such as <c>minimize loss</c>; null where there is no batch.</summary>
    public string? Objective { get; }

    /// <summary>How many trials would run at the same time; null where there is no batch.</summary>
    public int? ThrottleLimit { get; }

    /// <summary>The seed of all that is random in the search; null where there is no batch.</summary>
    public long? RandomSeed { get; }

    /// <summary>The label that the run would have, or null.</summary>
    public string? Label { get; }

    /// <summary>The tags that the run would have.</summary>
    public string[] Tags { get; }

    /// <summary>The folder of the project.</summary>
    public string ProjectPath { get; }

    /// <summary>The folder in which the run directory would be made.</summary>
    public string RunsPath { get; }

    /// <summary>The steps of a pipeline, in the order in which they would be run, with the reason of each; of other operations there are none.</summary>
    public GuildPlannedStep[] Steps { get; }

    /// <summary>With -Needed: false if a completed run, or a batch, is as this one would be; of a pipeline, if all its steps are. Null without -Needed.</summary>
    public bool? Needed { get; }

    /// <summary>With -Needed, why it is needed, in the words that steps have, or that it is up to date; of a pipeline that of the first step that is needed. Else null.</summary>
    public string? Reason { get; }

    /// <summary>With -Needed, what differs, such as <c>lr: 0.1 → 0.2</c>; of a pipeline the name of the first step that is needed. Else null.</summary>
    public string? Detail { get; }

    /// <summary>With -Needed, the run that makes it unnecessary, or else the one that it was compared with; null if there is none.</summary>
    public string? RunId { get; }

    /// <summary>What would be warned of.</summary>
    public string[] Warnings { get; }

    internal RunPlan Plan { get; }

    /// <summary>The operation with its model.</summary>
    public override string ToString() => Operation;
}

/// <summary>What a source of a required resource would bring.</summary>
public sealed class GuildPlannedResource
{
    private GuildPlannedResource(string resource, PlannedSource? source, string? problem)
    {
        Resource = resource;
        Source = source?.Name ?? "";
        Target = source?.Path;
        RunId = source?.RunId;
        Files = [.. source?.Targets ?? []];
        Archives = [.. source?.ArchivesToUnpack ?? []];
        Length = source?.Size ?? 0;
        Download = source?.Download?.State.ToString().ToLowerInvariant();
        Uri = source?.Download?.Uri;
        CachedLength = source?.Download?.CachedSize;
        DownloadLength = source?.Download?.TotalSize;
        PostProcess = source?.PostProcess;
        Problem = source?.Problem ?? problem;
        Optional = source?.IsOptional ?? false;
        Placement = source?.Placement == PlacementKind.Copy ? "copy" : "link";
    }

    /// <summary>The name of the resource.</summary>
    public string Resource { get; }

    /// <summary>The source, such as <c>file:data.csv</c>; empty if the resource as a whole has a problem.</summary>
    public string Source { get; }

    /// <summary>The path that it leads to, or null.</summary>
    public string? Target { get; }

    /// <summary>The run that it takes files of, or null.</summary>
    public string? RunId { get; }

    /// <summary>The paths that it would have in the run directory.</summary>
    public string[] Files { get; }

    /// <summary>The paths of archives that would be unpacked first; what is in them is not among the files, because nobody knows it yet.</summary>
    public string[] Archives { get; }

    /// <summary>The size of its files in bytes, and of archives that would be unpacked first.</summary>
    public long Length { get; }

    /// <summary>Of a file of the web, what of it is in the cache of the home: cached, partial or missing; null for other sources.</summary>
    public string? Download { get; }

    /// <summary>Of a file of the web, its address without name and password; null for other sources.</summary>
    public string? Uri { get; }

    /// <summary>Of a file of the web, the size in bytes of what is in the cache; null for other sources.</summary>
    public long? CachedLength { get; }

    /// <summary>Of a file of the web, its whole size in bytes as far as the cache knows it; no server is asked. Null if it does not, and for other sources.</summary>
    public long? DownloadLength { get; }

    /// <summary>The command that would be run on it first; null if it has none, or it was run before.</summary>
    public string? PostProcess { get; }

    /// <summary>Whether it would be linked or copied: link or copy.</summary>
    public string Placement { get; }

    /// <summary>True if the run would go on without it.</summary>
    public bool Optional { get; }

    /// <summary>Why it cannot be resolved, or null.</summary>
    public string? Problem { get; }

    internal static IEnumerable<GuildPlannedResource> Of(ResourcePlan plan) => plan.Problem is null
        ? plan.Sources.Select(s => new GuildPlannedResource(plan.Name, s, null))
        : [new GuildPlannedResource(plan.Name, null, plan.Problem)];

    /// <summary>The source.</summary>
    public override string ToString() => Source;
}
