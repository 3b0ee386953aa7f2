namespace Guild.PowerShell.Streams;

/// <summary>The ids at the end of warnings that scripts may want to tell apart: a warning has no field for one.</summary>
internal static class WarningIds
{
    /// <summary>A run is there already and was passed over.</summary>
    public const string RunExists = "RunExists";
}
