namespace Guild.Engine.Runs.Index;

/// <summary>What the index knows of a run without its content: enough to order runs and to tell which were changed.</summary>
/// <param name="Key">The number of the row.</param>
/// <param name="Id">The run's id.</param>
/// <param name="Time">What orders runs, in microseconds since 1970; the least number if the run has no time.</param>
/// <param name="Stamp">What the record looked like when it was read.</param>
internal sealed record IndexRow(long Key, string Id, long Time, RunStamp Stamp);

/// <summary>The content of a run as the index keeps it.</summary>
/// <param name="Content">What <see cref="RunEncoding"/> made of the record.</param>
/// <param name="LastValues">The last values of the scalars; null if the event files were not read yet.</param>
internal sealed record IndexContent(byte[] Content, byte[]? LastValues);

/// <summary>A run that was read, to be put into the index.</summary>
internal sealed record NewRow(string Id, long Time, RunStamp Stamp, byte[] Content);
