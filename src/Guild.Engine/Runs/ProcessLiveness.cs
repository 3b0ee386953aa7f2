using Guild.Engine.Execution;

namespace Guild.Engine.Runs;

/// <summary>Where the processes of a record are, seen from a host.</summary>
internal enum ProcessOrigin
{
    /// <summary>Their numbers mean something here: the host can be asked for them.</summary>
    Here,

    /// <summary>They were of an earlier boot of this host, so they are gone.</summary>
    Earlier,

    /// <summary>On another host, or in another container of this one: only their sign of life tells.</summary>
    Elsewhere,
}

/// <summary>What one host knows of its processes: whether one is alive, and when the kernel says that it started.</summary>
internal sealed class ProcessLiveness
{
    private static readonly Lazy<ProcessLiveness> Shared = new(() => new ProcessLiveness(Environment.MachineName, ProcessIdentity.Boot, ProcessIdentity.StartOf)
    {
        Namespace = ProcessIdentity.Namespace,
        UpTime = () => TimeSpan.FromMilliseconds(Environment.TickCount64),
    });

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

    /// <summary>The set of process numbers that can be asked for; null if the host has only one.</summary>
    public string? Namespace { get; init; }

    /// <summary>How long ago the host was booted.</summary>
    public Func<TimeSpan> UpTime { get; init; } = () => TimeSpan.Zero;

    public long? StartOf(int processId) => _start(processId);

    public bool Exists(int processId) => processId > 0 && _start(processId) is not null;

    /// <summary>True if the process is alive and the very one that was recorded.</summary>
    public bool IsAlive(int processId, long? start, string? boot) =>
        string.Equals(boot ?? "", Boot, StringComparison.Ordinal)
        && processId > 0
        && _start(processId) is { } found
        && (start is null || start == found);

    /// <summary>Tells where the processes of a record are.</summary>
    /// <param name="record">The record.</param>
    /// <param name="age">How long ago they last gave a sign of life.</param>
    public ProcessOrigin OriginOf(ProcessRecord record, TimeSpan age)
    {
        if (!string.Equals(record.Host, Host, StringComparison.OrdinalIgnoreCase))
        {
            return ProcessOrigin.Elsewhere;
        }

        // Hosts that have one name are not rare. What another boot signed since this one began is not of this host.
        if (!string.Equals(record.Boot ?? "", Boot, StringComparison.Ordinal))
        {
            return age < UpTime() ? ProcessOrigin.Elsewhere : ProcessOrigin.Earlier;
        }

        return record.Namespace is { } other && Namespace is { } own && !string.Equals(other, own, StringComparison.Ordinal) ? ProcessOrigin.Elsewhere : ProcessOrigin.Here;
    }
}
