namespace Guild.Engine;

/// <summary>
/// Where the engine reports what it does while it does it. Calls can come from any thread; an implementation
/// returns at once and raises nothing.
/// </summary>
public interface IEventSink
{
    /// <summary>Takes one event.</summary>
    void Report(EngineEvent engineEvent);
}

/// <summary>Something that happened while the engine worked.</summary>
public abstract record EngineEvent;

/// <summary>A detail for who wants to follow closely.</summary>
/// <param name="Text">One sentence.</param>
public sealed record DetailEvent(string Text) : EngineEvent;

/// <summary>Something that a user should hear of though the work goes on.</summary>
/// <param name="Text">What happened, on what, and what follows.</param>
public sealed record WarningEvent(string Text) : EngineEvent;

/// <summary>How far a long piece of work has come.</summary>
/// <param name="Activity">What is being done, such as <c>Resolving data</c>; the same text for all events of one piece of work.</param>
/// <param name="Status">What is being done just now.</param>
/// <param name="Done">How much is done, in units of the work (bytes, files), or null if unknown.</param>
/// <param name="Total">How much there is in all, in the same units, or null if unknown.</param>
/// <param name="IsCompleted">True in the last event of this piece of work.</param>
public sealed record ProgressEvent(string Activity, string Status, long? Done = null, long? Total = null, bool IsCompleted = false) : EngineEvent;

/// <summary>The run that was asked for exists on disk from now on.</summary>
/// <param name="RunId">The full id of the run.</param>
/// <param name="Path">The absolute path of the run directory.</param>
public sealed record RunStagedEvent(string RunId, string Path) : EngineEvent
{
    /// <summary>Where in the recorded output that begins which is to come: what is before it, a run that is started again printed earlier.</summary>
    public long OutputStart { get; init; }
}

/// <summary>An event sink that takes everything and does nothing.</summary>
public sealed class NullEventSink : IEventSink
{
    /// <summary>The one instance.</summary>
    public static NullEventSink Instance { get; } = new();

    private NullEventSink()
    {
    }

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
    }
}
