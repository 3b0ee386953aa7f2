using System.Globalization;

namespace Guild.Engine.Runs.Queries;

/// <summary>The attributes of a run as filters name them.</summary>
internal static class FilterAttributes
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";
    private const int ShortDigest = 8;

    /// <summary>The names of the attributes that every run has or can have.</summary>
    public static readonly string[] Names =
    [
        "cmd", "comments", "exit_status", "from", "id", "initialized", "label", "marked", "op", "op_model", "operation", "run", "short_id", "sourcecode",
        "sourcecode_digest", "started", "status", "stopped", "tags", "time",
    ];

    /// <summary>The value of an attribute that is at hand, or null.</summary>
    public static object? Known(Run run, string name) => name switch
    {
        "id" => run.Id,
        "run" or "short_id" => run.ShortId,
        "operation" => run.FullName,
        "op" => run.OperationName,
        "op_model" => run.ModelName,
        "from" => OriginOf(run.OpRef),
        "status" => StatusOf(run.Status),
        "label" => run.Label,
        "tags" => run.Tags,
        "comments" => run.Comments.Count == 0 ? null : string.Join('\n', run.Comments.Select(comment => comment.Body)),
        "marked" => run.IsMarked,
        "started" => TextOf(run.Started),
        "stopped" => TextOf(run.Stopped),
        "initialized" => run.Initialized is { } time ? RunClock.FromTime(time) : null,
        "time" => run.Duration is { } duration ? DurationText(duration) : null,
        "exit_status" => run.ExitCode is { } code ? (long)code : null,
        "cmd" => run.Command.Count == 0 ? null : run.Command,
        "sourcecode" => run.SourceCodeDigest is { } digest ? digest[..Math.Min(ShortDigest, digest.Length)] : null,
        "sourcecode_digest" => run.SourceCodeDigest,
        _ => Kept(run.Content.Attributes, name),
    };

    /// <summary>Names that a flag of the same name goes before.</summary>
    public static object? Further(Run run, string name) => name == "model" ? run.ModelName : null;

    /// <summary>The value of any other attribute of the record, read from its file.</summary>
    public static object? File(Run run, string name) =>
        name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny('/', '\\', '\0') || Array.IndexOf(OtherAttributes.Names, name) >= 0 || !run.Directory.HasAttribute(name)
            ? null
            : run.Directory.ReadAttribute(name);

    // What the author of an operation gave to its runs comes before what every record has, except for what is above.
    private static object? Kept(IReadOnlyDictionary<string, object?> attributes, string name) =>
        attributes.GetValueOrDefault(OtherAttributes.OfOperation) is IReadOnlyDictionary<string, object?> own && own.GetValueOrDefault(name) is { } value
            ? value
            : attributes.GetValueOrDefault(name);

    private static string StatusOf(RunStatus status) => status switch
    {
        RunStatus.Pending => "pending",
        RunStatus.Staged => "staged",
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Terminated => "terminated",
        _ => "error",
    };

    private static string OriginOf(OpRef opRef) => opRef.PackageType is OpRef.GuildFileType or OpRef.ScriptType
        ? opRef.PackageName
        : $"{opRef.PackageName} {opRef.PackageVersion}".Trim();

    // Texts of this form compare as their times do.
    private static string? TextOf(DateTimeOffset? time) => time?.ToLocalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string DurationText(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}");
}
