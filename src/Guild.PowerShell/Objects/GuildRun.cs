using System.Collections;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell;

/// <summary>A run: the lasting record of having run an operation, as it was when it was read.</summary>
public sealed class GuildRun : IEquatable<GuildRun>
{
    private readonly Run _run;
    private IDictionary? _flags;
    private IDictionary? _scalars;
    private IDictionary? _scalarSummary;
    private IDictionary? _steps;
    private string[]? _secretFlags;
    private string[]? _tags;
    private string[]? _command;
    private string[]? _notes;
    private string[]? _problems;
    private GuildRunComment[]? _comments;
    private string[]? _trialIds;
    private TrialSummary? _trials;
    private IDictionary? _trialStatus;
    private TrialPlace? _place;
    private bool _hasPlace;

    internal GuildRun(Run run, int? index = null)
    {
        _run = run;
        Index = index;
    }

    /// <summary>The id: 32 hexadecimal digits.</summary>
    public string Id => _run.Id;

    /// <summary>The first eight digits of the id.</summary>
    public string ShortId => _run.ShortId;

    /// <summary>The position among all runs of the home, newest first, from 1, when the run was listed; null when it was not read from a list.</summary>
    public int? Index { get; }

    /// <summary>The operation with its model, such as <c>mlp:train</c>.</summary>
    public string Operation => _run.FullName;

    /// <summary>The model, or an empty string.</summary>
    public string Model => _run.ModelName;

    /// <summary>The package that the operation came from, or null if it came from a Guild file.</summary>
    public string? Package => _run.PackageName;

    /// <summary>The status: pending, staged, running, completed, error or terminated.</summary>
    public string Status => StatusText.Of(_run.Status);

    /// <summary>Why the run has this status, where that is not plain; else null.</summary>
    public string? StatusReason => _run.StatusReason ?? (_run.Status is RunStatus.Terminated or RunStatus.Error && _run.Notes is [.., var note] ? note : null);

    /// <summary>When the program was started, in local time; null if it was not.</summary>
    public DateTimeOffset? Started => _run.Started?.ToLocalTime();

    /// <summary>When the program had ended, in local time; null if it has not.</summary>
    public DateTimeOffset? Stopped => _run.Stopped?.ToLocalTime();

    /// <summary>How long the program ran; null if it has not ended.</summary>
    public TimeSpan? Duration => _run.Duration;

    /// <summary>How long the program ran, in seconds; null if it has not ended.</summary>
    public double? DurationSeconds => Duration?.TotalSeconds;

    /// <summary>The flags by name. Reads as properties: <c>$run.Flags.epochs</c>.</summary>
    public IDictionary Flags => _flags ??= Table.Of(_run.Flags);

    /// <summary>The names of the flags that were given as secrets. Among the flags they are null: no record has their values.</summary>
    public string[] SecretFlags => _secretFlags ??= [.. _run.SecretFlags];

    /// <summary>The last value of each scalar by name. Read from disk when first asked for.</summary>
    public IDictionary Scalars => _scalars ??= Table.Of(_run.LastValues.Select(s => KeyValuePair.Create(s.Key, (object?)s.Value)));

    /// <summary>
    /// What is known of all values of each scalar by name: <c>$run.ScalarSummary.loss.Minimum</c>. Read from disk when first asked for.
    /// </summary>
    public IDictionary ScalarSummary => _scalarSummary ??= Table.Of(_run.Scalars.Select(s => KeyValuePair.Create(s.Key, (object?)new GuildScalarSummary(Id, s.Value))));

    /// <summary>The label, or null.</summary>
    public string? Label => _run.Label;

    /// <summary>The tags.</summary>
    public string[] Tags => _tags ??= [.. _run.Tags];

    /// <summary>True if the run is marked: it is preferred when an operation needs a run.</summary>
    public bool Marked => _run.IsMarked;

    /// <summary>The comments, oldest first.</summary>
    public GuildRunComment[] Comments => _comments ??= [.. _run.Comments.Select(c => new GuildRunComment(c))];

    /// <summary>The program's exit code; negative for the number of the signal that ended it; null if it has not ended.</summary>
    public int? ExitCode => _run.ExitCode;

    /// <summary>The absolute path of the run directory.</summary>
    public string Path => _run.Directory.Path;

    /// <summary>The program and its arguments.</summary>
    public string[] Command => _command ??= [.. _run.Command];

    /// <summary>Of a pipeline, the ids of the runs of its steps by the names of these: <c>$run.Steps.train</c>. Empty for other runs. Read from disk when first asked for.</summary>
    public IDictionary Steps => _steps ??= Table.Of(PipelineSteps.Of(_run).Select(step => KeyValuePair.Create(step.Key, (object?)step.Value)));

    /// <summary>The folder of the project that the operation came from, or null.</summary>
    public string? ProjectPath => _run.ProjectPath;

    /// <summary>True if the run has trials: it is a batch.</summary>
    public bool IsBatch => _run.IsBatch;

    /// <summary>Of a batch, the ids of its trials in the order of their numbers; else empty. Read from disk when first asked for. <c>Get-GuildRun -Batch</c> gives the trials.</summary>
    public string[] TrialIds => _trialIds ??= IsBatch ? [.. BatchTrials.IdsInOrder(_run.Directory)] : [];

    /// <summary>Of a batch, how many trials have each status: <c>$batch.TrialStatus.completed</c>; else empty. Read from disk when first asked for.</summary>
    public IDictionary TrialStatus => _trialStatus ??= Table.Of((Trials?.Statuses ?? new Dictionary<RunStatus, int>())
        .OrderBy(s => s.Key)
        .Select(s => KeyValuePair.Create(StatusText.Of(s.Key), (object?)s.Value)));

    /// <summary>Of a batch, how many trials there are; those that were deleted are not counted. Null for other runs. Read from disk when first asked for.</summary>
    public int? TrialCount => Trials?.Statuses.Values.Sum();

    /// <summary>Of a batch, how many trials are completed; null for other runs.</summary>
    public int? CompletedTrialCount => Trials?.Statuses.GetValueOrDefault(RunStatus.Completed);

    /// <summary>Of a batch, how many trials run; null for other runs.</summary>
    public int? RunningTrialCount => Trials?.Statuses.GetValueOrDefault(RunStatus.Running);

    /// <summary>Of a batch, how many trials failed; null for other runs.</summary>
    public int? FailedTrialCount => Trials?.Statuses.GetValueOrDefault(RunStatus.Error);

    /// <summary>Of a batch, what it minimizes or maximizes, such as <c>minimize loss</c>; else null.</summary>
    public string? Objective => IsBatch && TrialSummary.ObjectiveOf(_run.Directory) is { } objective ? BatchText.Objective(objective) : null;

    /// <summary>Of a batch, the best value of the objective; null if no trial has any. Read from the trials when first asked for.</summary>
    public double? BestValue => Trials?.Best;

    /// <summary>Of a batch, the trial that has the best value; null if none has any. Read from the trials when first asked for.</summary>
    public string? BestTrialId => Trials?.BestTrialId;

    /// <summary>Of a trial, the batch that it is a trial of; else null. Read from disk when first asked for.</summary>
    public string? BatchId => Place?.BatchId;

    /// <summary>Of a trial, its place in the batch, from 1; else null. Read from disk when first asked for.</summary>
    public int? TrialNumber => Place?.Number;

    /// <summary>What is to be said of the end of the run, such as that it took longer than it might; mostly empty.</summary>
    public string[] Notes => _notes ??= [.. _run.Notes];

    /// <summary>What of the record could not be read.</summary>
    public string[] Problems => _problems ??= [.. _run.Problems];

    internal Run Record => _run;

    private TrialSummary? Trials => _trials ??= IsBatch ? TrialSummary.Of(_run.Directory) : null;

    private TrialPlace? Place
    {
        get
        {
            if (!_hasPlace)
            {
                _place = BatchTrials.PlaceOf(_run.Directory);
                _hasPlace = true;
            }

            return _place;
        }
    }

    /// <summary>True if it is the same run.</summary>
    public bool Equals(GuildRun? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuildRun);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
