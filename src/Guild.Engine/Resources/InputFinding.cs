namespace Guild.Engine.Resources;

/// <summary>What became of an input since a run took it.</summary>
public enum InputChange
{
    /// <summary>It is not there any more, or cannot be read.</summary>
    Missing,

    /// <summary>It has another size, and so other content.</summary>
    Size,

    /// <summary>It has other content of the same size.</summary>
    Content,

    /// <summary>It was written again with the same content.</summary>
    Time,

    /// <summary>Nobody can tell, because the record has no hash of it, as most records of other tools.</summary>
    Unknown,
}

/// <summary>Which inputs of a run are looked at.</summary>
public enum InputScope
{
    /// <summary>Those that are linked: a change of them changes what the run reads.</summary>
    Linked,

    /// <summary>Those that are copied too: is what they were copied from as it was?</summary>
    All,
}

/// <summary>An input that is not as it was when the run took it, or of which nobody can tell.</summary>
/// <param name="Resource">The name of the resource.</param>
/// <param name="Source">The name of the source.</param>
/// <param name="Path">The path in the run directory; for a record of another tool the name of the file.</param>
/// <param name="Origin">The absolute path that it was taken from.</param>
/// <param name="Change">What became of it.</param>
public sealed record InputFinding(string Resource, string Source, string Path, string Origin, InputChange Change)
{
    /// <summary>What it was, or null if the record does not say it.</summary>
    public Fingerprint? Recorded { get; init; }

    /// <summary>What it is now, or null if it is not there or was not read.</summary>
    public Fingerprint? Present { get; init; }
}
