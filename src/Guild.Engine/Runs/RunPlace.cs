namespace Guild.Engine.Runs;

/// <summary>Which runs of a home are meant.</summary>
public enum RunPlace
{
    /// <summary>The runs that are there.</summary>
    Runs,

    /// <summary>The deleted runs that can be restored.</summary>
    Trash,
}
