namespace Guild.Engine.Runs;

/// <summary>Which stream of a program a line came from. The numbers are those of the index of a recorded output.</summary>
public enum OutputStreamKind
{
    /// <summary>Standard output.</summary>
    Output = 0,

    /// <summary>Standard error.</summary>
    Error = 1,
}
