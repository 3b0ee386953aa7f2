using Guild.Engine.Execution;

namespace Guild.Engine.Runs;

/// <summary>What one host knows of its processes: whether one is alive, and when the kernel says that it started.</summary>
internal sealed class ProcessLiveness
{
    private static readonly Lazy<ProcessLiveness> Shared = new(() => new ProcessLiveness(Environment.MachineName, ProcessIdentity.Boot, ProcessIdentity.StartOf));

    private readonly Func<int, long?> _start;

    /// <summary>Names a host and how to ask it.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="boot">The name of its boot; <c>""</c> if it has none.</param>
    /// <param name="start">The raw start value of a process that is alive; null for one that is not.</param>
    public ProcessLiveness(string host, string boot, Func<int, long?> start)
    {
        Host = host;
        Boot = boot;
        _start = start;
    }

    public static ProcessLiveness OfThisHost => Shared.Value;

    public string Host { get; }

    public string Boot { get; }

    public long? StartOf(int processId) => _start(processId);

    public bool Exists(int processId) => processId > 0 && _start(processId) is not null;

    /// <summary>True if the process is alive and the very one that was recorded.</summary>
    public bool IsAlive(int processId, long? start, string? boot) =>
        string.Equals(boot ?? "", Boot, StringComparison.Ordinal)
        && processId > 0
        && _start(processId) is { } found
        && (start is null || start == found);
}
