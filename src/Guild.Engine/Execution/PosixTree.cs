using System.Text;
using Guild.Engine.Metrics;

namespace Guild.Engine.Execution;

/// <summary>
/// The tree of a program on Unix: whatever shares its session, descends from it or from another member, or carries its RUN_ID in the environment. What was once
/// seen as a member stays one, even when it is handed over to another parent.
/// </summary>
internal sealed class PosixTree : ProgramTree
{
    internal const string RunIdVariable = "RUN_ID";

    private readonly Lock _gate = new();
    private readonly int _program;
    private readonly long? _start;
    private readonly byte[]? _mark;
    private readonly HashSet<(int ProcessId, long Start)> _seen = [];

    /// <summary>Creates the tree.</summary>
    /// <param name="program">The number of the program, which leads its session.</param>
    /// <param name="start">Its raw start time, or null if it ended before it could be read.</param>
    /// <param name="runId">Its RUN_ID, or null if it was given none.</param>
    internal PosixTree(int program, long? start, string? runId)
    {
        _program = program;
        _start = start;
        _mark = string.IsNullOrEmpty(runId) ? null : Encoding.UTF8.GetBytes($"{RunIdVariable}={runId}");
    }

    /// <summary>
    /// False if the program was not seen alive: then its number, and that of its session, may be a stranger's by now, and only the RUN_ID tells what is ours.
    /// </summary>
    internal bool KnowsProgram { get; init; } = true;

    internal override bool IsEmpty() => Members().Count == 0;

    internal override TreeUsage? Usage() => ProcUsage.Of(MembersAndEnded());

    internal override void Signal(StopStep step)
    {
        switch (step)
        {
            case StopStep.Interrupt:
                Interrupt();
                break;
            case StopStep.Terminate:
                SignalAll(Posix.SigTerm);

                // A stopped process takes no signal but SIGKILL before it is continued.
                SignalAll(Posix.SigContinue);
                break;
            case StopStep.Kill:
                SignalAll(Posix.SigKill);
                break;
        }
    }

    /// <summary>The members that run now.</summary>
    internal List<ProcessEntry> Members()
    {
        var members = MembersAndEnded();
        members.RemoveAll(entry => entry.IsEnded);
        return members;
    }

    private List<ProcessEntry> MembersAndEnded()
    {
        var all = ProcessTable.ReadAll();
        var own = OwnLine(all);
        lock (_gate)
        {
            // The number of a session is not given away while the session has members. Without any, its leader may be a stranger by now.
            var isSessionOurs = KnowsProgram && !all.Exists(entry => entry.ProcessId == _program && _start is { } start && entry.Start != start);
            var members = all.FindAll(entry =>
                (isSessionOurs && (entry.Session == _program || entry.ProcessId == _program))
                || _seen.Contains((entry.ProcessId, entry.Start))
                || IsMarked(entry, own));
            AddDescendants(members, all);
            members.RemoveAll(entry => entry.ProcessId == Environment.ProcessId);
            _seen.UnionWith(members.Where(entry => !entry.IsEnded).Select(entry => (entry.ProcessId, entry.Start)));
            return members;
        }
    }

    // Exactly one SIGINT each: a second one cuts short the cleaning up that many programs do after the first. The program's own process group is
    // signalled as one, which misses no process that is just being forked; then the members of the session that left that group.
    private void Interrupt()
    {
        var session = Members().FindAll(entry => entry.Session == _program);
        if (session.Count == 0)
        {
            return;
        }

        var others = session.FindAll(entry => Posix.getpgid(entry.ProcessId) != _program);
        if (others.Count < session.Count)
        {
            _ = Posix.kill(-_program, Posix.SigInt);
        }

        foreach (var entry in others)
        {
            _ = Posix.kill(entry.ProcessId, Posix.SigInt);
        }
    }

    private void SignalAll(int signal)
    {
        foreach (var entry in Members())
        {
            _ = Posix.kill(entry.ProcessId, signal);
        }
    }

    // What is older than the program cannot come from it; that spares the reading of most environments.
    private bool IsMarked(ProcessEntry entry, HashSet<int> own) =>
        _mark is not null
        && !entry.IsEnded
        && entry.Start >= (_start ?? 0)
        && !own.Contains(entry.ProcessId)
        && ProcessTable.HasVariable(entry.ProcessId, _mark);

    private static void AddDescendants(List<ProcessEntry> members, List<ProcessEntry> all)
    {
        var children = all.ToLookup(entry => entry.Parent);
        var known = members.Select(entry => entry.ProcessId).ToHashSet();
        for (var i = 0; i < members.Count; i++)
        {
            members.AddRange(children[members[i].ProcessId].Where(child => known.Add(child.ProcessId)));
        }
    }

    // A run may be supervised from inside another process that was given the same RUN_ID: what we descend from is never a member by that mark alone.
    private static HashSet<int> OwnLine(List<ProcessEntry> all)
    {
        var line = new HashSet<int>();
        for (var current = Environment.ProcessId; current > 0 && line.Add(current);)
        {
            current = all.Find(entry => entry.ProcessId == current).Parent;
        }

        return line;
    }
}
