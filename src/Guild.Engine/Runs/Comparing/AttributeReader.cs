namespace Guild.Engine.Runs.Comparing;

/// <summary>Gives the attributes of runs by the names that columns have for them: what is known of every run, and else what lies on disk.</summary>
internal sealed class AttributeReader(TimeProvider time)
{
    private const int ShortDigestLength = 8;

    private const string OperationAttributes = "opdef_attrs";

    /// <summary>The names that are known of every run, beside those that its record has.</summary>
    public static readonly string[] CommonNames =
        [.. CoreColumns.Names, "id", "short_id", "op", "op_model", "from", CoreColumns.SourceCode, "stopped", "exit_status", "marked", "tags", "command", "run_dir"];

    /// <summary>The attributes that a run shows without being asked: those that it logged, and those that its operation gave it.</summary>
    public static IEnumerable<string> OwnNames(Run run) =>
        Map(run, LoggedAttributes.Key).Keys.Concat(Map(run, OperationAttributes).Keys).Distinct(StringComparer.Ordinal).Where(name => !CommonNames.Contains(name, StringComparer.Ordinal));

    /// <summary>True if <see cref="OwnNames"/> gives any.</summary>
    public static bool HasOwnNames(Run run) => run.Content.Attributes.ContainsKey(LoggedAttributes.Key) || run.Content.Attributes.ContainsKey(OperationAttributes);

    /// <summary>The value; null if the run has no such attribute.</summary>
    public object? Read(Run run, string name) => name switch
    {
        CoreColumns.Run or "short_id" => run.ShortId,
        "id" => run.Id,
        CoreColumns.Operation => run.FullName,
        "op" => run.OperationName,
        "op_model" => run.ModelName,
        "from" => run.OpRef.PackageName,
        CoreColumns.SourceCode => run.SourceCodeDigest is { Length: > ShortDigestLength } digest ? digest[..ShortDigestLength] : run.SourceCodeDigest,
        CoreColumns.Started => run.Started,
        "stopped" => run.Stopped,
        CoreColumns.Status => StatusWord(run.Status),
        CoreColumns.Time => DurationOf(run),
        _ => ReadOther(run, name),
    };

    private static object? ReadOther(Run run, string name)
    {
        if (Map(run, LoggedAttributes.Key).TryGetValue(name, out var logged))
        {
            return logged;
        }

        if (Map(run, OperationAttributes).TryGetValue(name, out var given))
        {
            return given;
        }

        return name switch
        {
            CoreColumns.Label => run.Label,
            "marked" => run.IsMarked ? true : null,
            "exit_status" => (long?)run.ExitCode,
            "tags" => run.Tags.Count == 0 ? null : string.Join(", ", run.Tags),
            "cmd" or "command" => run.Command.Count == 0 ? null : Text.ShellWords.Join(run.Command),
            "run_dir" => run.Directory.Path,
            "sourcecode_digest" => run.SourceCodeDigest,
            _ => OtherAttributes.Names.Contains(name, StringComparer.Ordinal) ? run.Content.Attributes.GetValueOrDefault(name) : ReadFile(run, name),
        };
    }

    private static object? ReadFile(Run run, string name) =>
        name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny('/', '\\', '\0') ? null : run.Directory.ReadAttribute(name);

    private static IReadOnlyDictionary<string, object?> Map(Run run, string name) =>
        run.Content.Attributes.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?> ?? RunDetails.NoValues;

    private static string StatusWord(RunStatus status) => status switch
    {
        RunStatus.Pending => "pending",
        RunStatus.Staged => "staged",
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Error => "error",
        _ => "terminated",
    };

    private TimeSpan? DurationOf(Run run) => run.Status == RunStatus.Running ? Run.Between(run.Started, time.GetUtcNow()) : run.Duration;
}
