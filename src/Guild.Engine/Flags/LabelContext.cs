namespace Guild.Engine.Flags;

/// <summary>What a label can name.</summary>
/// <param name="Flags">The flags' values.</param>
/// <param name="WorkingDirectory">The absolute path that relative paths among the values are relative to.</param>
public sealed record LabelContext(IReadOnlyDictionary<string, object?> Flags, string WorkingDirectory)
{
    /// <summary>Other names and their texts, such as those of resolved dependencies; a flag of the same name comes first.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it is reported what is wrong with a template.</summary>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
