namespace Guild.PowerShell;

/// <summary>
/// A run in a comparison. What is compared are properties of its own, one for each column: they differ from comparison to comparison, and all runs of one have the
/// same.
/// </summary>
public sealed class GuildComparedRun : IEquatable<GuildComparedRun>
{
    internal GuildComparedRun(string id)
    {
        Id = id;
    }

    /// <summary>The id of the run, by which other commands find it.</summary>
    public string Id { get; }

    /// <summary>True if it is the same run.</summary>
    public bool Equals(GuildComparedRun? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuildComparedRun);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
