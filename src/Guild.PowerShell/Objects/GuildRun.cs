using System.Collections;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

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
    private string[]? _problems;
    private GuildRunComment[]? _comments;

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
    public string? StatusReason => _run.StatusReason;

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

    /// <summary>What of the record could not be read.</summary>
    public string[] Problems => _problems ??= [.. _run.Problems];

    internal Run Record => _run;

    /// <summary>True if it is the same run.</summary>
    public bool Equals(GuildRun? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuildRun);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
