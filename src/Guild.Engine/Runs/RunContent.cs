using Guild.Engine.Runs.Comparing;
using Guild.Engine.Scalars;

namespace Guild.Engine.Runs;

/// <summary>What lists and most questions need of a run.</summary>
internal sealed record RunHead
{
    public required OpRef OpRef { get; init; }

    public required string FullName { get; init; }

    public required RunStatus Status { get; init; }

    public string? ProjectPath { get; init; }

    public string? StatusReason { get; init; }

    public DateTimeOffset? Initialized { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Stopped { get; init; }

    public int? ExitCode { get; init; }

    public string? Label { get; init; }

    public bool IsMarked { get; init; }

    public bool IsBatch { get; init; }
}

/// <summary>What else a run's record says of it.</summary>
internal sealed record RunDetails
{
    public static readonly IReadOnlyDictionary<string, object?> NoValues = new Dictionary<string, object?>();

    public IReadOnlyDictionary<string, object?> Flags { get; init; } = NoValues;

    public IReadOnlyDictionary<string, object?> ProtoFlags { get; init; } = NoValues;

    public IReadOnlyList<string> SecretFlags { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<RunComment> Comments { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public string? SourceCodeDigest { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Where the parts of a run come from: its directory, or the index.</summary>
internal abstract class RunContent
{
    public abstract RunHead Head { get; }

    public abstract RunDetails Details { get; }

    /// <summary>The attributes that people ask for in filters and that have no property of their own.</summary>
    public abstract IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>The last value of each scalar.</summary>
    public abstract IReadOnlyDictionary<string, double> LastValues { get; }

    /// <summary>True if the last values need no event file to be read.</summary>
    public abstract bool HasLastValues { get; }

    public abstract IReadOnlyDictionary<string, ScalarSummary> Scalars { get; }
}

/// <summary>What was read from a run's directory.</summary>
internal sealed class ReadRunContent : RunContent
{
    private readonly Lazy<IReadOnlyDictionary<string, object?>> _attributes;

    private readonly Lazy<IReadOnlyDictionary<string, ScalarSummary>> _scalars;

    private readonly Lazy<IReadOnlyDictionary<string, double>> _lastValues;

    public ReadRunContent(RunDirectory directory, RunHead head, RunDetails details, RunAttributes attributes)
    {
        var others = attributes.NamesAmong(OtherAttributes.Names);
        Head = head;
        Details = details;
        _attributes = new(() => OtherAttributes.Read(directory, others));
        _scalars = new(() => RunScalars.Summarize(directory.Path));
        _lastValues = new(() => ScalarSummary.LastValues(Scalars));
    }

    public override RunHead Head { get; }

    public override RunDetails Details { get; }

    public override IReadOnlyDictionary<string, object?> Attributes => _attributes.Value;

    public override IReadOnlyDictionary<string, double> LastValues => _lastValues.Value;

    public override bool HasLastValues => _lastValues.IsValueCreated;

    public override IReadOnlyDictionary<string, ScalarSummary> Scalars => _scalars.Value;
}

/// <summary>The attributes that the index keeps though the run objects have no property for them. Any other one is read when a filter names it.</summary>
internal static class OtherAttributes
{
    /// <summary>The values that the author of an operation gave to its runs, by name.</summary>
    public const string OfOperation = "opdef_attrs";

    public static readonly string[] Names = ["compare", "host", "max_trials", "objective", OfOperation, "platform", "random_seed", "user", "vcs_commit"];

    /// <summary>Reads those that a run has.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="names">Which of the names it has.</param>
    public static IReadOnlyDictionary<string, object?> Read(RunDirectory directory, string[] names)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (directory.ReadAttribute(name) is { } value)
            {
                values.Add(name, value);
            }
        }

        if (LoggedAttributes.Read(directory) is { } logged)
        {
            values.Add(LoggedAttributes.Key, logged);
        }

        return values;
    }
}
